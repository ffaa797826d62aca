// What may happen to samples each time they are trained on: a new draw in every epoch, on the fly. One transform is one file beside this.
import { type Random, random, streams } from '../memory/random.ts';
import { gatherRows, gatherTargets, type Samples } from '../memory/samples.ts';

/** Changes samples anew in every epoch. What it makes of a sample depends on seed, epoch and sample alone, not on the order of asking. */
export interface SampleTransform {
  /**
   * The given rows of `samples`, changed: sample i of the result comes from row `rows[i]`.
   * @param rows which samples: their numbers in the training data
   * @param epoch counted from 1
   * @param at where these rows stand in `samples`, if not at their own numbers: after another transform, 0, 1, 2, …
   * @throws ChainruleError `bad-shape` or `bad-data` where the samples are not what it takes
   */
  apply(samples: Samples, rows: Uint32Array, epoch: number, seed: number, at?: Uint32Array): Samples;
}

/**
 * Several transforms as one, each working on what the one before it made.
 * @example inTurn([augmenter([1, 28, 28], { shift: 1 }), inputNoise(0.05), labelSmoothing(0.1)])
 */
export function inTurn(transforms: readonly SampleTransform[]): SampleTransform {
  return {
    apply({ inputs, targets }, rows, epoch, seed, at = rows) {
      const [first, ...others] = transforms;
      if (first === undefined) return { inputs: gatherRows(inputs, at), targets: gatherTargets(targets, at) };
      const inOrder = Uint32Array.from(rows, (_, i) => i);
      return others.reduce(
        (made, transform) => transform.apply(made, rows, epoch, seed, inOrder),
        first.apply({ inputs, targets }, rows, epoch, seed, at),
      );
    },
  };
}

const purposes = ['place', 'elastic', 'noise'] as const;

/** The random numbers of one epoch for one purpose, so that adding noise does not change how images are turned. */
export function epochRandom(seed: number, epoch: number, purpose: (typeof purposes)[number]): Random {
  return random(seed, streams.augment, epoch * purposes.length + purposes.indexOf(purpose));
}
