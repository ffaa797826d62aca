// Whatever people train on, as a dataset that fits the network.
import { type Dataset, datasetFromArrays, requireWeights, type TargetArray } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import {
  type FloatArray,
  fromNested,
  isLabels,
  type Nested,
  type Rows,
  type Samples,
  sameShape,
  showShape,
  sizeOf,
  targetWidth,
} from '../memory/index.ts';
import { type Network, outputShape } from '../network/index.ts';
import { targetsOf } from './metrics.ts';

/** A dataset, or arrays with one entry per sample; `weights` say what each counts in the training loss, 1 unless given. */
export type TrainingData =
  | Dataset
  | { readonly inputs: readonly Nested[]; readonly targets: TargetArray; readonly weights?: ArrayLike<number> };

/**
 * The data as a dataset whose samples fit the network: inputs of as many numbers as it takes, targets of as many as it gives.
 * Two classes become 0 and 1 for a network with one output.
 * @throws ChainruleError `bad-shape`
 */
export function fittingDataset(net: Network, data: TrainingData): Dataset {
  const dataset = 'samples' in data ? data : datasetFromArrays(data.inputs, data.targets, { weights: data.weights });
  requireInput(net, dataset);
  const { weights, inputs } = dataset.samples;
  if (weights !== undefined) requireWeights(weights, inputs.count);
  const outputs = sizeOf(outputShape(net));
  const { targets } = dataset.samples;
  if (targetWidth(targets) === outputs) return dataset;
  if (isLabels(targets) && targets.classes === 2 && outputs === 1) {
    const rows = { count: targets.count, width: 1, values: Float64Array.from(targets.labels), scale: 1 };
    return { ...dataset, samples: { ...dataset.samples, targets: rows } };
  }
  const wanted = targetWidth(targets);
  const found = isLabels(targets) ? `${targets.classes} classes` : `targets of ${targets.width} numbers`;
  throw new ChainruleError(
    'bad-shape',
    `the network has ${outputs} ${outputs === 1 ? 'output' : 'outputs'} where the data has ${found}; give its last layer ${wanted} ${wanted === 1 ? 'unit' : 'units'}.`,
  );
}

/**
 * The samples as the loss takes them: where it is made for two targets other than 0 and 1, classes and yes/no labels become those.
 * @param weights what each sample counts; its own weight unless given
 * @throws ChainruleError `bad-data` at a number that is neither
 */
export function samplesForLoss(net: Network, dataset: Dataset, weights?: Float64Array): Samples {
  const samples = weights === undefined ? dataset.samples : { ...dataset.samples, weights };
  return net.loss.targets === undefined
    ? samples
    : { ...samples, targets: twoTargets(net.loss, net.loss.targets, dataset) };
}

function twoTargets(loss: Network['loss'], [low, high]: readonly [number, number], { samples, task }: Dataset): Rows {
  const numbers = targetsOf(samples.targets);
  const width = targetWidth(samples.targets);
  const rows = (values: Float64Array): Rows => ({ count: samples.inputs.count, width, values, scale: 1 });
  if (numbers.every((value) => value === low || value === high)) return rows(numbers);
  const wrong = task === 'classification' ? -1 : numbers.findIndex((value) => value !== low && value !== high);
  if (wrong >= 0)
    throw new ChainruleError(
      'bad-data',
      `target ${Math.floor(wrong / width)} has the number ${numbers[wrong]}, which the loss ${loss.name} does not take; give classes or targets of ${low} and ${high}, or use another loss.`,
    );
  return rows(numbers.map((value) => (value > 0.5 ? high : low)));
}

/** Makes sure that some sample counts; a part that is only scored needs none that does. */
export function requireSomeWeight({ weights }: Samples): void {
  if (weights === undefined || weights.some((weight) => weight > 0)) return;
  throw new ChainruleError('bad-data', 'all weights are 0, which leaves nothing to learn from; give some sample more.');
}

/** Makes sure that early stopping has something to watch. */
export function requireWatched(options: { readonly patience?: number; readonly validation?: TrainingData }): void {
  if (options.patience === undefined || options.validation !== undefined) return;
  throw new ChainruleError(
    'bad-option',
    'patience needs validation data to watch; give validation, or leave patience out.',
  );
}

function requireInput(net: Network, { inputShape, samples }: Dataset): void {
  const wanted = sizeOf(net.input);
  if (
    samples.inputs.width === wanted &&
    (net.input.length === 1 || inputShape.length === 1 || sameShape(net.input, inputShape))
  )
    return;
  throw new ChainruleError(
    'bad-shape',
    `the network takes inputs of shape ${showShape(net.input)} where the data has ${showShape(inputShape)}; make the two agree.`,
  );
}

/**
 * Inputs as people write them, as rows: each nested to the network's input shape, or flat.
 * @throws ChainruleError `bad-shape` or `bad-data` naming the input
 */
export function inputRows(net: Network, inputs: readonly Nested[]): Rows {
  const width = sizeOf(net.input);
  const values = new Float64Array(inputs.length * width);
  for (const [i, input] of inputs.entries()) copyInput(net, input, `input ${i}`, values, i * width);
  return { count: inputs.length, width, values, scale: 1 };
}

/** Copies one input's numbers to `out` from `offset` on; errors as {@link inputRows}. */
export function copyInput(net: Network, input: Nested, name: string, out: FloatArray, offset: number): void {
  const width = sizeOf(net.input);
  const flat = Array.isArray(input) && typeof input[0] === 'number';
  out.set(fromNested(input, flat || net.input.length === 1 ? [width] : net.input, name).data, offset);
}

/** The numbers 0 … count − 1. */
export function allRows({ inputs }: Samples): Uint32Array {
  return new Uint32Array(inputs.count).map((_, i) => i);
}
