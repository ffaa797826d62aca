// Samples to train on, held as they came: bytes stay bytes until a batch is gathered.
import type { FloatArray } from './tensor.ts';

/** `count` rows of `width` numbers in row-major order; the number meant is `values[i] * scale`. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly values: FloatArray | Uint8Array;
  /** What to multiply each stored value by: 1/255 for the bytes of an image, else 1. */
  readonly scale: number;
  /** The share of values that are not zero, by which a backend chooses how to hold them; it counts them unless this is given. */
  readonly density?: number;
}

/** One class per sample; as a target it stands for a one-hot row of width `classes`. */
export interface Labels {
  readonly count: number;
  readonly classes: number;
  /** Each sample's class, 0 … classes − 1. */
  readonly labels: Uint32Array;
}

/** Inputs and their targets, one row of each per sample. */
export interface Samples {
  readonly inputs: Rows;
  readonly targets: Rows | Labels;
  /** What each sample counts in the training loss, at least 0; 1 each where absent. */
  readonly weights?: FloatArray;
}

/** Whether targets are classes (and not rows of numbers). */
export function isLabels(targets: Rows | Labels): targets is Labels {
  return 'labels' in targets;
}

/** How many numbers a target has: classes, or the width of its rows. */
export function targetWidth(targets: Rows | Labels): number {
  return isLabels(targets) ? targets.classes : targets.width;
}

/** Copies row `row` of `rows` into `out` from `offset` on. */
export function copyRow(rows: Rows, row: number, out: FloatArray, offset: number): void {
  const { width, values, scale } = rows;
  const start = row * width;
  for (let k = 0; k < width; k++) out[offset + k] = values[start + k] * scale;
}

/** Copies the target of sample `row` into `out` from `offset` on: its numbers, or its class as a one-hot row. */
export function copyTarget(targets: Rows | Labels, row: number, out: FloatArray, offset: number): void {
  if (isLabels(targets)) {
    out.fill(0, offset, offset + targets.classes);
    out[offset + targets.labels[row]] = 1;
  } else copyRow(targets, row, out, offset);
}

/** An array of `length` zeros of the same kind. */
export function blankLike(like: Rows['values'], length: number): Rows['values'] {
  if (like instanceof Uint8Array) return new Uint8Array(length);
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

/** Copies of the given rows, as they are held. */
export function gatherRows({ width, scale, values }: Rows, at: Uint32Array): Rows {
  const gathered = blankLike(values, at.length * width);
  for (const [i, row] of at.entries()) gathered.set(values.subarray(row * width, (row + 1) * width), i * width);
  return { count: at.length, width, scale, values: gathered };
}

/** Copies of the given samples' targets, as they are held. */
export function gatherTargets(targets: Samples['targets'], at: Uint32Array): Samples['targets'] {
  if (!isLabels(targets)) return gatherRows(targets, at);
  return { count: at.length, classes: targets.classes, labels: at.map((row) => targets.labels[row]) };
}

/** Copies of the given samples, as they are held. */
export function gatherSamples({ inputs, targets, weights }: Samples, at: Uint32Array): Samples {
  const gathered = { inputs: gatherRows(inputs, at), targets: gatherTargets(targets, at) };
  return weights === undefined ? gathered : { ...gathered, weights: gatherWeights(weights, at) };
}

/** Copies of the given samples' weights. */
export function gatherWeights(weights: FloatArray, at: Uint32Array): Float64Array {
  return Float64Array.from(at, (row) => weights[row]);
}
