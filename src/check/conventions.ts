// Ways of writing that are not mistakes: δ with its minus pulled out, thresholds for biases, layouts the other way round.
import type { Conventions } from '../explain/notations/notation.ts';
import { slotOf } from '../plan/index.ts';
import { type Exercise, nameOf, type Quantity, rightRun } from './exercise.ts';
import type { Answer, Answers } from './reckoning.ts';
import type { WrittenNumber } from './written-number.ts';

/** A convention by its name. */
export type ConventionName =
  | 'delta-negated'
  | 'gradients-negated'
  | 'thresholds'
  | 'sums-without-threshold'
  | 'weights-transposed'
  | 'samples-as-columns';

/** The sets of conventions that occur together, commonest first; none is the house's own. */
export const conventionSets: readonly (readonly ConventionName[])[] = [
  [],
  ['delta-negated'],
  ['thresholds'],
  ['delta-negated', 'thresholds'],
  ['thresholds', 'sums-without-threshold'],
  ['sums-without-threshold'],
  ['delta-negated', 'thresholds', 'sums-without-threshold'],
  ['delta-negated', 'gradients-negated'],
  ['delta-negated', 'gradients-negated', 'thresholds'],
  ['weights-transposed'],
  ['weights-transposed', 'delta-negated'],
  ['samples-as-columns'],
];

/** The conventions that belong to a notation. Which index of a weight comes first its symbols already tell. */
export function conventionsIn({ delta, bias }: Conventions): readonly ConventionName[] {
  return [
    ...(delta === 'negated' ? (['delta-negated'] as const) : []),
    ...(bias === 'threshold' ? (['thresholds', 'sums-without-threshold'] as const) : []),
  ];
}

/** The answers as they would stand without these conventions, and those of them that touch any. */
export function withoutConventions(
  exercise: Exercise,
  answers: Answers,
  names: readonly ConventionName[],
): { readonly answers: Answers; readonly names: readonly ConventionName[] } {
  let plain = [...answers.values()];
  const touching: ConventionName[] = [];
  for (const name of names) {
    const change = plainly(name, exercise);
    if (!plain.some((answer) => touches(name, exercise, answer))) continue;
    touching.push(name);
    plain = plain.map((answer) => (touches(name, exercise, answer) ? change(answer) : answer));
  }
  return {
    answers: new Map(plain.map((answer) => [nameOf(answer.quantity, exercise.count), answer])),
    names: touching,
  };
}

const slots: Record<ConventionName, RegExp> = {
  'delta-negated': /^layers\.\d+\.delta$/,
  'gradients-negated': /^layers\.\d+\.(?:weight|bias)\.grad$/,
  thresholds: /^layers\.\d+\.bias(?:\.grad|(?:\.velocity|\.m)?\.next|\.m\.corrected|\.decayed)?$/,
  'sums-without-threshold': /^layers\.\d+\.z$/,
  'weights-transposed': /^layers\.\d+\.weight(?:\.grad|\.next)?$/,
  'samples-as-columns': /^layers\.\d+\.(?:z|a|delta)$/,
};

function touches(name: ConventionName, { program, count }: Exercise, { quantity, number }: Answer): boolean {
  const { slot } = quantity.element;
  if (!slots[name].test(slot)) return false;
  const { shape } = slotOf(program, slot);
  if (name === 'weights-transposed') return shape.length === 2 && shape[0] === shape[1] && shape[0] > 1;
  if (name === 'samples-as-columns') return shape.length === 1 && shape[0] === count && count > 1;
  if (name === 'sums-without-threshold') return program.slots.has(slot.replace(/z$/, 'bias'));
  return number.value !== 0;
}

/** What turns an answer that has the convention into one without. */
function plainly(name: ConventionName, exercise: Exercise): (answer: Answer) => Answer {
  switch (name) {
    case 'delta-negated':
    case 'gradients-negated':
    case 'thresholds':
      return (answer) =>
        rewritten(
          answer,
          (value) => -value,
          (value) => -value,
        );
    case 'sums-without-threshold': {
      const run = rightRun(exercise);
      return (answer) => {
        const { after, element } = answer.quantity;
        const slot = element.slot.replace(/z$/, 'bias');
        const bias = run.value({ after, element: { ...element, slot, sample: null } });
        return rewritten(
          answer,
          (value) => value + bias,
          (value) => value - bias,
        );
      };
    }
    case 'weights-transposed':
    case 'samples-as-columns':
      return (answer) => ({ ...answer, quantity: transposed(answer.quantity) });
  }
}

/** The answer with its number changed, and the way back. */
export function rewritten(answer: Answer, change: (value: number) => number, back: (value: number) => number): Answer {
  const number: WrittenNumber = { ...answer.number, value: change(answer.number.value) };
  const { asWritten = (value: number) => value } = answer;
  return { ...answer, number, asWritten: (value) => asWritten(back(value)) };
}

/** The same place with its two indices exchanged: of a weight, or sample and neuron. */
function transposed({ after, element }: Quantity): Quantity {
  const { index, sample } = element;
  if (sample !== null) return { after, element: { ...element, index: [sample], sample: index[0] } };
  return { after, element: { ...element, index: index.toReversed() } };
}
