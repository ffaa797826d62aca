// What results of several seeds are held against.

import { expect, test } from 'vitest';
import { experiments } from '#experiments';
import type { RunResult } from './results.ts';
import { summaryOf } from './summary.ts';

const resultOf = (seed: number, figures: Record<string, number>): RunResult => ({
  seed,
  figures,
  version: '',
  setting: {},
  backend: 'wasm',
  machine: '',
  threads: 1,
  seconds: 1,
});
const cnn5 = experiments.find(({ id }) => id === 'cnn-5-expanded');
if (cnn5 === undefined) throw new Error('cnn-5-expanded is gone');
const holdsOf = (figures: Record<string, number>) =>
  summaryOf(cnn5, false, [resultOf(0, figures)]).verdicts.map(({ holds }) => holds);

test('exactly 0.1 points below the published figure still counts, a hundredth less does not', () => {
  expect(holdsOf({ narrow: 99.27, medium: 99.36, wide: 99.33 })).toEqual(Array(7).fill(true));
  expect(holdsOf({ narrow: 99.26, medium: 99.35, wide: 99.32 })).toEqual([false, true, false, true, false, true, true]);
});

test('too few seeds tell nothing', () => {
  const first = experiments.find(({ id }) => id === 'first-network');
  if (first === undefined) throw new Error('first-network is gone');
  const figures = Object.fromEntries(Object.keys(first.measures).map((name) => [name, 99]));
  const { verdicts } = summaryOf(first, false, [resultOf(0, figures)]);
  expect(verdicts[0].holds).toBeUndefined();
  expect(verdicts[0].says.en).toContain('the best of 15 seeds is at least 95.32 %');
});
