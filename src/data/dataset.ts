// Samples together with what they mean: the unit that training, evaluation and splitting pass around.
import { ChainruleError } from '../errors.ts';
import { gatherSamples, isLabels, type Samples } from '../memory/samples.ts';
import type { Shape } from '../memory/shape.ts';
import { encodeInputs, encodeTargets } from './encode.ts';
import { type IdxArray, imageShape, samplesFromIdx } from './idx.ts';
import {
  classNames,
  imagePreprocessing,
  inputShape,
  type Preprocessing,
  type TablePreprocessing,
  type Task,
  targetNames,
  taskOf,
} from './preprocessing.ts';
import { weightsFromTable } from './sample-weights.ts';
import type { SampleStream } from './stream.ts';
import type { Table } from './table.ts';

/** Samples and what they mean. */
export interface Dataset {
  /** All samples; of those that are not in memory, some drawn at random. */
  readonly samples: Samples;
  /** Where all samples are read from that are not in memory. */
  readonly stream?: SampleStream;
  /** The shape of one input: `[width]`, or `[channels, height, width]`. */
  readonly inputShape: Shape;
  /** Classification with targets that are rows (not labels) is multi-label: each 0 or 1 by itself. */
  readonly task: Task;
  /** The name of each class, where targets are classes. */
  readonly classNames?: readonly string[];
  /** The name of each target column, where they have names. */
  readonly targetNames?: readonly string[];
  /** How the samples came from raw data, where they did. */
  readonly preprocessing?: Preprocessing;
}

/** What a table holds beside inputs and targets. */
export interface TableOptions {
  /** The column that says what each sample counts in training; all count the same unless given. */
  readonly weights?: string | undefined;
}

/**
 * A dataset from a table and its preprocessing.
 * @throws ChainruleError `unknown-name` where a column lacks, `bad-data` at a cell, a target or a weight that cannot be used
 */
export function datasetFromTable(preprocessing: TablePreprocessing, table: Table, options: TableOptions = {}): Dataset {
  const samples = {
    inputs: encodeInputs(preprocessing, table),
    targets: encodeTargets(preprocessing, table),
    ...(options.weights !== undefined && { weights: weightsFromTable(table, options.weights) }),
  };
  const names = classNames(preprocessing);
  const described = {
    samples,
    inputShape: inputShape(preprocessing),
    task: taskOf(preprocessing),
    targetNames: targetNames(preprocessing),
    preprocessing,
  };
  return names === undefined ? described : { ...described, classNames: names };
}

/**
 * A dataset from IDX images and labels, the bytes kept as they are; classes are named 0, 1, … unless names are given.
 * @throws ChainruleError `bad-data` where counts differ or a label is out of range
 */
export function datasetFromIdx(
  images: IdxArray,
  labels: IdxArray,
  options: { readonly classNames?: readonly string[] } = {},
): Dataset {
  const given = options.classNames;
  const samples = samplesFromIdx(images, labels, given === undefined ? {} : { classes: given.length });
  const classes = isLabels(samples.targets) ? samples.targets.classes : samples.targets.width;
  const names = given ?? Array.from({ length: classes }, (_, i) => String(i));
  const shape = imageShape(images);
  return {
    samples,
    inputShape: shape,
    task: 'classification',
    classNames: names,
    preprocessing: imagePreprocessing(shape, names),
  };
}

/**
 * The samples of the given rows, in the given order; bytes stay bytes.
 * @throws ChainruleError `bad-option` at a row that the dataset does not have
 */
export function subset(dataset: Dataset, rows: Uint32Array): Dataset {
  const { inputs } = dataset.samples;
  const wrong = rows.findIndex((row) => row >= inputs.count);
  if (wrong >= 0)
    throw new ChainruleError(
      'bad-option',
      `rows[${wrong}] is ${rows[wrong]} where the dataset has rows 0 to ${inputs.count - 1}; name rows that it has.`,
    );
  const { stream: _, ...described } = dataset;
  return { ...described, samples: gatherSamples(dataset.samples, rows) };
}
