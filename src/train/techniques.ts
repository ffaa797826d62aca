// The techniques of mini-batches that a training may ask for: what happens to its samples, and what its classes count.
// Loaded on demand: a page whose training asks for none of them does not pay for their code.
import { augmenter, type Dataset, inputNoise, inTurn, labelSmoothing, type SampleTransform } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import type { Samples } from '../memory/index.ts';
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
    ...(transforms.length > 0 && { transform: ofOneDensity(inTurn(transforms), dataset.samples) }),
    ...(classWeights && weightingOf(net, dataset, classWeights)),
  };
}

/** So many samples tell how many inputs are zero once they are changed. */
const looked = 32;

/**
 * The same transform, whose samples all say how dense the first ones come out. A backend that counted each stretch of them anew
 * could choose another arithmetic for it, and where stretches end is a matter of the machine's speed.
 */
function ofOneDensity(transform: SampleTransform, samples: Samples): SampleTransform {
  const rows = new Uint32Array(Math.min(looked, samples.inputs.count)).map((_, i) => i);
  const { values } = transform.apply(samples, rows, 1, 0).inputs;
  let found = 0;
  for (const value of values) if (value !== 0) found++;
  const density = found / values.length;
  return {
    apply(...given) {
      const changed = transform.apply(...given);
      return { ...changed, inputs: { ...changed.inputs, density } };
    },
  };
}
