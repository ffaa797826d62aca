// To how many digits a whole sheet is written, which tells what its shorter numbers mean.
import type { WrittenNumber } from './written-number.ts';

/** The unit that a student rounds a value to, judged by the sheet's numbers: so many decimals, or so many significant digits. */
export function usualUnit(numbers: readonly WrittenNumber[]): (value: number) => number {
  const rounded = numbers.filter(({ unit, value }) => unit > 0 && value !== 0);
  const decimals = rounded.map(({ unit }) => Math.round(-Math.log10(unit)));
  const digits = rounded.map(({ unit, value }) => Math.floor(Math.log10(Math.abs(value) / unit) + 1e-9) + 1);
  const [fixed, significant] = [middleOf(decimals), middleOf(digits)];
  if (rounded.length === 0) return () => 0;
  const [ofFixed, ofSignificant] = [occurrences(decimals, fixed), occurrences(digits, significant)];
  const relative = (value: number) =>
    value === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - significant);
  if (ofFixed > ofSignificant) return () => 10 ** -fixed;
  // Where both describe the sheet the coarser is the safer.
  return ofFixed < ofSignificant ? relative : (value) => Math.max(10 ** -fixed, relative(value));
}

/**
 * The number as the rest of its sheet suggests: 0.1 among numbers of six digits is 0.100000, its zeros left off.
 * Where that is not what it has to be, it may still be a rounded 0.1.
 */
export function atUsualPrecision(number: WrittenNumber, unitOf: (value: number) => number): WrittenNumber {
  const unit = unitOf(number.value);
  return unit > 0 && number.unit > 1.5 * unit ? { ...number, unit, coarseUnit: number.unit } : number;
}

const middleOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const occurrences = (values: readonly number[], value: number) => values.filter((one) => one === value).length;
