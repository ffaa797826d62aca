// Whatever people train on, as a dataset that fits the network.
import { type Dataset, datasetFromArrays, type TargetArray } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import {
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

/** A dataset, or arrays with one entry per sample. */
export type TrainingData = Dataset | { readonly inputs: readonly Nested[]; readonly targets: TargetArray };

/**
 * The data as a dataset whose samples fit the network: inputs of as many numbers as it takes, targets of as many as it gives.
 * Two classes become 0 and 1 for a network with one output.
 * @throws ChainruleError `bad-shape`
 */
export function fittingDataset(net: Network, data: TrainingData): Dataset {
  const dataset = 'samples' in data ? data : datasetFromArrays(data.inputs, data.targets);
  requireInput(net, dataset);
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
 * Makes sure that the targets are those that the loss is made for, where it is made for two.
 * @throws ChainruleError `bad-data`
 */
export function requireTargets({ loss }: Network, { samples: { targets } }: Dataset): void {
  if (loss.targets === undefined) return;
  const [low, high] = loss.targets;
  const remedy = `give targets of ${low} and ${high}, or use another loss`;
  if (isLabels(targets)) {
    throw new ChainruleError(
      'bad-data',
      `the targets are classes, which the loss ${loss.name} does not take; ${remedy}.`,
    );
  }
  const wrong = targets.values.findIndex((value) => ![low, high].includes(value * targets.scale));
  if (wrong < 0) return;
  throw new ChainruleError(
    'bad-data',
    `target ${Math.floor(wrong / targets.width)} has the number ${targets.values[wrong] * targets.scale}, which the loss ${loss.name} does not take; ${remedy}.`,
  );
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
export function copyInput(net: Network, input: Nested, name: string, out: Float64Array, offset: number): void {
  const width = sizeOf(net.input);
  const flat = Array.isArray(input) && typeof input[0] === 'number';
  out.set(fromNested(input, flat || net.input.length === 1 ? [width] : net.input, name).data, offset);
}

/** The numbers 0 … count − 1. */
export function allRows({ inputs }: Samples): Uint32Array {
  return Uint32Array.from({ length: inputs.count }, (_, i) => i);
}
