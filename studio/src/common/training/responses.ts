// What neurons answer to, as numbers of −1 … 1 that a picture can show, and which of a network's layers have pictures.
import type { Network, Quantities } from 'chainrule';
import { mostNeurons } from './views.ts';

/** A column of neurons in the picture of a network. */
export interface NeuronColumn {
  /** The layer's number in the network. */
  readonly layer: number;
  readonly neurons: number;
  /** How many of them are shown. */
  readonly shown: number;
  /** The least and greatest output there can be. */
  readonly range: readonly [number, number];
}

/** Layers with weights, as the columns of a picture. */
export function neuronColumns({ layers, parameters }: Network): NeuronColumn[] {
  return layers.flatMap(({ activation }, layer) => {
    const weight = parameters[`layers.${layer}.weight`];
    if (weight === undefined || weight.shape.length !== 2) return [];
    const [neurons] = weight.shape;
    const range = activation?.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    return [{ layer, neurons, shown: Math.min(neurons, mostNeurons), range }];
  });
}

/** One neuron's answers to every cell of the plane, brought to −1 … 1. */
export function response(
  plane: Quantities,
  { layer, neurons, range }: NeuronColumn,
  neuron: number,
): ((cell: number) => number) | undefined {
  const values = plane[`layers.${layer}.a`];
  if (values === undefined) return undefined;
  const [low, high] = range;
  if (Number.isFinite(low) && Number.isFinite(high)) {
    return (cell) => (2 * (values[cell * neurons + neuron] - low)) / (high - low) - 1;
  }
  let most = 1e-9;
  for (let i = neuron; i < values.length; i += neurons) most = Math.max(most, Math.abs(values[i]));
  return (cell) => values[cell * neurons + neuron] / most;
}

/** What the network says of every cell: which class, −1 or 1 and between; or a number, against the largest to be learnt. */
export function answer(
  plane: Quantities,
  column: NeuronColumn,
  largest: number,
): ((cell: number) => number) | undefined {
  const values = plane[`layers.${column.layer}.a`];
  if (values === undefined) return undefined;
  const { neurons, range } = column;
  if (neurons === 2) return (cell) => values[cell * 2 + 1] - values[cell * 2];
  const [low, high] = range;
  if (Number.isFinite(low) && Number.isFinite(high)) return (cell) => (2 * (values[cell] - low)) / (high - low) - 1;
  return (cell) => values[cell] / largest;
}
