// What holds for every transform of samples: its draws depend on seed, epoch and sample alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Samples } from '../memory/index.ts';
import { augmenter } from './augment.ts';
import { inputNoise } from './noise.ts';
import { inTurn } from './sample-transform.ts';
import { labelSmoothing } from './smooth-labels.ts';

const [count, side] = [12, 6];
const samples: Samples = {
  inputs: {
    count,
    width: side * side,
    values: Uint8Array.from({ length: count * side * side }, (_, i) => (i * 97) % 256),
    scale: 1 / 255,
  },
  targets: { count, classes: 3, labels: Uint32Array.from({ length: count }, (_, i) => i % 3) },
};

const augment = augmenter([1, side, side], { shift: 1, rotate: 20, scale: 0.2, elastic: { alpha: 8, sigma: 2 } });
const transforms = {
  augment,
  noise: inputNoise(0.1),
  smoothLabels: labelSmoothing(0.1),
  'all in turn': inTurn([augment, inputNoise(0.1), labelSmoothing(0.1)]),
};

describe.each(Object.entries(transforms))('%s', (_, transform) => {
  const rowsOf = ({ inputs, targets }: Samples, i: number) => [
    [...inputs.values.subarray(i * inputs.width, (i + 1) * inputs.width)],
    'labels' in targets ? targets.labels[i] : [...targets.values.subarray(i * targets.width, (i + 1) * targets.width)],
  ];

  test('makes the same of a sample whatever is asked for before and beside it', () => {
    const all = transform.apply(
      samples,
      Uint32Array.from({ length: count }, (_, i) => i),
      3,
      7,
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: count - 1 })), (rows) => {
        const made = transform.apply(samples, Uint32Array.from(rows), 3, 7);
        expect(made.inputs.count).toBe(rows.length);
        expect(made.targets.count).toBe(rows.length);
        for (const [i, row] of rows.entries()) expect(rowsOf(made, i)).toEqual(rowsOf(all, row));
      }),
    );
  });

  test('leaves the samples as they are', () => {
    const before = structuredClone(samples);
    transform.apply(samples, Uint32Array.of(1, 2), 1, 1);
    expect(samples).toEqual(before);
  });
});

const { smoothLabels: _alwaysTheSame, ...drawn } = transforms;

test.each(Object.entries(drawn))('%s draws anew for every epoch, seed and sample', (_, transform) => {
  const alike = { ...samples, inputs: { ...samples.inputs, values: new Uint8Array(count * side * side).fill(128) } };
  const made = [
    [1, 1],
    [2, 1],
    [1, 2],
  ].flatMap(([epoch, seed]) => {
    const { inputs } = transform.apply(alike, Uint32Array.of(0, 1), epoch, seed);
    return [0, 1].map((i) => inputs.values.slice(i * inputs.width, (i + 1) * inputs.width).join());
  });
  expect(new Set(made).size).toBe(6);
});

test('in turn, noise comes on top of what the images became, and does not change how they are turned', () => {
  const rows = Uint32Array.of(5, 2, 9);
  const turned = augment.apply(samples, rows, 1, 3).inputs;
  const noisy = inTurn([augment, inputNoise(0)]).apply(samples, rows, 1, 3).inputs;
  expect([...noisy.values]).toEqual([...Float32Array.from(turned.values, (byte) => byte / 255)]);
});

test('nothing in turn gathers the rows of what it is given where they stand', () => {
  expect(inTurn([]).apply(samples, Uint32Array.of(2), 1, 1)).toEqual({
    inputs: { ...samples.inputs, count: 1, values: samples.inputs.values.slice(2 * side * side, 3 * side * side) },
    targets: { count: 1, classes: 3, labels: Uint32Array.of(2) },
  });
});
