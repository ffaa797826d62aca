// Marking as people meet it: the best-known example, its mistakes, slips, conventions, names, and sheets that cannot be read.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import { networkFrom } from '../formats/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { check, type Checked } from './check.ts';
import { readSheet } from './read-sheet.ts';
import { reportOf } from './report.ts';

const mazur = networkFrom(mazurNetwork, 'examples/mazur.json');
const step = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };

/** Source B's numbers. */
const numbers = {
  net_h1: '0.3775',
  net_h2: '0.3925',
  out_h1: '0.593269992',
  out_h2: '0.596884378',
  net_o1: '1.105905967',
  net_o2: '1.224921404',
  out_o1: '0.751365070',
  out_o2: '0.772928465',
  E_o1: '0.274811083',
  E_o2: '0.023560026',
  E_total: '0.298371109',
  'δ_o1': '0.138498562',
  'δ_o2': '-0.038098237',
  'dE/dw5': '0.082167041',
  'w5+': '0.358916480',
  'w6+': '0.408666186',
  'w7+': '0.511301270',
  'w8+': '0.561370121',
  'w1+': '0.149780716',
  'w2+': '0.199561432',
  'w3+': '0.249751144',
  'w4+': '0.299502287',
};

const causes = ({ explanation }: Checked) => explanation.causes.map(({ misconception, slip }) => misconception?.id ?? slip);
const verdicts = ({ marks, spellings }: Checked) =>
  Object.fromEntries(marks.map(({ name, verdict }) => [spellings.get(name) ?? name, verdict]));
const wrong = (checked: Checked) => Object.entries(verdicts(checked)).flatMap(([name, one]) => (one === 'wrong' ? [name] : []));

describe('source B', () => {
  it('is right in every number', () => {
    const checked = check(mazur, step, numbers);
    expect(checked.marks).toHaveLength(22);
    expect(new Set(Object.values(verdicts(checked)))).toEqual(new Set(['right']));
    expect(checked.notation).toBe('mazur');
  });

  it('with a hidden layer computed from updated weights has exactly that mistake', () => {
    // By hand: δ_h1 = (δ_o1 w5⁺ + δ_o2 w7⁺) out_h1 (1 − out_h1), w1⁺ = w1 − η δ_h1 i1
    const [w5, w7, out] = [0.35891648, 0.51130127, 0.593269992];
    const delta = (0.138498562 * w5 - 0.038098237 * w7) * out * (1 - out);
    const answers = { ...numbers, 'w1+': (0.15 - 0.5 * delta * 0.05).toFixed(9), 'w2+': (0.2 - 0.5 * delta * 0.1).toFixed(9) };
    const { 'w3+': _, 'w4+': __, ...sheet } = answers;
    const checked = check(mazur, step, sheet);
    expect(causes(checked)).toEqual(['hidden-delta-uses-updated-weights']);
    expect(checked.explanation.causes[0].alternatives).toEqual([]);
    expect(wrong(checked)).toEqual(['w1+', 'w2+']);
  });

  it('has that mistake in its closing figures, which thousands of pages copy', () => {
    const text = readFileSync(new URL('../../examples/closing-figures.csv', import.meta.url), 'utf8');
    const sheet = readSheet(text, 'closing-figures.csv');
    expect(sheet.network).toBe('example:mazur');
    const checked = check(mazur, step, sheet.entries, { notation: sheet.notation });
    expect(causes(checked)).toEqual(['hidden-delta-uses-updated-weights']);
    expect(checked.explanation.causes[0].evidence).toHaveLength(4);
    expect(checked.explanation).toMatchObject({ unexplained: [] });
  });
});

describe('errors carried forward', () => {
  it('cost one mark: what follows from a wrong number by the right rule follows', () => {
    const out = 1 / (1 + Math.exp(-0.5));
    const checked = check(mazur, step, { net_h1: '0.5', out_h1: out.toFixed(6), net_h2: '0.3925' });
    expect(verdicts(checked)).toEqual({ net_h1: 'wrong', out_h1: 'follows', net_h2: 'right' });
  });

  it('bridge what is not on the sheet', () => {
    // δ_o1 is wrong; w5⁺ = w5 − η δ_o1 out_h1 is computed from it, with out_h1 and the gradient left out.
    const checked = check(mazur, step, { 'δ_o1': '0.200000', 'w5+': (0.4 - 0.5 * 0.2 * 0.593269992).toFixed(6) });
    expect(verdicts(checked)).toEqual({ 'δ_o1': 'wrong', 'w5+': 'follows' });
  });

  it('let a number be right that was computed rightly after all', () => {
    const checked = check(mazur, step, { net_h1: '0.5', out_h1: '0.593270' });
    expect(verdicts(checked)).toEqual({ net_h1: 'wrong', out_h1: 'right' });
  });
});

describe('slips', () => {
  it.each([
    ['sign', { 'δ_o2': '0.038098237' }],
    ['decimal-point', { E_total: '2.98371109' }],
    ['decimal-point', { 'δ_o1': '0.00138498562' }],
    ['swapped-digits', { net_o2: '1.229421404' }],
    ['wrong-digit', { out_o1: '0.751865070' }],
  ])('%s: %o', (kind, slip) => {
    const [name] = Object.keys(slip);
    // The numbers computed from it are left out, so that nothing contradicts it.
    const { net_h1, net_h2, out_h1, out_h2 } = numbers;
    const checked = check(mazur, step, { net_h1, net_h2, out_h1, out_h2, ...slip });
    expect(wrong(checked)).toEqual([name]);
    expect(causes(checked)).toContain(kind);
  });

  it('of rounding are none: 0.59 for 0.5968, and 0.5933 where 0.593269992 was meant', () => {
    const checked = check(mazur, step, { out_h2: '0.59', out_h1: '0.59326', net_o1: '1.105906' });
    expect(verdicts(checked)).toMatchObject({ out_h2: 'rounding', out_h1: 'right' });
  });

  it('that nothing explains are said to be so, with the right rule', () => {
    const checked = check(mazur, step, { ...numbers, E_total: '0.7777' });
    const [diagnosis] = reportOf(checked, { notation: 'mazur' }).diagnoses;
    expect(diagnosis.misconception).toBeNull();
    expect(diagnosis.explanation).toContain('E_total = E_o1 + E_o2');
  });
});

describe('two mistakes at once', () => {
  it('are both named', () => {
    const { 'w5+': _5, 'w6+': _6, 'w7+': _7, 'w8+': _8, ...rest } = numbers;
    // Output weights without η, and the hidden layer's δ without its derivative.
    const next = (w: number, delta: number, out: number) => (w - delta * out).toFixed(9);
    const delta = 0.138498562 * 0.4 - 0.038098237 * 0.5;
    const other = 0.138498562 * 0.45 - 0.038098237 * 0.55;
    const checked = check(mazur, step, {
      ...rest,
      δ_h1: delta.toFixed(9),
      δ_h2: other.toFixed(9),
      'w5+': next(0.4, 0.138498562, 0.593269992),
      'w6+': next(0.45, 0.138498562, 0.596884378),
      'w1+': (0.15 - delta * 0.05).toFixed(9),
      'w2+': (0.2 - delta * 0.1).toFixed(9),
      'w3+': (0.25 - other * 0.05).toFixed(9),
      'w4+': (0.3 - other * 0.1).toFixed(9),
    });
    expect(new Set(causes(checked))).toEqual(new Set(['learning-rate-left-out', 'hidden-delta-omits-activation-derivative']));
  });
});

describe('conventions are said, and no mistakes', () => {
  const net = network([dense(2, 'sigmoid'), dense(2, 'sigmoid')], {
    input: 2,
    parameters: {
      'layers.0.weight': [[0.1, 0.4], [-0.3, 0.2]],
      'layers.0.bias': [0.2, -0.1],
      'layers.1.weight': [[0.5, -0.6], [0.7, 0.3]],
      'layers.1.bias': [-0.4, 0.3],
    },
  });
  const batch = { inputs: [[1, -1]], targets: [[1, 0]], learningRate: 0.5 };
  const right = Object.fromEntries(
    check(net, batch, { loss: 1 }).exercise.program.calls.flatMap(({ output }) =>
      check(net, batch, { [output]: '[]'.repeat(0) || 0 === 0 ? [] : [] }).marks.map((mark) => [mark.name, mark.expected]),
    ),
  );
  it('placeholder', () => expect(right).toBeDefined());
});
