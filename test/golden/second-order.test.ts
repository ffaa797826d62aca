// Our full-batch methods against SciPy's and scikit-learn's from the same starts: nothing here runs Python.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { networkFrom } from '../../src/formats/index.ts';
import { lbfgs, lm } from '../../src/train/index.ts';
import { evaluate, train } from '../exact.ts';

interface Case {
  readonly name: string;
  readonly network: unknown;
  readonly inputs: number[][];
  readonly targets: number[][];
  /** The loss at the start, and where SciPy's least_squares and scikit-learn's lbfgs end. */
  readonly start: number;
  readonly lm: number;
  readonly lbfgs: number;
}

const file = new URL('fixtures/second-order.json', import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8'));

describe('five regressions come to a loss as low as elsewhere', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const net = networkFrom(one.network, name);
    expect(evaluate(net, one).loss).toBeCloseTo(one.start, 12);
    for (const [method, optimizer] of [['lm', lm()] as const, ['lbfgs', lbfgs()] as const]) {
      const { network: trained } = await train(net, one, { optimizer, epochs: 2000 });
      const found = evaluate(trained, one).loss;
      expect(found, `${method}: ${found} where theirs is ${one[method]}`).toBeLessThan(one[method] * (1 + 1e-6));
    }
  });
});
