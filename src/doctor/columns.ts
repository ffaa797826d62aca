// What the inputs are like, column by column: size, constancy, and how much one column alone tells of the target.
import type { Dataset } from '../data/index.ts';
import { isLabels } from '../memory/index.ts';

/** One column of the data, or one input where there are no columns. */
export interface ColumnReading {
  readonly name: string;
  /** The root of the mean square of its inputs, and their ends, as the network gets them. */
  readonly size: number;
  readonly least: number;
  readonly greatest: number;
  readonly constant: boolean;
  /** How well it alone tells the target, 0 … 1: see {@link tells}. */
  readonly tells: number;
}

/** How many rows columns are judged by: enough for a share of ½ %, and quick on large data. */
const mostRows = 2000;

/** Every column of the data; for images the inputs are taken together, as pixels have no meaning of their own. */
export function readColumns(dataset: Dataset): ColumnReading[] {
  const { inputs } = dataset.samples;
  const rows = spread(inputs.count, mostRows);
  const targets = targetsOf(dataset, rows);
  return groups(dataset).map(({ name, from, width }) => {
    const values = Float64Array.from({ length: rows.length * width }, (_, i) => {
      const [row, place] = [rows[Math.floor(i / width)], i % width];
      return inputs.values[row * inputs.width + from + place] * inputs.scale;
    });
    let [least, greatest, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (const value of values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      squares += value * value;
    }
    const alone = dataset.inputShape.length === 1;
    const constant = alone && isConstant(values, width);
    return {
      name,
      size: Math.sqrt(squares / values.length),
      least,
      greatest,
      constant,
      tells: alone && !constant ? tells(codes(values, width), targets) : 0,
    };
  });
}

/** Up to `most` of the numbers 0 … count − 1, evenly spread. */
export function spread(count: number, most: number): Uint32Array {
  const taken = Math.min(count, most);
  return Uint32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}

interface Group {
  readonly name: string;
  readonly from: number;
  readonly width: number;
}

function groups({ preprocessing, inputShape, samples }: Dataset): Group[] {
  if (inputShape.length > 1) return [{ name: 'pixels', from: 0, width: samples.inputs.width }];
  if (preprocessing?.kind !== 'table')
    return Array.from({ length: samples.inputs.width }, (_, k) => ({ name: `input[${k}]`, from: k, width: 1 }));
  let from = 0;
  return preprocessing.inputs.map((column) => {
    const group = { name: column.name, from, width: column.kind === 'number' ? 1 : column.levels.length };
    from += group.width;
    return group;
  });
}

function isConstant(values: Float64Array, width: number): boolean {
  return values.every((value, i) => value === values[i % width]);
}

/** One number a row: the value itself, or for a category the place of its level. */
function codes(values: Float64Array, width: number): Float64Array {
  if (width === 1) return values;
  return Float64Array.from({ length: values.length / width }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).indexOf(1),
  );
}

type Targets =
  | { readonly labels: Uint32Array; readonly classes: number }
  | { readonly numbers: readonly Float64Array[] };

function targetsOf({ samples: { targets }, task }: Dataset, rows: Uint32Array): Targets {
  if (isLabels(targets)) return { labels: rows.map((row) => targets.labels[row]), classes: targets.classes };
  const { width, values, scale } = targets;
  const columns = Array.from({ length: width }, (_, j) =>
    Float64Array.from(rows, (row) => values[row * width + j] * scale),
  );
  if (task === 'classification' && width === 1) return { labels: Uint32Array.from(columns[0]), classes: 2 };
  return { numbers: columns };
}

/**
 * How well a column alone tells the target. For classes the greater of two: the correlation ratio η² (the share of the
 * column's variance that lies between the classes), and how much better than the commonest class the commonest class
 * of each value does, rare values taken together. For numbers the greater of |Pearson's r| and |Spearman's ρ|.
 */
function tells(values: Float64Array, targets: Targets): number {
  if ('labels' in targets) return Math.max(correlationRatio(values, targets), valueSkill(values, targets));
  return targets.numbers.reduce(
    (most, target) =>
      Math.max(most, Math.abs(correlation(values, target)), Math.abs(correlation(ranks(values), ranks(target)))),
    0,
  );
}

function correlationRatio(values: Float64Array, { labels, classes }: Extract<Targets, { labels: unknown }>): number {
  const counts = new Float64Array(classes);
  const sums = new Float64Array(classes);
  labels.forEach((label, i) => {
    counts[label]++;
    sums[label] += values[i];
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (!(total > 0)) return 0;
  const between = sums.reduce(
    (sum, own, c) => (counts[c] > 0 ? sum + counts[c] * (own / counts[c] - mean) ** 2 : sum),
    0,
  );
  return between / total;
}

/** A value seen less often than this tells nothing by itself: each would be its own class. */
const leastOfValue = 5;

function valueSkill(values: Float64Array, { labels, classes }: Extract<Targets, { labels: unknown }>): number {
  const byValue = new Map<number, number[]>();
  values.forEach((value, i) => {
    const counts = byValue.get(value) ?? new Array<number>(classes).fill(0);
    counts[labels[i]]++;
    byValue.set(value, counts);
  });
  const rare = new Array<number>(classes).fill(0);
  const all = new Array<number>(classes).fill(0);
  let right = 0;
  for (const counts of byValue.values()) {
    const isRare = counts.reduce((a, b) => a + b, 0) < leastOfValue;
    counts.forEach((n, c) => {
      all[c] += n;
      if (isRare) rare[c] += n;
    });
    if (!isRare) right += Math.max(...counts);
  }
  right += Math.max(...rare);
  const commonest = Math.max(...all);
  return commonest === values.length ? 0 : (right - commonest) / (values.length - commonest);
}

function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** Each value's place in their order, equal ones the mean of their places. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranked = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranked[order[i]] = (start + end - 1) / 2;
    start = end;
  }
  return ranked;
}
