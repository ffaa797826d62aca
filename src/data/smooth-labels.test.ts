import { expect, test } from 'vitest';
import { labelSmoothing } from './smooth-labels.ts';

const inputs = { count: 3, width: 1, values: Uint8Array.of(10, 20, 30), scale: 1 / 255 };
const apply = (targets: Parameters<ReturnType<typeof labelSmoothing>['apply']>[0]['targets'], epsilon: number) =>
  labelSmoothing(epsilon).apply({ inputs, targets }, Uint32Array.of(2, 0), 1, 1);

test('of K classes the true one becomes 1 − ε + ε/K and the others ε/K', () => {
  const made = apply({ count: 3, classes: 4, labels: Uint32Array.of(1, 0, 3) }, 0.2);
  expect(made.inputs).toEqual({ ...inputs, count: 2, values: Uint8Array.of(30, 10) });
  expect(made.targets).toEqual({
    count: 2,
    width: 4,
    scale: 1,
    values: Float64Array.of(0.05, 0.05, 0.05, 0.8 + 0.05, 0.05, 0.8 + 0.05, 0.05, 0.05),
  });
});

test('a yes/no label has two answers: 0 becomes ε/2 and 1 becomes 1 − ε/2', () => {
  const rows = { count: 3, width: 2, values: Uint8Array.of(0, 255, 7, 7, 255, 0), scale: 1 / 255 };
  const made = apply(rows, 0.2).targets;
  const wanted = [0.9, 0.1, 0.1, 0.9];
  if ('labels' in made) throw new Error('rows became labels');
  for (const [i, value] of wanted.entries()) expect(made.values[i]).toBeCloseTo(value, 15);
});

test('targets of a regression are refused, and so is an ε of 1', () => {
  const rows = { count: 3, width: 1, values: Float64Array.of(0.5, 0, 12.5), scale: 1 };
  expect(() => apply(rows, 0.1)).toThrow('target[0] of sample 2 is 12.5, and smoothing is for classes and labels');
  expect(() => labelSmoothing(1)).toThrow('smoothLabels is 1; it must be below 1.');
});
