// Several networks' outputs made one: the mean, and a vote that the mean decides where it is tied.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineOutputs } from './ensemble.ts';

const combine = (rows: readonly (readonly number[])[], options: Parameters<typeof combineOutputs>[1]) =>
  Array.from(
    combineOutputs(
      rows.map((row) => Float64Array.from(row)),
      options,
    ),
  );
const largest = (row: readonly number[]) => row.indexOf(Math.max(...row));

describe('a vote', () => {
  test('goes to the class that most networks take, however sure the others are', () => {
    const outputs = [
      [0.4, 0.35, 0.25],
      [0.4, 0.35, 0.25],
      [0, 0, 1],
    ];
    expect(largest(combine(outputs, { rule: 'vote', width: 3 }))).toBe(0);
    expect(largest(combine(outputs, { rule: 'average', width: 3 }))).toBe(2);
  });

  test('that is tied goes to the larger mean', () => {
    const outputs = [
      [0.6, 0.4, 0],
      [0.1, 0.9, 0],
    ];
    expect(largest(combine(outputs, { rule: 'vote', width: 3 }))).toBe(1);
  });

  test('on labels is one for each by itself, on scores of −1 and 1 too', () => {
    const labels = [
      [0.9, 0.6],
      [0.2, 0.7],
      [0.6, 0.1],
    ];
    const yes = combine(labels, { rule: 'vote', width: 2, oneOf: false });
    expect(yes.map((value) => value > 0.5)).toEqual([true, true]);
    const scores = combine([[3], [-0.1], [-0.2]], { rule: 'vote', width: 1, targets: [-1, 1] });
    expect(scores[0]).toBeLessThan(0);
  });

  test('of probabilities gives probabilities, and of equal networks their answer', () => {
    const row = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (drawn) => {
        const outputs = drawn.map((one) => one.map((value) => value / one.reduce((a, b) => a + b)));
        for (const rule of ['vote', 'average'] as const) {
          const joined = combine(outputs, { rule, width: 3 });
          expect(joined.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
          expect(largest(combine([outputs[0], outputs[0]], { rule, width: 3 }))).toBe(largest(outputs[0]));
        }
      }),
    );
  });
});

test('nothing to combine and networks of different samples are refused', () => {
  expect(() => combine([], { width: 1 })).toThrow(/outputs is empty/);
  expect(() => combine([[1], [1, 2]], { width: 1 })).toThrow(/gave 1 and 2 outputs/);
});
