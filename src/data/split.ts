// Which rows train, validate and test: drawn at random from the seed, once. It moves no data.
import { ChainruleError } from '../errors.ts';
import { permutation, random, streams } from '../memory/random.ts';

/** How to split: fractions from 0 up to, not including, 1. */
export interface SplitOptions {
  /** The fraction of all rows held out for testing; 0 for none. */
  readonly test: number;
  /** The fraction of the rows left after testing; 0 for none. */
  readonly validation: number;
  readonly seed: number;
}

/** Row numbers of the three parts, each ascending; together every row once. */
export interface Split {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Splits the rows 0 … count − 1 at random. Sizes are rounded to the nearest row.
 * @throws ChainruleError `bad-option` at a fraction outside its range or one that leaves a part without rows
 * @example splitRows(10, { test: 0.2, validation: 0, seed: 1 }).test.length // 2
 */
export function splitRows(count: number, { test, validation, seed }: SplitOptions): Split {
  const testCount = partSize('test', test, count);
  const validationCount = partSize('validation', validation, count - testCount);
  const trainingCount = count - testCount - validationCount;
  if (trainingCount < 1) {
    throw new ChainruleError(
      'bad-option',
      `no rows are left to train on: ${testCount} of ${count} are for testing and ${validationCount} for validation; choose smaller fractions or give more rows.`,
    );
  }
  const order = permutation(count, random(seed, streams.split));
  return {
    test: order.slice(0, testCount).sort(),
    validation: order.slice(testCount, testCount + validationCount).sort(),
    training: order.slice(testCount + validationCount).sort(),
  };
}

function partSize(part: string, fraction: number, count: number): number {
  if (!(fraction >= 0 && fraction < 1)) {
    throw new ChainruleError(
      'bad-option',
      `the ${part} fraction is ${fraction}; it must be at least 0 and less than 1, such as 0.2 for a fifth of the rows.`,
    );
  }
  const size = Math.round(count * fraction);
  if (fraction > 0 && size === 0) {
    throw new ChainruleError(
      'bad-option',
      `the ${part} part would be empty: ${fraction} of ${count} rows is less than half a row; give more rows or a larger fraction, or 0 for none.`,
    );
  }
  return size;
}
