// Images moved, turned, scaled and distorted, so that a network meets each in many forms. Where pixels come from is decided here;
// the distortion is augment-elastic.ts's, the resampling augment-resample.ts's business.
import * as z from 'zod/mini';
import type { Random, Shape } from '../memory/index.ts';
import { blankLike, gatherTargets } from '../memory/samples.ts';
import { count, fraction, nonNegative, parseWith, positive, strict } from '../options.ts';
import { elasticField } from './augment-elastic.ts';
import { type Placing, requireImages, resampler } from './augment-resample.ts';
import { epochRandom, type SampleTransform } from './sample-transform.ts';

/** How far images are changed; everything is drawn uniformly, and what is left out stays as it is. */
export interface AugmentOptions {
  /** Up to this many whole pixels along each axis; what comes in from outside is 0. */
  readonly shift?: number | undefined;
  /** Up to this many degrees either way, about the image's centre. */
  readonly rotate?: number | undefined;
  /** By a factor from 1 − scale to 1 + scale about the centre; below 1. */
  readonly scale?: number | undefined;
  /**
   * Elastic distortion (Simard, Steinkraus and Platt, 2003): each pixel is displaced by α times a field of random numbers
   * from (−1, 1) smoothed by a Gaussian of σ pixels; `{ alpha: 34, sigma: 4 }` suits digits of 28 × 28.
   */
  readonly elastic?: { readonly alpha: number; readonly sigma: number } | undefined;
}

const optionsSchema = strict({
  shift: z.optional(count),
  rotate: z.optional(nonNegative),
  scale: z.optional(fraction),
  elastic: z.optional(strict({ alpha: nonNegative, sigma: positive.check(z.maximum(1000)) })),
});

/**
 * Changes images at random, in each epoch anew. An image is turned and scaled about its centre, then shifted, and distorted:
 * all in one bilinear resampling, outside the image taken as 0. A shift alone moves pixels as they are.
 * Bytes stay bytes (rounded to the nearest, halves up), floats stay floats.
 * @param shape `[channels, height, width]` of the inputs; all channels of an image are changed alike
 * @example augmenter([1, 28, 28], { shift: 1, rotate: 15, scale: 0.1 }).apply(samples, rows, epoch, seed)
 * @throws ChainruleError `bad-option` at an option outside its range, `bad-shape` where inputs are no such images
 */
export function augmenter(shape: Shape, options: AugmentOptions): SampleTransform {
  const parsed = parseWith(optionsSchema, options, 'augment');
  const image = resampler(shape);
  const [, height, width] = shape;
  const field = parsed.elastic === undefined ? undefined : elasticField(height, width, parsed.elastic);
  return {
    apply({ inputs, targets }, rows, epoch, seed, at = rows) {
      requireImages(shape, inputs);
      const values = blankLike(inputs.values, rows.length * inputs.width);
      const places = epochRandom(seed, epoch, 'place');
      const displacements = epochRandom(seed, epoch, 'elastic');
      for (let i = 0; i < rows.length; i++) {
        image.place(drawPlace(parsed, places, rows[i]));
        if (field !== undefined) image.displace(field(displacements, rows[i]));
        image.resample(inputs.values, at[i] * inputs.width, values, i * inputs.width);
      }
      return { inputs: { ...inputs, count: rows.length, values }, targets: gatherTargets(targets, at) };
    },
  };
}

function drawPlace({ shift = 0, rotate = 0, scale = 0 }: AugmentOptions, source: Random, sample: number): Placing {
  const either = (draw: number): number => 2 * source.uniform(sample * 4 + draw) - 1;
  const pixels = (draw: number): number => Math.floor(source.uniform(sample * 4 + draw) * (2 * shift + 1)) - shift;
  return {
    x: shift === 0 ? 0 : pixels(0),
    y: shift === 0 ? 0 : pixels(1),
    angle: rotate === 0 ? 0 : (rotate * either(2) * Math.PI) / 180,
    factor: scale === 0 ? 1 : 1 + scale * either(3),
  };
}
