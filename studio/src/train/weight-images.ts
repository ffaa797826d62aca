// The weights of the first layer that has some, cut into images: one a neuron over a grey image, one a filter of a convolution.
import type { Network } from 'chainrule';

/** One neuron's or filter's weights. */
export interface WeightImage {
  readonly neuron: number;
  readonly width: number;
  readonly height: number;
  /** The weight at a pixel, divided by the largest of all images. */
  readonly value: (pixel: number) => number;
}

/** As many as one looks at. */
const most = 30;

/** The images; none where the weights do not lie over pixels. Of colour images and deep filters the first channel is shown. */
export function weightImages(
  { parameters, layers }: Network,
  [, height, width]: readonly [number, number, number],
): WeightImage[] {
  const first = layers.findIndex((_, layer) => parameters[`layers.${layer}.weight`]?.shape.length !== undefined);
  const weight = parameters[`layers.${first}.weight`];
  if (weight === undefined) return [];
  const { shape, data } = weight;
  const size = shape.length === 4 ? ([shape[3], shape[2]] as const) : ([width, height] as const);
  const each = data.length / shape[0];
  if (each < size[0] * size[1]) return [];
  const shown = Math.min(most, shape[0]);
  let largest = 1e-9;
  for (let i = 0; i < shown * each; i++) largest = Math.max(largest, Math.abs(data[i]));
  return Array.from({ length: shown }, (_, neuron) => ({
    neuron,
    width: size[0],
    height: size[1],
    value: (pixel) => data[neuron * each + pixel] / largest,
  }));
}
