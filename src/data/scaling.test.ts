import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitScaling, mean } from './scaling.ts';

test('each scaling is what its name says', () => {
  const values = Float64Array.of(1, 2, 3, 10);
  expect(fitScaling(values, 'none', 'x')).toEqual({ offset: 0, scale: 1 });
  expect(fitScaling(values, 'minmax', 'x')).toEqual({ offset: 1, scale: 9 });
  expect(fitScaling(values, 'standard', 'x')).toEqual({ offset: 4, scale: Math.sqrt(12.5) });
  expect(fitScaling(values, 'robust', 'x')).toEqual({ offset: 2.5, scale: 3 });
});

test('a constant column has scale 1, however it rounds', () => {
  for (const scaling of ['standard', 'minmax', 'robust'] as const) {
    expect(fitScaling(Float64Array.of(0.1, 0.1, 0.1), scaling, 'x')).toEqual({ offset: 0.1, scale: 1 });
  }
});

test('a column that is mostly one value is scaled by its deviation where quartiles coincide', () => {
  expect(fitScaling(Float64Array.of(0, 0, 0, 0, 5), 'robust', 'x')).toEqual({ offset: 0, scale: 2 });
});

test('values whose squares vanish or overflow are scaled all the same', () => {
  for (const unit of [1e-200, 1e200]) {
    const { offset, scale } = fitScaling(Float64Array.of(0, 2 * unit), 'standard', 'x');
    expect([offset / unit, scale / unit]).toEqual([1, 1]);
  }
  expect(fitScaling(Float64Array.of(0, 5e-324), 'standard', 'x')).toEqual({ offset: 0, scale: 1 });
});

test('a span that numbers cannot hold is refused', () => {
  expect(() => fitScaling(Float64Array.of(-1e308, 1e308), 'minmax', 'x')).toThrow(
    'column "x" ranges from -1e+308 to 1e+308',
  );
});

test('standard scaling gives mean 0 and deviation 1', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      fc.float64Array({ minLength: 2, maxLength: 50, min: -1e6, max: 1e6, noNaN: true }),
      number,
      (values, shift) => {
        const moved = values.map((value) => Math.round(value) + Math.round(shift));
        fc.pre(new Set(moved).size > 1);
        const { offset, scale } = fitScaling(moved, 'standard', 'x');
        const scaled = moved.map((value) => (value - offset) / scale);
        expect(mean(scaled)).toBeCloseTo(0, 6);
        expect(mean(scaled.map((value) => value ** 2))).toBeCloseTo(1, 6);
      },
    ),
  );
});
