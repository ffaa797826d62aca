import { expect, test } from 'vitest';
import { inputNoise } from './noise.ts';

const grey = {
  inputs: { count: 2, width: 5000, values: new Uint8Array(10000).fill(51), scale: 1 / 255 },
  targets: { count: 2, width: 1, values: Float64Array.of(1, 2), scale: 1 },
};

test('noise is normal with mean 0 and standard deviation σ, in units of 0 … 1 for bytes', () => {
  const { inputs } = inputNoise(0.1).apply(grey, Uint32Array.of(0, 1), 1, 1);
  const noise = Array.from(inputs.values, (value) => (value - 0.2) / 0.1);
  const moment = (power: number) => noise.reduce((sum, value) => sum + value ** power, 0) / noise.length;
  expect(inputs).toMatchObject({ scale: 1, width: 5000, count: 2 });
  expect(Math.abs(moment(1))).toBeLessThan(0.04);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.06);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.5);
});

test('float64 stays float64, all else becomes float32; targets keep their rows', () => {
  const doubles = { ...grey, inputs: { count: 2, width: 2, values: Float64Array.of(1, 2, 3, 4), scale: 1 } };
  const kept = inputNoise(0).apply(doubles, Uint32Array.of(1), 1, 1);
  expect(kept.inputs.values).toEqual(Float64Array.of(3, 4));
  expect(kept.targets).toMatchObject({ count: 1, values: Float64Array.of(2) });
  expect(inputNoise(0).apply(grey, Uint32Array.of(1), 1, 1).inputs.values).toBeInstanceOf(Float32Array);
});

test('a σ below 0 is refused', () => {
  expect(() => inputNoise(-0.1)).toThrow('noise is -0.1; it must be at least 0.');
});
