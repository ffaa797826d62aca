// Which samples a step sees: the order of an epoch's samples, and the place of a step in it. A function of the settings alone.
import { permutation, random, streams } from '../memory/index.ts';

/** How the samples of an epoch are put in order and cut into batches. */
export interface EpochOrder {
  /** How many samples there are. */
  readonly count: number;
  readonly batch: number;
  readonly shuffle: boolean;
  readonly dropLast: boolean;
  readonly seed: number;
}

/** Where a step stands. */
export interface StepPlace {
  /** Counted from 1. */
  readonly epoch: number;
  /** Counted from 1 in its epoch. */
  readonly stepInEpoch: number;
}

/** The samples of an epoch in the order that training takes them; the epoch is counted from 1. */
export function epochOrder({ count, batch, shuffle, dropLast, seed }: EpochOrder, epoch: number): Uint32Array {
  const order = shuffle
    ? permutation(count, random(seed, streams.shuffle, epoch))
    : Uint32Array.from({ length: count }, (_, i) => i);
  return dropLast ? order.subarray(0, count - (count % batch)) : order;
}

/** How many steps an epoch has. */
export function stepsPerEpoch({ count, batch, dropLast }: Pick<EpochOrder, 'count' | 'batch' | 'dropLast'>): number {
  return dropLast ? Math.floor(count / batch) : Math.ceil(count / batch);
}

/** The epoch of a step that is counted from 1 through all epochs, and its place there. */
export function placeOfStep(order: Pick<EpochOrder, 'count' | 'batch' | 'dropLast'>, step: number): StepPlace {
  const perEpoch = stepsPerEpoch(order);
  const epoch = Math.ceil(step / perEpoch);
  return { epoch, stepInEpoch: step - (epoch - 1) * perEpoch };
}

/** The numbers of the samples in a step's batch. */
export function rowsOfStep(order: EpochOrder, step: number): Uint32Array {
  const { epoch, stepInEpoch } = placeOfStep(order, step);
  const start = (stepInEpoch - 1) * order.batch;
  return epochOrder(order, epoch).slice(start, start + order.batch);
}
