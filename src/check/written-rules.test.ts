// The rules behind mistakes, as formulas: what stands there for the textbook example's own closing figures, in each notation.
import { describe, expect, it } from 'vitest';
import { notations } from '../explain/index.ts';
import { dense, network } from '../index.ts';
import { check, reportOf, writtenRules } from './index.ts';

const net = network([dense(2, 'sigmoid'), dense(2, 'sigmoid')], {
  input: 2,
  parameters: {
    'layers.0.weight': [
      [0.15, 0.2],
      [0.25, 0.3],
    ],
    'layers.0.bias': [0.35, 0.35],
    'layers.1.weight': [
      [0.4, 0.45],
      [0.5, 0.55],
    ],
    'layers.1.bias': [0.6, 0.6],
  },
  frozen: ['layers.0.bias', 'layers.1.bias'],
});
const step = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]], learningRate: 0.5 };

describe('writtenRules', () => {
  it('has the right rule and the mistaken one, where they part', () => {
    const checked = check(net, step, { 'after.1.E_total': '0.291027924', 'after.10000.out_o1': '0.015912196' });
    const [rule] = writtenRules(checked, { notation: 'mazur' });
    // Backward through the updated weight, where the rule has the weight that made the outputs.
    expect(rule.right.text).toContain('w5');
    expect(rule.right.text).not.toContain('w5⁺');
    expect(rule.wrong?.text).toContain('w5⁺');
    expect(rule.wrong?.latex).toContain('w_{5}');
  });

  it.each(Object.keys(notations))('stands beside every diagnosis of a report, in %s', (notation) => {
    // δ without the activation's derivative; a digit; a number from nowhere.
    const answers = { 'layers.1.delta[0]': '0.741365', 'layers.0.a[0]': '0.598270', 'layers.0.z[1]': '17' };
    const checked = check(net, step, answers);
    const rules = writtenRules(checked, { notation });
    expect(rules.length).toBe(reportOf(checked, { notation }).diagnoses.length);
    expect(rules.length).toBeGreaterThan(1);
    for (const { symbol, right } of rules) expect(symbol.latex.length * right.latex.length).toBeGreaterThan(0);
    expect(rules.map(({ id }) => id)).toContain('layers.0.z[1]');
  });
});
