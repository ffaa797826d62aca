// Sums over a channel, which is a feature or a feature map: what kernels of batch normalization share. No kernel by itself.
import { type Expression, type Index, sum } from '../symbolic/index.ts';
import { letters, type SlotShape, sampleIndex, width } from './kernel.ts';

/** How many numbers one channel of a sample has. */
export function pixelsOf(view: SlotShape): number {
  return width(view) / view.shape[0];
}

/** Σ over the samples of the batch and the pixels of channel `c`. */
export function overBatch(c: Index, { shape }: SlotShape, term: (index: readonly Index[]) => Expression): Expression {
  const axes = letters(shape.length - 1, 'p');
  const pixels = axes.reduceRight((body, letter, i) => sum(letter, shape[i + 1], body), term([c, ...axes]));
  return sum(sampleIndex, 'samples', pixels);
}
