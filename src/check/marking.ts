// Verdicts: each of a student's numbers against the right value, and against what follows from the numbers before it.
import { slotOf } from '../plan/index.ts';
import { type Exercise, nameOf, rightRun } from './exercise.ts';
import { usualUnit } from './precision.ts';
import { type Answer, type Answers, Reckoning } from './reckoning.ts';
import { roundedTooEarly } from './slips.ts';

/** What a number is worth. */
export type Verdict =
  | 'right'
  | 'rounding' // a slip of the last digit, or rounded too early by the way
  | 'follows' // not the right number, but what follows from the student's own earlier ones
  | 'wrong';

/** An answer, marked. */
export interface Mark {
  readonly name: string;
  readonly answer: Answer;
  readonly verdict: Verdict;
  /** The right value. */
  readonly expected: number;
  /** What the right rule gives from the student's own earlier numbers. */
  readonly following: number;
}

/** All answers marked, in the order of computing. */
export function markAnswers(exercise: Exercise, answers: Answers): Mark[] {
  const run = rightRun(exercise);
  const carried = new Reckoning(run, answers, { misfits: 'carried' });
  // Where every number fits, passing over those that do not changes nothing.
  const allFit = misfits(carried, answers.values()).size === 0;
  const ignored = allFit ? carried : new Reckoning(run, answers, { misfits: 'ignored' });
  const loose = new Reckoning(run, answers, {
    misfits: 'carried',
    unitOf: usualUnit([...answers.values()].map(({ number }) => number)),
  });
  const verdictOf = (answer: Answer): Verdict => {
    const [own, right] = [carried.closeness(answer), ignored.closeness(answer)];
    if (right === 'match') return 'right';
    if (own === 'match') return 'follows';
    if (right === 'near') return 'rounding';
    if (own === 'near') return 'follows';
    return loose.closeness(answer) === 'match' || roundedTooEarly(carried, answer) ? 'rounding' : 'wrong';
  };
  return inOrder(exercise, answers).map((answer) => ({
    name: nameOf(answer.quantity, exercise.count),
    answer,
    verdict: verdictOf(answer),
    expected: run.value(answer.quantity),
    following: carried.following(answer.quantity),
  }));
}

/** The names of the answers that do not follow from those before them by a program's rules. */
export function misfits(reckoning: Reckoning, answers: Iterable<Answer>): Set<string> {
  const { count } = reckoning.run.exercise;
  const apart = [...answers].filter((answer) => reckoning.closeness(answer) === 'apart');
  return new Set(apart.map(({ quantity }) => nameOf(quantity, count)));
}

/** Answers in the order in which the right program computes them. */
function inOrder({ program, count }: Exercise, answers: Answers): Answer[] {
  const calls = new Map(program.calls.map(({ output }, place) => [output, place]));
  const place = ({ quantity: { element } }: Answer) => calls.get(slotOf(program, element.slot).name) ?? -1;
  const bySample = ({ quantity: { element } }: Answer) => Number(element.sample ?? 0);
  const all = [...answers.values()].map((answer) => ({ answer, name: nameOf(answer.quantity, count) }));
  return all
    .sort(
      (a, b) =>
        a.answer.quantity.after - b.answer.quantity.after ||
        place(a.answer) - place(b.answer) ||
        bySample(a.answer) - bySample(b.answer) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    )
    .map(({ answer }) => answer);
}
