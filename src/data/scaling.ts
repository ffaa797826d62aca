// Offsets and scales of number columns, from training values: (value − offset) / scale.
import { ChainruleError } from '../errors.ts';
import { quoted } from './table.ts';

/** The scalings a column of numbers may have. */
export const scalings = ['standard', 'minmax', 'robust', 'quantile', 'none'] as const;
/**
 * `standard`: mean 0, deviation 1; `minmax`: 0 … 1; `robust`: by median and quartiles; `quantile`: by their places in
 * the order of the training values, so that all ranges of them are as wide; `none`: as they are.
 */
export type Scaling = (typeof scalings)[number];
/** The scalings that numbers to predict may have. */
export type TargetScaling = Exclude<Scaling, 'robust' | 'quantile'>;

const leastNormal = 2 ** -1022;

/** (value − offset) / scale. */
export interface OffsetScale {
  readonly offset: number;
  readonly scale: number;
}

/**
 * The offset and scale of a column; a constant column has scale 1.
 * @param values the training values, at least one, all finite
 * @param name the column, for messages
 * @throws ChainruleError `bad-data` where the values span more than numbers can hold
 */
export function fitScaling(values: Float64Array, scaling: Exclude<Scaling, 'quantile'>, name: string): OffsetScale {
  if (scaling === 'none') return { offset: 0, scale: 1 };
  const [least, greatest] = ends(values);
  // Tested on the values, since rounding can leave a constant column a tiny deviation; a span below the least normal number is none.
  if (greatest - least < leastNormal) return { offset: least, scale: 1 };
  const fitted = scaling === 'minmax' ? { offset: least, scale: greatest - least } : centred(values, scaling);
  if (Number.isFinite(fitted.offset) && Number.isFinite(fitted.scale)) return fitted;
  throw new ChainruleError(
    'bad-data',
    `column ${quoted(name)} ranges from ${least} to ${greatest}, which cannot be scaled in double precision; rescale the column or leave it out.`,
  );
}

function centred(values: Float64Array, scaling: 'standard' | 'robust'): OffsetScale {
  const offset = mean(values);
  const [least, greatest] = ends(values);
  const farthest = Math.max(Math.abs(least - offset), Math.abs(greatest - offset));
  // Relative to the farthest value, whose square alone might overflow or vanish.
  const squares = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) squares[i] = ((values[i] - offset) / farthest) ** 2;
  const deviation = farthest * Math.sqrt(mean(squares));
  if (scaling === 'standard') return { offset, scale: deviation };
  const sorted = values.slice().sort();
  const between = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  // Where half of the values are equal the quartiles coincide; the deviation then serves.
  return { offset: quantile(sorted, 0.5), scale: between > 0 ? between : deviation };
}

/** Intervals between the quantiles that a column is placed among. */
const quantileIntervals = 100;

/**
 * The distinct percentiles of the training values, ascending; undefined where all values are equal.
 * @param values at least one, all finite
 */
export function fitQuantiles(values: Float64Array): readonly number[] | undefined {
  const sorted = values.slice().sort();
  const percentiles = Array.from({ length: quantileIntervals + 1 }, (_, i) => quantile(sorted, i / quantileIntervals));
  const distinct = percentiles.filter((value, i) => i === 0 || value > percentiles[i - 1]);
  return distinct.length > 1 ? distinct : undefined;
}

/** The values of the given rows. */
export function valuesAt(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]];
  return found;
}

/** The mean, by differences from the first value so that large offsets cost no digits. */
export function mean(values: Float64Array): number {
  const [first] = values;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - first;
  return first + sum / values.length;
}

/** The least and the greatest. */
function ends(values: Float64Array): [least: number, greatest: number] {
  let [least, greatest] = [values[0], values[0]];
  for (let i = 1; i < values.length; i++) {
    least = Math.min(least, values[i]);
    greatest = Math.max(greatest, values[i]);
  }
  return [least, greatest];
}

/** The quantile of sorted values by linear interpolation. */
function quantile(sorted: Float64Array, fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
