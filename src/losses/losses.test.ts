// The losses with kinks, against PyTorch's L1Loss and HuberLoss (mean over outputs) and the hinge written out in it.
import { expect, test } from 'vitest';
import type { Kernel } from '../kernels/index.ts';
import { hinge, huber, meanAbsolute } from './index.ts';

/** A kernel's numbers for one sample. */
function run(kernel: Kernel<'a' | 'y'>, a: readonly number[], y: readonly number[]): number[] {
  const view = (values: readonly number[]) => ({
    data: Float64Array.from(values),
    shape: [values.length],
    perSample: true,
  });
  const out = new Float64Array(a.length);
  kernel.run(out, { a: view(a), y: view(y) }, {}, 1);
  return [...out];
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const a = [0.5, -2, 3];
const y = [1, 0.25, 2.5];

test('meanAbsolute is the mean absolute error, flat where it has no slope', () => {
  expect(total(run(meanAbsolute.terms, a, y))).toBeCloseTo(1.0833333333333333, 15);
  expect(run(meanAbsolute.gradient, a, y)).toEqual([-1 / 3, -1 / 3, 1 / 3]);
  expect(run(meanAbsolute.gradient, [2], [2])).toEqual([0]);
});

test('huber is quadratic up to an error of 1 and linear beyond, without a jump between', () => {
  expect(total(run(huber.terms, a, y))).toBeCloseTo(0.6666666666666666, 15);
  expect(run(huber.gradient, a, y)).toEqual([-0.5 / 3, -1 / 3, 0.5 / 3]);
  const [below, above] = run(huber.terms, [1 - 1e-9, 1 + 1e-9], [0, 0]);
  expect(above - below).toBeCloseTo(1e-9, 15);
});

test('hinge costs nothing past the margin', () => {
  const signs = [1, -1, -1];
  expect(total(run(hinge.terms, a, signs))).toBe(1.5);
  expect(run(hinge.gradient, a, signs)).toEqual([-1 / 3, 0, 1 / 3]);
  expect(run(hinge.gradient, [1, -1], [1, -1])).toEqual([0, 0]);
});
