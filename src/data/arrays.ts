// Datasets from nested arrays in code: `[[0, 0], [0, 1]]`. Files and tables come in by other doors.
import { ChainruleError } from '../errors.ts';
import type { Labels, Rows } from '../memory/samples.ts';
import { type Shape, sizeOf } from '../memory/shape.ts';
import { fromNested, type Nested } from '../memory/tensor.ts';
import type { Dataset } from './dataset.ts';
import type { Task } from './preprocessing.ts';
import { requireWeights } from './sample-weights.ts';

/** Targets as people write them: a row or number per sample, or the name of its class. */
export type TargetArray = readonly Nested[] | readonly string[];

/** What arrays mean. */
export interface ArrayOptions {
  /** Unless given: classification for names of classes and for one-hot rows, else regression. */
  readonly task?: Task;
  /** The names of the classes in order; found from the targets unless given. */
  readonly classNames?: readonly string[];
  /** What each sample counts in the training loss, at least 0; 1 each unless given. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * A dataset from arrays: one entry of `inputs` per sample, nested to the shape of one input.
 * Targets are rows of numbers, single numbers (with the task `classification`: class 0, 1, …) or names of classes.
 * @throws ChainruleError `bad-shape` or `bad-data` naming the entry
 * @example datasetFromArrays([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]).inputShape // [2]
 */
export function datasetFromArrays(
  inputs: readonly Nested[],
  targets: TargetArray,
  options: ArrayOptions = {},
): Dataset {
  if (inputs.length === 0) throw new ChainruleError('bad-data', 'inputs is empty; give at least one sample.');
  if (inputs.length !== targets.length) {
    throw new ChainruleError(
      'bad-shape',
      `inputs has ${inputs.length} samples where targets has ${targets.length}; give one target per sample.`,
    );
  }
  const shape = shapeOf(inputs[0]);
  const rows = rowsOf(inputs, shape, 'inputs');
  const inputShape = shape.length === 0 ? [1] : shape;
  const understood = understand(rows, targets, options);
  if (options.weights === undefined) return { inputShape, ...understood };
  const weights = Float64Array.from(options.weights);
  requireWeights(weights, inputs.length);
  return { inputShape, ...understood, samples: { ...understood.samples, weights } };
}

/** Rows in double precision. */
interface NumberRows extends Rows {
  readonly values: Float64Array;
}

type Understood = Pick<Dataset, 'samples' | 'task' | 'classNames'>;

function understand(inputs: Rows, given: TargetArray, options: ArrayOptions): Understood {
  if (isNames(given)) return classified(inputs, labelsOfNames(given, options.classNames), options.task);
  const shape = shapeOf(given[0]);
  if (shape.length > 1) {
    throw new ChainruleError(
      'bad-shape',
      `targets[0] is nested ${shape.length} deep; a target is one number, or one row of numbers.`,
    );
  }
  const rows = rowsOf(given, shape, 'targets');
  if (shape.length === 0 && options.task === 'classification') {
    return classified(inputs, labelsOfNumbers(rows, options.classNames), options.task);
  }
  if (options.task !== 'regression' && isOneHot(rows))
    return classified(inputs, labelsOfOneHot(rows, options.classNames), options.task);
  const task = options.task ?? 'regression';
  if (task === 'classification') checkBinary(rows);
  return { samples: { inputs, targets: rows }, task };
}

function classified(
  inputs: Rows,
  named: { labels: Labels; names: readonly string[] },
  task: Task | undefined,
): Understood {
  if (task === 'regression')
    throw new ChainruleError(
      'bad-data',
      'targets are names of classes where regression needs numbers; give numbers, or the task "classification".',
    );
  return { samples: { inputs, targets: named.labels }, task: 'classification', classNames: named.names };
}

/** The shape of a nested array, judged by its first entries. */
function shapeOf(value: Nested): number[] {
  if (typeof value === 'number') return [];
  return value.length === 0 ? [0] : [value.length, ...shapeOf(value[0])];
}

function rowsOf(values: readonly Nested[], shape: Shape, name: string): NumberRows {
  const width = sizeOf(shape);
  if (width === 0) throw new ChainruleError('bad-shape', `${name}[0] is empty; give it at least one number.`);
  const { data } = fromNested(values, [values.length, ...shape], name);
  return { count: values.length, width, values: Float64Array.from(data), scale: 1 };
}

function isNames(targets: TargetArray): targets is readonly string[] {
  return targets.every((target) => typeof target === 'string');
}

function labelsOfNames(targets: readonly string[], given: readonly string[] | undefined) {
  const names = given ?? [...new Set(targets)].sort();
  const places = new Map(names.map((name, i) => [name, i]));
  const labels = Uint32Array.from(targets, (target, i) => {
    const label = places.get(target);
    if (label !== undefined) return label;
    throw new ChainruleError(
      'bad-data',
      `targets[${i}] is ${JSON.stringify(target)}, which is none of the class names ${JSON.stringify(names)}; add it to them or mend the target.`,
    );
  });
  return { labels: labelled(labels, names), names };
}

function labelsOfNumbers({ values }: NumberRows, given: readonly string[] | undefined) {
  const classes = given?.length ?? values.reduce((most, value) => Math.max(most, value), 0) + 1;
  const wrong = values.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < classes));
  if (wrong >= 0) {
    throw new ChainruleError(
      'bad-data',
      `targets[${wrong}] is ${values[wrong]}; a class is an integer from 0${given === undefined ? '' : ` to ${classes - 1}`}, or a name.`,
    );
  }
  const names = given ?? Array.from({ length: classes }, (_, i) => String(i));
  return { labels: labelled(Uint32Array.from(values), names), names };
}

function labelsOfOneHot({ values, width, count }: NumberRows, given: readonly string[] | undefined) {
  const names = given ?? Array.from({ length: width }, (_, i) => String(i));
  if (names.length !== width) {
    throw new ChainruleError(
      'bad-shape',
      `${names.length} class names are given where targets have ${width} numbers; give one name per number.`,
    );
  }
  const labels = Uint32Array.from({ length: count }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).indexOf(1),
  );
  return { labels: labelled(labels, names), names };
}

function labelled(labels: Uint32Array, names: readonly string[]): Labels {
  if (names.length < 2) {
    throw new ChainruleError('bad-data', `targets have ${names.length} class; classification needs at least two.`);
  }
  return { count: labels.length, classes: names.length, labels };
}

/** Whether every row is one 1 among zeros. */
function isOneHot({ values, width, count }: NumberRows): boolean {
  if (width < 2 || !values.every((value) => value === 0 || value === 1)) return false;
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += values[row * width + k];
    if (sum !== 1) return false;
  }
  return true;
}

function checkBinary({ values, width }: NumberRows): void {
  const wrong = values.findIndex((value) => value !== 0 && value !== 1);
  if (wrong < 0) return;
  throw new ChainruleError(
    'bad-data',
    `targets[${Math.floor(wrong / width)},${wrong % width}] is ${values[wrong]}; a row of labels holds 0 and 1 only: mend it, or use the task "regression".`,
  );
}
