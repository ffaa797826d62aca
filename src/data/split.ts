// Which rows train, validate and test: drawn at random from the seed, once. It moves no data.
import { ChainruleError } from '../errors.ts';
import { permutation, random, streams } from '../memory/random.ts';
import { count as countSchema, parseWith } from '../options.ts';

/** What each row is, for parts in which all kinds have their share: classes (`labels`), or the cells of a column. */
export type Strata = ArrayLike<number | string>;

/** How to split: fractions from 0 up to, not including, 1. */
export interface SplitOptions {
  /** The fraction of all rows held out for testing; 0 for none. */
  readonly test: number;
  /** The fraction of the rows left after testing; 0 for none. */
  readonly validation: number;
  readonly seed: number;
  /** One entry a row: each part gets its share of every distinct value as nearly as whole rows allow, and training at least one row. */
  readonly stratify?: Strata | undefined;
}

/** Row numbers of the three parts, each ascending; together every row once. */
export interface Split {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Splits the rows 0 … count − 1 at random. Sizes are rounded to the nearest row.
 * @throws ChainruleError `bad-option` at a fraction outside its range or one that leaves a part (or a stratum's training) without rows
 * @example splitRows(10, { test: 0.2, validation: 0, seed: 1 }).test.length // 2
 * @example splitRows(150, { test: 0.2, validation: 0, seed: 1, stratify: column(iris, 'species') })
 */
export function splitRows(count: number, { test, validation, seed, stratify }: SplitOptions): Split {
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
  if (stratify === undefined) {
    const [test, validation] = [order.subarray(0, testCount), order.subarray(testCount, testCount + validationCount)];
    return {
      test: test.sort(),
      validation: validation.sort(),
      training: order.subarray(testCount + validationCount).sort(),
    };
  }
  const testing = takeShares(strataOf(order, stratify), testCount, 'test');
  const validating = takeShares(testing.rest, validationCount, 'validation');
  return {
    test: ascending(testing.taken),
    validation: ascending(validating.taken),
    training: ascending(validating.rest),
  };
}

/** Row numbers of one fold of cross-validation, each ascending: those held out, and all others to train on. */
export interface Fold {
  readonly training: Uint32Array;
  readonly test: Uint32Array;
}

/** How to divide rows into folds. */
export interface FoldOptions {
  /** How many, from 2 to the number of rows. */
  readonly folds: number;
  readonly seed: number;
  /** One entry a row: every fold gets as many of each distinct value as any other fold, or one more. */
  readonly stratify?: Strata | undefined;
}

/**
 * Divides the rows 0 … count − 1 at random into folds, each held out once. Their sizes differ by at most one row.
 * @throws ChainruleError `bad-option` where there are fewer than 2 folds or fewer rows than folds
 * @example splitFolds(150, { folds: 5, seed: 1 }).map(({ test }) => test.length) // [30, 30, 30, 30, 30]
 */
export function splitFolds(count: number, { folds, seed, stratify }: FoldOptions): Fold[] {
  parseWith(countSchema, folds, 'folds');
  if (folds < 2 || folds > count) {
    throw new ChainruleError(
      'bad-option',
      `folds is ${folds} where there are ${count} rows; it must be from 2 to the number of rows, such as 5.`,
    );
  }
  // Dealt like cards, one stratum after another without a pause: that balances both the strata and the sizes.
  const deck = strataOf(permutation(count, random(seed, streams.split)), stratify).flat();
  return Array.from({ length: folds }, (_, fold) => ({
    training: ascending([deck.filter((_, i) => i % folds !== fold)]),
    test: ascending([deck.filter((_, i) => i % folds === fold)]),
  }));
}

/** The rows of each distinct value, in the given order; values in the order in which rows first have them. */
function strataOf(order: Uint32Array, stratify: Strata | undefined): number[][] {
  if (stratify === undefined) return [Array.from(order)];
  if (stratify.length !== order.length) {
    throw new ChainruleError(
      'bad-option',
      `stratify has ${stratify.length} entries where there are ${order.length} rows; give one per row.`,
    );
  }
  const strata = new Map<number | string, number[]>();
  for (let row = 0; row < order.length; row++) strata.set(stratify[row], []);
  for (const row of order) strata.get(stratify[row])?.push(row);
  return [...strata.values()];
}

/** Takes `size` rows from the front, each stratum's share by the method of largest remainders, but never all of a stratum. */
function takeShares(strata: readonly number[][], size: number, part: string): { taken: number[][]; rest: number[][] } {
  const total = strata.reduce((sum, rows) => sum + rows.length, 0);
  const quotas = strata.map((rows) => (rows.length * size) / total);
  const shares = quotas.map(Math.floor);
  const byRemainder = strata.map((_, i) => i).sort((i, j) => quotas[j] - shares[j] - (quotas[i] - shares[i]) || i - j);
  let missing = size - shares.reduce((sum, share) => sum + share, 0);
  for (let progress = true; missing > 0 && progress; ) {
    progress = false;
    for (const i of byRemainder) {
      if (missing === 0 || shares[i] >= strata[i].length - 1) continue;
      shares[i]++;
      missing--;
      progress = true;
    }
  }
  if (missing > 0) {
    throw new ChainruleError(
      'bad-option',
      `the ${part} part needs ${size} of ${total} rows, which would leave some of the ${strata.length} strata without a row to train on; choose a smaller fraction or do not stratify.`,
    );
  }
  return {
    taken: strata.map((rows, i) => rows.slice(0, shares[i])),
    rest: strata.map((rows, i) => rows.slice(shares[i])),
  };
}

const ascending = (parts: readonly (readonly number[])[]): Uint32Array => Uint32Array.from(parts.flat()).sort();

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
