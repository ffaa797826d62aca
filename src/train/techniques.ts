// The techniques of mini-batches that a training may ask for: what happens to its samples, and what its classes count.
// Loaded on demand: a page whose training asks for none of them does not pay for their code.
import { augmenter, type Dataset, inputNoise, inTurn, labelSmoothing, type SampleTransform } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import type { Network } from '../network/index.ts';
import { type Weighting, weightingOf } from './class-weights.ts';
import type { BatchOptions } from './run-settings.ts';

/** Those asked for. */
export interface Techniques extends Weighting {
  /** What happens to samples each time they are trained on. */
  readonly transform?: SampleTransform;
}

/** @throws ChainruleError `bad-option` where one does not suit the data or the loss */
export function techniquesOf(net: Network, dataset: Dataset, options: BatchOptions): Techniques {
  const { augment, noise, smoothLabels, classWeights } = options;
  if (smoothLabels && net.loss.targets !== undefined) {
    throw new ChainruleError(
      'bad-option',
      `smoothLabels is for targets of 0 and 1, and the loss ${net.loss.name} takes ${net.loss.targets.join(' and ')}; leave it out, or use another loss.`,
    );
  }
  const transforms = [
    ...(augment ? [augmenter(dataset.inputShape, augment)] : []),
    ...(noise ? [inputNoise(noise)] : []),
    ...(smoothLabels ? [labelSmoothing(smoothLabels)] : []),
  ];
  return {
    ...(transforms.length > 0 && { transform: inTurn(transforms) }),
    ...(classWeights && weightingOf(net, dataset, classWeights)),
  };
}
