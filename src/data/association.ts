// How much one column of a table tells of another, for people who look at data. Training does not ask it.
import type { TypedColumn } from './columns.ts';
import { mean } from './scaling.ts';

/** How two columns go together, over the rows where both are present. */
export interface Association {
  /** Pearson's r of two columns of numbers, −1 … 1; the correlation ratio η of numbers in classes, or Cramér's V of two columns of categories, 0 … 1. */
  readonly measure: 'pearson' | 'correlationRatio' | 'cramersV';
  readonly value: number;
}

/** Rows of which both columns have a value. */
function present(a: TypedColumn, b: TypedColumn): Uint32Array {
  const has = (one: TypedColumn, row: number) =>
    one.kind === 'number' ? !Number.isNaN(one.values[row]) : one.codes[row] >= 0;
  const count = a.kind === 'number' ? a.values.length : a.codes.length;
  return Uint32Array.from({ length: count }, (_, row) => row).filter((row) => has(a, row) && has(b, row));
}

/** How two columns go together; undefined where a column does not vary. */
export function association(a: TypedColumn, b: TypedColumn): Association | undefined {
  const rows = present(a, b);
  if (rows.length < 2) return undefined;
  if (a.kind === 'number') {
    const x = Float64Array.from(rows, (row) => a.values[row]);
    if (b.kind === 'number')
      return measured(
        'pearson',
        pearson(
          x,
          Float64Array.from(rows, (row) => b.values[row]),
        ),
      );
    return measured(
      'correlationRatio',
      correlationRatio(
        x,
        rows.map((row) => b.codes[row]),
      ),
    );
  }
  if (b.kind === 'number') return association(b, a);
  return measured(
    'cramersV',
    cramersV(
      rows.map((row) => a.codes[row]),
      rows.map((row) => b.codes[row]),
    ),
  );
}

function measured(measure: Association['measure'], value: number): Association | undefined {
  return Number.isFinite(value) ? { measure, value: value + 0 } : undefined;
}

/** NaN where either is constant. */
function pearson(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    xy += (value - mx) * (y[i] - my);
    xx += (value - mx) ** 2;
    yy += (y[i] - my) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

/** The root of the share of variance that lies between the classes. */
function correlationRatio(x: Float64Array, classes: Uint32Array): number {
  const groups = new Map<number, { count: number; sum: number }>();
  const centre = mean(x);
  let total = 0;
  x.forEach((value, i) => {
    const group = groups.get(classes[i]) ?? { count: 0, sum: 0 };
    group.count++;
    group.sum += value - centre;
    groups.set(classes[i], group);
    total += (value - centre) ** 2;
  });
  const between = [...groups.values()].reduce((sum, group) => sum + group.sum ** 2 / group.count, 0);
  return Math.sqrt(between / total);
}

/** √(χ² / (n · (k − 1))), k the fewer of the two numbers of categories. */
function cramersV(a: Uint32Array, b: Uint32Array): number {
  const [inA, inB, inBoth] = [
    new Map<number, number>(),
    new Map<number, number>(),
    new Map<string, [number, number, number]>(),
  ];
  const add = (counts: Map<number, number>, code: number) => counts.set(code, (counts.get(code) ?? 0) + 1);
  a.forEach((code, i) => {
    add(inA, code);
    add(inB, b[i]);
    const pair = inBoth.get(`${code} ${b[i]}`) ?? [code, b[i], 0];
    pair[2]++;
    inBoth.set(`${code} ${b[i]}`, pair);
  });
  // χ² / n = Σ n_ij² / (n_i n_j) − 1
  const phi = [...inBoth.values()].reduce(
    (sum, [i, j, count]) => sum + count ** 2 / ((inA.get(i) ?? 0) * (inB.get(j) ?? 0)),
    -1,
  );
  return Math.sqrt(Math.max(0, phi) / (Math.min(inA.size, inB.size) - 1));
}
