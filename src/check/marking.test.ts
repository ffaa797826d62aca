// Marks: honest sheets are never marked wrong however they are rounded, and one slip costs one mark.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsNamed } from '../explain/quantities.ts';
import type { ActivationName } from '../layers/dense.ts';
import { dense } from '../layers/index.ts';
import { type LossName, network } from '../network/index.ts';
import { adam, momentum, sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { type Element, evaluate } from '../symbolic/index.ts';
import { type Exercise, exerciseOf, nameOf, type Quantity, rightRun } from './exercise.ts';
import { markAnswers } from './marking.ts';
import type { Answer, Answers } from './reckoning.ts';
import { readNumber } from './written-number.ts';

/** A small exercise of any kind that people work by hand. */
const exercises = fc
  .record({
    widths: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
    hidden: fc.constantFrom<ActivationName>('sigmoid', 'tanh', 'relu', 'leakyRelu', 'linear'),
    output: fc.constantFrom<readonly [ActivationName, LossName]>(
      ['sigmoid', 'quadratic'],
      ['sigmoid', 'crossEntropy'],
      ['softmax', 'logLikelihood'],
      ['linear', 'meanSquared'],
      ['tanh', 'halfMeanSquared'],
    ),
    samples: fc.integer({ min: 1, max: 2 }),
    optimizer: fc.constantFrom<(options: { learningRate: number }) => Optimizer>(sgd, momentum, adam),
    l2: fc.constantFrom(0, 0, 0.01),
    seed: fc.nat(10_000),
  })
  .map(({ widths, hidden, output: [activation, loss], samples, optimizer, l2, seed }): Exercise => {
    const layers = widths.slice(1).map((units, i) => dense(units, i === widths.length - 2 ? activation : hidden));
    const number = (i: number) => Math.round(100 * Math.sin(seed + 7 * i)) / 100;
    const row = (width: number, s: number) => Array.from({ length: width }, (_, i) => number(31 * s + i));
    const outputs = widths[widths.length - 1];
    const target = (s: number) => Array.from({ length: outputs }, (_, j) => Number(j === (s + seed) % outputs));
    return exerciseOf(network(layers, { input: widths[0], loss, seed, l2 }), {
      inputs: Array.from({ length: samples }, (_, s) => row(widths[0], s)),
      targets: Array.from({ length: samples }, (_, s) => target(s)),
      optimizer: optimizer({ learningRate: 0.5 }),
    });
  });

type Round = (value: number) => string;

const roundings = fc
  .record({ digits: fc.integer({ min: 3, max: 9 }), kind: fc.constantFrom('decimals', 'significant', 'scientific') })
  .map(({ digits, kind }): Round => {
    if (kind === 'decimals') return (value) => value.toFixed(digits);
    return kind === 'significant' ? (value) => value.toPrecision(digits) : (value) => value.toExponential(digits - 1);
  });

/** Works an exercise as a student does, rounding each number as it is written; `change` may slip in between. */
function worked(
  exercise: Exercise,
  steps: number,
  round: Round,
  change: (text: string, name: string) => string,
): Answers {
  const { program, count } = exercise;
  const run = rightRun(exercise);
  const answers = new Map<string, Answer>();
  const held = (quantity: Quantity): number => {
    const definition = run.definition(quantity);
    if (definition.kind === 'same') return held(definition.as);
    return answers.get(nameOf(quantity, count))?.number.value ?? run.value(quantity);
  };
  for (let after = 0; after < steps; after++) {
    for (const call of program.calls) {
      for (const element of elementsNamed(program, call.output, count)) {
        const quantity = { after, element };
        const definition = run.definition(quantity);
        if (definition.kind !== 'formula') continue;
        const value = evaluate(definition.expression, {
          element: (used: Element) => held({ after, element: used }),
          samples: count,
        });
        // Where an output was rounded to 1 its logarithm cannot be written down.
        if (!Number.isFinite(value)) continue;
        const name = nameOf(quantity, count);
        answers.set(name, { quantity, number: readNumber(change(round(value), name), name) });
      }
    }
  }
  return answers;
}

const verdicts = (exercise: Exercise, answers: Answers) =>
  new Map(markAnswers(exercise, answers).map(({ name, verdict }) => [name, verdict]));

/** Adam divides by √v, which to a few decimals is 0: nothing can be told from what is computed with that. */
const dividesByRounded = ({ program }: Exercise) => program.slots.has('layers.0.weight.v');

const unchanged = (text: string) => text;

/** How many random sheets each property is held against; 10,000 with SHEETS=10000. */
const numRuns = Number(process.env.SHEETS ?? 150);

describe('an honest sheet', () => {
  it('rounded to 3 to 9 digits at every step is right in every number', () => {
    fc.assert(
      fc.property(exercises, roundings, (exercise, round) => {
        const marks = verdicts(exercise, worked(exercise, 1, round, unchanged));
        expect([...marks].filter(([, verdict]) => verdict !== 'right')).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('of which only some numbers are handed in has none wrong', () => {
    fc.assert(
      fc.property(exercises, roundings, fc.integer({ min: 2, max: 5 }), (exercise, round, every) => {
        fc.pre(!dividesByRounded(exercise));
        const all = worked(exercise, 2, round, unchanged);
        const some = new Map([...all].filter((_, i) => i % every === 0));
        // What was rounded off the sheet may show in the last digit.
        expect([...verdicts(exercise, some)].filter(([, verdict]) => verdict === 'wrong')).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe('one slip', () => {
  it('anywhere costs one mark: everything after it follows', () => {
    fc.assert(
      fc.property(exercises, fc.nat(1000), (exercise, at) => {
        fc.pre(!dividesByRounded(exercise));
        const names = [...worked(exercise, 1, (value) => value.toFixed(6), unchanged)]
          .filter(([, { number }]) => Math.abs(number.value) > 0.01 && Math.abs(number.value) < 5)
          .map(([name]) => name);
        fc.pre(names.length > 0);
        const slipped = names[at % names.length];
        const change = (text: string, name: string) => (name === slipped ? (Number(text) * 1.37).toFixed(6) : text);
        const marks = verdicts(
          exercise,
          worked(exercise, 1, (value) => value.toFixed(6), change),
        );
        expect([...marks].filter(([, verdict]) => verdict === 'wrong').map(([name]) => name)).toEqual([slipped]);
      }),
      { numRuns },
    );
  });
});
