// The programs that make the known mistakes, held against NumPy's numbers of the same mistakes.
import { describe, expect, test } from 'vitest';
import { type Exercise, exerciseOf, quantitiesNamed, Run } from '../../src/check/exercise.ts';
import * as misconceptions from '../../src/check/misconceptions/index.ts';
import { elementOf, type Program } from '../../src/plan/index.ts';
import { evaluate, rewrite } from '../../src/symbolic/index.ts';
import { type MisconceptionCase, misconceptionCases, named, networkOf, optimizerOf } from './misconceptions.ts';

const cases = misconceptionCases();
const all = Object.values(misconceptions);
const exercises = new Map(
  cases.map((one) => [one, exerciseOf(networkOf(one), { ...one, optimizer: optimizerOf(one) })]),
);

function exerciseFor(one: MisconceptionCase): Exercise {
  const exercise = exercises.get(one);
  if (exercise === undefined) throw new Error('no exercise');
  return exercise;
}

/** Every number of a program's steps by its canonical name. */
function numbersOf(program: Program, one: MisconceptionCase): (name: string) => number {
  const run = new Run(exerciseFor(one), program);
  return (name) => run.value(quantitiesNamed(program, name, one.inputs.length)[0]);
}

/** The first number that differs, in a sentence; undefined where all agree to nine digits. */
function difference(expected: ReadonlyMap<string, number>, found: (name: string) => number): string | undefined {
  for (const [name, value] of expected) {
    const ours = found(name);
    if (!(Math.abs(ours - value) <= 1e-9 * Math.abs(value) + 1e-12)) return `${name} is ${ours}, by NumPy ${value}`;
  }
  return undefined;
}

describe('the fixtures', () => {
  test('hold the right numbers as the program computes them', () => {
    const wrong = cases.map((one, i) => {
      const found = difference(named(one.right, one.inputs.length), numbersOf(exerciseFor(one).program, one));
      return found && `case ${i}: ${found}`;
    });
    expect(wrong.filter(Boolean)).toEqual([]);
  });

  test('have at least 30 cases of every misconception in which it shows', () => {
    const shown = (id: string) =>
      cases.filter(({ wrong }) =>
        wrong.some(({ misconception, values }) => misconception === id && Object.keys(values ?? {}).length > 0),
      ).length;
    expect(all.filter(({ id }) => shown(id) < 30).map(({ id }) => id)).toEqual([]);
  });
});

test.each(all.map((one) => [one.id, one] as const))('%s computes what NumPy does', (id, misconception) => {
  let compared = 0;
  for (const [i, one] of cases.entries()) {
    const wrong = one.wrong.filter((entry) => entry.misconception === id);
    const mutants = misconception.mutate(exerciseFor(one).program);
    expect(
      mutants.map(({ variant }) => variant),
      `case ${i}: ways to make it`,
    ).toEqual(wrong.map(({ variant }) => variant));
    for (const [j, { values }] of wrong.entries()) {
      if (values === undefined) continue;
      const expected = named({ ...one.right, ...values }, one.inputs.length);
      expect(difference(expected, numbersOf(mutants[j].program, one)), `case ${i}`).toBeUndefined();
      compared++;
    }
  }
  expect(compared).toBeGreaterThanOrEqual(30);
});

test('a wrong rule’s symbolic form comes to the number that the wrong program computes', () => {
  const seen = new Map<string, number>();
  for (const one of cases) {
    const samples = one.inputs.length;
    for (const { id, mutate } of all) {
      for (const { program } of mutate(exerciseFor(one).program)) {
        if ((seen.get(id) ?? 0) > 5) continue;
        seen.set(id, (seen.get(id) ?? 0) + 1);
        const run = new Run(exerciseFor(one), program);
        const changed = program.calls.filter((call) => !exerciseFor(one).program.calls.includes(call));
        for (const call of changed) {
          for (const quantity of quantitiesNamed(program, call.output, samples)) {
            const { element } = quantity;
            const form = rewrite(elementOf(program, call, element.index), {
              index: (index) => (index === 's' && element.sample !== null ? element.sample : index),
            });
            const value = evaluate(form, { element: (used) => run.value({ after: 0, element: used }), samples });
            expect(value, `${id}: ${call.output}[${element.index}]`).toBeCloseTo(run.value(quantity), 9);
          }
        }
      }
    }
  }
  expect([...seen.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
});
