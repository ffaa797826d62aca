// Where outputs differ from what was to be learnt: classes taken for others, numbers missed by most.
import { type Dataset, isLabels, restoreTargets } from 'chainrule';

/** A sample, what it is and what it was taken for. */
export interface Mistake {
  readonly row: number;
  readonly truth: string;
  readonly said: string;
  /** How sure the network was, or how far off. */
  readonly size: number;
}

/** What was found. */
export interface Mistakes {
  /** Whether targets are numbers. */
  readonly numbers: boolean;
  readonly count: number;
  readonly worst: readonly Mistake[];
}

/** As many as one looks at. */
const most = 24;

/** The mistakes in outputs, one row a sample of the data; undefined where samples have several answers. */
export function mistakesIn(
  { samples, classNames, preprocessing }: Dataset,
  outputs: Float32Array | Float64Array,
): Mistakes | undefined {
  const { targets } = samples;
  const width = outputs.length / targets.count;
  if (isLabels(targets)) {
    const name = (label: number) => classNames?.[label] ?? String(label);
    const all = Array.from(targets.labels).flatMap((label, row): Mistake[] => {
      const [said, size] = taken(outputs, row, width);
      return said === label ? [] : [{ row, truth: name(label), said: name(said), size }];
    });
    return { numbers: false, count: all.length, worst: worstOf(all) };
  }
  if (width !== 1) return undefined;
  const own = (values: Float32Array | Float64Array) =>
    preprocessing === undefined ? values : restoreTargets(preprocessing, values);
  const [truths, said] = [own(Float64Array.from(targets.values, (value) => value * targets.scale)), own(outputs)];
  const all = Array.from(truths, (truth, row): Mistake => {
    return { row, truth: truth.toPrecision(4), said: said[row].toPrecision(4), size: Math.abs(truth - said[row]) };
  });
  return { numbers: true, count: all.length, worst: worstOf(all).slice(0, most / 2) };
}

/** The class that a sample was taken for, and how sure that was. */
function taken(outputs: ArrayLike<number>, row: number, width: number): [number, number] {
  if (width === 1) return [Number(outputs[row] > 0.5), Math.abs(outputs[row] - 0.5)];
  let best = 0;
  for (let k = 1; k < width; k++) if (outputs[row * width + k] > outputs[row * width + best]) best = k;
  return [best, outputs[row * width + best]];
}

const worstOf = (all: readonly Mistake[]): readonly Mistake[] =>
  all.toSorted((one, other) => other.size - one.size).slice(0, most);
