// English.
import type { CheckWords } from './words.ts';

export const en: CheckWords = {
  name: 'en',
  title: 'Worksheet, marked',
  verdicts: { right: 'right', rounding: 'rounding', follows: 'follows', wrong: 'wrong' },
  meanings: {
    right: 'the right value, rounded as it is written',
    rounding: 'right but for its last digits: a slip, or rounded too early',
    follows: 'follows from an earlier mistake by the right rule; no new mistake',
    wrong: 'not what the right rule gives from the numbers before it',
  },
  columns: { quantity: 'quantity', given: 'given', expected: 'right value', verdict: 'mark' },
  headings: { marks: 'Marks', causes: 'What went wrong', conventions: 'Ways of writing' },
  score: ({ right, rounding, follows, wrong }, total, blank) => {
    const parts = [
      `${right} right`,
      ...(rounding > 0 ? [`${rounding} rounded badly`] : []),
      ...(follows > 0 ? [`${follows} carried forward`] : []),
      `${wrong} wrong`,
    ];
    return `${parts.join(', ')} of ${total}${blank > 0 ? `; ${blank} left blank` : ''}.`;
  },
  points: (points, total) => `${points} of ${total} points`,
  allRight: 'Everything is right.',
  noCause: 'no known cause',
  wouldBe: (quantity, given, expected, carried) =>
    `${carried ? 'From the numbers before it, ' : ''}${quantity} would have to be ${expected}, where the sheet has ${given}.`,
  alternatives: (ids) => `On this sheet it cannot be told from: ${ids}.`,
  alsoAt: (quantities, more) => `It shows at ${quantities}${more > 0 ? ` and ${more} more` : ''} as well.`,
  slips: {
    sign: ({ quantity, given, expected }) =>
      `The sign of ${quantity} got lost: ${expected}, not ${given}. The rest is right.`,
    'decimal-point': ({ quantity, given, expected }) =>
      `The decimal point of ${quantity} has moved: ${expected}, not ${given}.`,
    'swapped-digits': ({ quantity, given, expected }) =>
      `Two neighbouring digits of ${quantity} are swapped: ${expected}, not ${given}.`,
    'wrong-digit': ({ quantity, given, expected }) => `One digit of ${quantity} is wrong: ${expected}, not ${given}.`,
  },
  hiddenSlip: ({ quantity, given, expected, right }) =>
    `All numbers follow if ${quantity}, which is not on the sheet, was taken as ${given}. By the rule ${quantity} = ${right} it is ${expected}: the slip is there, and what comes after it follows.`,
  unexplained: ({ quantity, given, expected, right }) =>
    `No known cause matches ${quantity} = ${given}. The rule is ${quantity} = ${right}, which comes to ${expected}; go through the working of this one number.`,
  conventions: {
    'delta-negated': 'δ is written with its minus pulled out (δ = −∂C/∂z). That is a convention, and no mistake.',
    'gradients-negated':
      'Gradients are written as directions of descent (−∂C/∂w), to be added. That is a convention, and no mistake.',
    thresholds: 'Biases are written as thresholds (θ = −b). That is a convention, and no mistake.',
    'sums-without-threshold':
      'Weighted inputs are written without their threshold (Σ w x, and f of that less θ). That is a convention, and no mistake.',
    'weights-transposed':
      'Weight matrices are written the other way round, [from, into]. That is a layout, and no mistake.',
    'samples-as-columns': 'Samples stand in columns, not in rows. That is a layout, and no mistake.',
  },
  after: (steps, symbol) => `${symbol} after ${steps} ${steps === 1 ? 'step' : 'steps'}`,
  follows: (value) => `would follow: ${value}`,
  student: (name) => `Name: ${name}`,
  ofClass: {
    title: 'The class, marked',
    sheets: (count) => `${count} ${count === 1 ? 'sheet' : 'sheets'}`,
    commonest: 'Commonest mistakes',
    perStudent: 'Who made which mistake',
    mistake: 'mistake',
    count: 'students',
    students: 'who',
    student: 'name',
    points: 'points',
  },
};
