// A slip in a number that is not on the sheet: from one value of it, every number of the sheet follows.
import { elementsOf } from '../symbolic/index.ts';
import { type Exercise, nameOf, type Quantity, rightRun } from './exercise.ts';
import { misfits } from './marking.ts';
import { type Answer, type Answers, mostSteps, Reckoning } from './reckoning.ts';

/** The number that went wrong off the sheet. */
export interface HiddenSlip {
  readonly quantity: Quantity;
  /** What it must have been taken as. */
  readonly value: number;
}

/** How far back from a wrong number its cause is looked for, and among how many quantities. */
const deepest = 3;
const mostCandidates = 40;

/** The nearest quantity off the sheet whose slip explains all wrong numbers, of which there are at least two. */
export function hiddenSlip(exercise: Exercise, answers: Answers, wrong: readonly string[]): HiddenSlip | undefined {
  const first = answers.get(wrong[0]);
  if (first === undefined || wrong.length < 2 || first.quantity.after > mostSteps) return undefined;
  for (const quantity of ancestors(exercise, answers, first.quantity)) {
    const value = solved(exercise, answers, quantity, first);
    if (value === undefined) continue;
    const { count } = exercise;
    const supposed = new Map(answers).set(nameOf(quantity, count), value);
    const reckoning = new Reckoning(rightRun(exercise), supposed, { misfits: 'carried' });
    if (misfits(reckoning, answers.values()).size === 0) return { quantity, value: value.number.value };
  }
  return undefined;
}

/** What a quantity is computed from and the sheet does not have, nearest first. */
function ancestors(exercise: Exercise, answers: Answers, quantity: Quantity): Quantity[] {
  const run = rightRun(exercise);
  const found = new Map<string, Quantity>();
  let level = [quantity];
  for (let depth = 0; depth < deepest && found.size < mostCandidates; depth++) {
    level = level.flatMap((one) => {
      const definition = run.definition(one);
      if (definition.kind === 'same') return [definition.as];
      if (definition.kind === 'given') return [];
      return elementsOf(definition.expression).map((element): Quantity => ({ after: one.after, element }));
    });
    for (const one of level) {
      const name = nameOf(one, exercise.count);
      if (!answers.has(name) && run.definition(one).kind === 'formula') found.set(name, one);
    }
  }
  return [...found.values()].slice(0, mostCandidates);
}

/** The value of a quantity that makes another come out as written, by Newton's method; undefined where none does. */
function solved(
  exercise: Exercise,
  answers: Answers,
  quantity: Quantity,
  { quantity: of, number }: Answer,
): Answer | undefined {
  const run = rightRun(exercise);
  const name = nameOf(quantity, exercise.count);
  const at = (value: number, unit = 0): Answer => ({ quantity, number: { text: '', value, unit } });
  const outcome = (value: number) =>
    new Reckoning(run, new Map(answers).set(name, at(value)), { misfits: 'carried' }).following(of);
  let value = run.value(quantity);
  let slope = 0;
  for (let i = 0; i < 4; i++) {
    const step = 1e-4 * Math.max(1e-3, Math.abs(value));
    slope = (outcome(value + step) - outcome(value - step)) / (2 * step);
    if (slope === 0 || !Number.isFinite(slope)) return undefined;
    value += (number.value - outcome(value)) / slope;
  }
  const unit = number.unit / Math.abs(slope);
  return Number.isFinite(value) ? at(value, unit) : undefined;
}
