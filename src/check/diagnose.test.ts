// The misconceptions that NumPy made on purpose, diagnosed from the numbers alone. All of them with DIAGNOSES=all.
import { describe, expect, it } from 'vitest';
import {
  type MisconceptionCase,
  misconceptionCases,
  named,
  networkOf,
  optimizerOf,
} from '../../test/golden/misconceptions.ts';
import { check } from './check.ts';
import * as misconceptions from './misconceptions/index.ts';

/** One student's sheet: a case worked with one mistake, every number to six significant digits. */
interface StudentSheet {
  readonly one: MisconceptionCase;
  readonly misconception: string;
  readonly answers: Readonly<Record<string, string>>;
}

const written = (value: number) => value.toPrecision(6);

function sheets(): StudentSheet[] {
  return misconceptionCases().flatMap((one) =>
    one.wrong.flatMap(({ misconception, values }): StudentSheet[] => {
      if (values === undefined) return [];
      const right = named(one.right, one.inputs.length);
      const wrong = named({ ...one.right, ...values }, one.inputs.length);
      const shows = [...wrong].some(([name, value]) => written(value) !== written(right.get(name) ?? Number.NaN));
      return shows
        ? [
            {
              one,
              misconception,
              answers: Object.fromEntries([...wrong].map(([name, value]) => [name, written(value)])),
            },
          ]
        : [];
    }),
  );
}

/** Some of each misconception's sheets, or all. */
function chosen(): StudentSheet[] {
  const all = sheets();
  if (process.env.DIAGNOSES === 'all') return all;
  return Object.values(misconceptions).flatMap(({ id }) =>
    all.filter((sheet) => sheet.misconception === id).filter((_, i) => i % 9 === 4),
  );
}

describe('of the sheets with one misconception', () => {
  const outcomes = chosen().map(({ one, misconception, answers }) => {
    const { learningRate, inputs, targets } = one;
    const { explanation } = check(
      networkOf(one),
      { inputs, targets, learningRate, optimizer: optimizerOf(one) },
      answers,
    );
    const [first, ...others] = explanation.causes;
    return {
      misconception,
      isFirst: first?.misconception?.id === misconception,
      // Confident: one cause for all, nothing like it, and it is another one.
      isConfidentlyWrong:
        others.length === 0 &&
        explanation.unexplained.length === 0 &&
        first?.misconception !== undefined &&
        first.misconception.id !== misconception &&
        !first.alternatives.some(({ id }) => id === misconception),
    };
  });

  it('at least 98 in 100 are diagnosed with it first', () => {
    const missed = outcomes.filter(({ isFirst }) => !isFirst).map(({ misconception }) => misconception);
    expect(outcomes.length).toBeGreaterThan(100);
    expect(missed.length / outcomes.length, missed.join(', ')).toBeLessThanOrEqual(0.02);
  });

  it('none is confidently diagnosed with another', () => {
    expect(outcomes.filter(({ isConfidentlyWrong }) => isConfidentlyWrong)).toEqual([]);
  });
});
