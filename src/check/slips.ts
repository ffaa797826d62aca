// Slips of the hand and of arithmetic in one number: swapped digits, a lost sign, a shifted decimal point, rounding too early.
import { type Element, evaluate } from '../symbolic/index.ts';
import { middle } from './intervals.ts';
import { type Answer, closenessTo, type Reckoning } from './reckoning.ts';
import type { WrittenNumber } from './written-number.ts';

/** What went wrong with a number. */
export type SlipKind = 'sign' | 'decimal-point' | 'swapped-digits' | 'wrong-digit';

/** The slip that turns what a number has to be into what was written; undefined where none does. */
export function slipIn(reckoning: Reckoning, { quantity, number }: Answer): SlipKind | undefined {
  const range = reckoning.expected(quantity);
  const fits = (candidate: WrittenNumber) => closenessTo(range, candidate) === 'match';
  const { value, unit } = number;
  if (fits({ ...number, value: -value })) return 'sign';
  const shifts = [-3, -2, -1, 1, 2, 3].map((places) => 10 ** places);
  if (shifts.some((factor) => fits({ ...number, value: value * factor, unit: unit * factor }))) return 'decimal-point';
  if (swaps(number).some(fits)) return 'swapped-digits';
  return digitsOf(number).length >= 3 && replacements(number).some(fits) ? 'wrong-digit' : undefined;
}

/** The digits of a number's last written places: 0.0597 is 597 units of 0.0001. */
const digitsOf = ({ value, unit }: WrittenNumber): string =>
  unit > 0 && Math.abs(value) / unit < 1e15 ? String(Math.round(Math.abs(value) / unit)) : '';

const withDigits = (number: WrittenNumber, digits: string): WrittenNumber => ({
  ...number,
  value: Math.sign(number.value) * Number(digits) * number.unit,
});

/** The numbers with two neighbouring digits exchanged; a zero after the point may be one of them. */
function swaps(number: WrittenNumber): WrittenNumber[] {
  const digits = `0${digitsOf(number)}`;
  return [...digits.slice(1)].flatMap((digit, i) => {
    const swapped = digits.slice(0, i) + digit + digits[i] + digits.slice(i + 2);
    return swapped === digits ? [] : [withDigits(number, swapped)];
  });
}

/** The numbers with one digit replaced. */
function replacements(number: WrittenNumber): WrittenNumber[] {
  const digits = digitsOf(number);
  return [...digits].flatMap((digit, i) =>
    [...'0123456789']
      .filter((other) => other !== digit)
      .map((other) => withDigits(number, digits.slice(0, i) + other + digits.slice(i + 1))),
  );
}

/** Whether a number is what comes out where everything it is computed from is rounded to fewer digits first. */
export function roundedTooEarly(reckoning: Reckoning, { quantity, number }: Answer): boolean {
  const definition = reckoning.run.definition(quantity);
  if (definition.kind !== 'formula' || number.unit === 0) return false;
  const { after } = quantity;
  const exact = reckoning.following(quantity);
  // Nearly right is what rounding explains; more is not.
  if (Math.abs(number.value - exact) > 0.05 * Math.abs(exact)) return false;
  const written = digitsOf(number).length;
  return [2, 3, 4, 5, 6].some((digits) => {
    if (digits >= written) return false;
    const rounders = [
      (value: number) => Number(value.toFixed(digits)),
      (value: number) => Number(value.toPrecision(digits)),
    ];
    return rounders.some((round) => {
      const element = (used: Element) => round(middle(reckoning.held({ after, element: used })));
      const value = evaluate(definition.expression, { element, samples: reckoning.run.exercise.count });
      return closenessTo({ low: value, high: value }, number) === 'match';
    });
  });
}
