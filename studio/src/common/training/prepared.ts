// Data ready to train on, whatever it came from: the two parts, and what pictures need to know of it.
import { type Dataset, isLabels, subset } from 'chainrule';
import type { ToyPoint } from './toy-data.ts';

/** Data cut in two. */
export interface PreparedData {
  readonly training: Dataset;
  readonly test: Dataset | undefined;
  /** The points of the plane that it was made from, where it was. */
  readonly plane?: { readonly training: readonly ToyPoint[]; readonly test: readonly ToyPoint[] };
  /** Whether a class of two is one yes-or-no output; an output for each class otherwise. */
  readonly yesNo: boolean;
  /** Sentences about choices made on the way, from the library. */
  readonly notices: readonly string[];
}

/** Channels, height and width of an input that is an image. */
export function imageShapeOf({ training }: PreparedData): readonly [number, number, number] | undefined {
  const [channels, height, width] = training.inputShape;
  return training.inputShape.length === 3 ? [channels, height, width] : undefined;
}

/** How many outputs a network for the data has under a loss that needs this output activation, or any. */
export function outputsOf({ training, yesNo }: PreparedData, activation: string | undefined): number {
  const { targets } = training.samples;
  if (!isLabels(targets)) return targets.width;
  return yesNo && targets.classes === 2 && activation !== 'softmax' ? 1 : targets.classes;
}

/** At most so many samples, evenly from the whole. */
export function someOf(dataset: Dataset, most: number): Dataset {
  const { count } = dataset.samples.inputs;
  if (count <= most) return dataset;
  return subset(
    dataset,
    Uint32Array.from({ length: most }, (_, i) => Math.floor((i * count) / most)),
  );
}
