// The misconceptions that NumPy made on purpose, diagnosed from the numbers alone. All of them with DIAGNOSES=all.
import { describe, expect, it } from 'vitest';
import {
  type MisconceptionCase,
  misconceptionCases,
  named,
  networkOf,
  optimizerOf,
} from '../../test/golden/misconceptions.ts';
import type { Program } from '../plan/index.ts';
import { check } from './check.ts';
import { isWhole } from './diagnose.ts';
import { exerciseOf, quantitiesNamed, Run } from './exercise.ts';
import * as misconceptions from './misconceptions/index.ts';

const all = process.env.DIAGNOSES === 'all';

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
  const everyone = sheets();
  if (all) return everyone;
  return Object.values(misconceptions).flatMap(({ id }) =>
    everyone.filter((sheet) => sheet.misconception === id).filter((_, i) => i % 9 === 4),
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
    if (all) console.info(`first on ${outcomes.filter(({ isFirst }) => isFirst).length} of ${outcomes.length} sheets`);
    const missed = outcomes.filter(({ isFirst }) => !isFirst).map(({ misconception }) => misconception);
    expect(outcomes.length).toBeGreaterThan(100);
    expect(missed.length / outcomes.length, missed.join(', ')).toBeLessThanOrEqual(0.02);
  });

  it('none is confidently diagnosed with another', () => {
    expect(outcomes.filter(({ isConfidentlyWrong }) => isConfidentlyWrong)).toEqual([]);
  });
});

/** The numbers of a sheet worked with two mistakes, where each of them shows beside the other. */
function withTwo(one: MisconceptionCase, pair: number): Readonly<Record<string, string>> | undefined {
  const list = Object.values(misconceptions);
  const [first, second] = [list[(7 * pair + 3) % list.length], list[(11 * pair + 5 + (pair % 13)) % list.length]];
  const exercise = exerciseOf(networkOf(one), { ...one, optimizer: optimizerOf(one) });
  const [half] = first === second ? [] : first.mutate(exercise.program);
  const [other] = second.mutate(exercise.program);
  const [whole] = half === undefined || other === undefined ? [] : second.mutate(half.program).filter(isWhole);
  if (half === undefined || other === undefined || whole === undefined) return undefined;
  const names = [...named(one.right, exercise.count).keys()];
  const quantities = names.flatMap((name) => quantitiesNamed(exercise.program, name, exercise.count));
  const numbers = (program: Program) => {
    const run = new Run(exercise, program);
    return quantities.map((quantity) => written(run.value(quantity)));
  };
  const both = numbers(whole.program);
  const shows = [half.program, other.program, exercise.program].every(
    (program) => numbers(program).join() !== both.join(),
  );
  return shows ? Object.fromEntries(names.map((name, i) => [name, both[i]])) : undefined;
}

it('both of two misconceptions at once are named in more than 9 of 10 sheets', () => {
  const cases = misconceptionCases().flatMap((one, i) => [
    { one, pair: 2 * i },
    { one, pair: 2 * i + 1 },
  ]);
  const list = Object.values(misconceptions);
  let [tried, bothNamed] = [0, 0];
  for (const { one, pair } of cases.filter((_, i) => all || i % 16 === 0)) {
    const answers = withTwo(one, pair);
    if (answers === undefined) continue;
    const ids = [list[(7 * pair + 3) % list.length].id, list[(11 * pair + 5 + (pair % 13)) % list.length].id];
    const { explanation } = check(networkOf(one), { ...one, optimizer: optimizerOf(one) }, answers);
    const found = explanation.causes.map(({ misconception }) => misconception?.id);
    tried++;
    if (ids.every((id) => found.includes(id))) bothNamed++;
  }
  if (all) console.info(`both named on ${bothNamed} of ${tried} sheets`);
  expect(tried).toBeGreaterThan(5);
  expect(bothNamed / tried).toBeGreaterThan(0.9);
});
