// Windows of samples that are read from elsewhere: each sample once an epoch, in an order that is the seed's, mixed well.
import { describe, expect, test } from 'vitest';
import type { SampleStream } from '../data/index.ts';
import type { Samples } from '../memory/index.ts';
import { windowsOf } from './windows.ts';

const width = 64;

/** Samples whose first input is their number. */
function numbered(numbers: readonly number[]): Samples {
  const values = new Float32Array(numbers.length * width);
  for (const [i, number] of numbers.entries()) values[i * width] = number;
  return {
    inputs: { count: numbers.length, width, values, scale: 1 },
    targets: { count: numbers.length, classes: 2, labels: new Uint32Array(numbers.length) },
  };
}

function epochOf(
  count: number,
  epoch: number,
  order: { shuffle: boolean; dropLast?: boolean; batch?: number; seed?: number },
) {
  const stream: SampleStream = {
    count,
    read: (ranges) => numbered(ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))),
  };
  const { shuffle, dropLast = false, batch = 100, seed = 1 } = order;
  const windows = windowsOf(
    { samples: numbered([0]), stream },
    { batch, shuffle, dropLast, seed },
    (samples) => samples,
  );
  const taken: number[] = [];
  const sizes: number[] = [];
  const wanted = dropLast ? count - (count % batch) : count;
  while (taken.length < wanted) {
    const { samples, rows, from } = windows(epoch, taken.length);
    expect(from).toBe(taken.length);
    for (const row of rows) taken.push(samples.inputs.values[row * width]);
    sizes.push(rows.length);
  }
  return { taken, sizes };
}

describe('an epoch of a stream', () => {
  const count = 150_050;

  test('takes every sample once, in whole batches but the last', () => {
    const { taken, sizes } = epochOf(count, 1, { shuffle: true });
    expect(new Set(taken).size).toBe(count);
    expect(sizes).toEqual([65_500, 65_500, 19_050]);
  });

  test('without its last batch takes so many less', () => {
    const { taken } = epochOf(count, 1, { shuffle: true, dropLast: true });
    expect(new Set(taken).size).toBe(150_000);
  });

  test('is in order where nothing is shuffled', () => {
    expect(epochOf(count, 2, { shuffle: false }).taken.every((number, i) => number === i)).toBe(true);
  });

  test('is another in each epoch and for each seed, and the same again', () => {
    const order = (epoch: number, seed: number) => epochOf(3000, epoch, { shuffle: true, seed }).taken;
    expect(order(1, 1)).toEqual(order(1, 1));
    expect(order(1, 1)).not.toEqual(order(2, 1));
    expect(order(1, 1)).not.toEqual(order(1, 2));
  });

  test('mixes rows from all over the data', () => {
    // Were the first window a stretch of the data, the mean would be far from the middle.
    const first = epochOf(count, 1, { shuffle: true }).taken.slice(0, 5000);
    const mean = first.reduce((sum, number) => sum + number / first.length, 0);
    expect(Math.abs(mean / count - 0.5)).toBeLessThan(0.1);
  });

  test('finds the window of a sample in its middle, for a training that goes on', () => {
    const stream: SampleStream = {
      count,
      read: (ranges) => numbered(ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))),
    };
    const windows = windowsOf(
      { samples: numbered([0]), stream },
      { batch: 100, shuffle: true, dropLast: false, seed: 1 },
      (samples) => samples,
    );
    expect(windows(1, 70_000).from).toBe(65_500);
  });
});
