// The layer that makes one number of each feature map: its mean.
import * as z from 'zod/mini';
import { channelMean, channelMeanBackward } from '../kernels/index.ts';
import { strict } from '../options.ts';
import { requireImage } from './images.ts';
import type { Layer, LayerType } from './layer.ts';

const type: LayerType = {
  type: 'globalAvgPool2d',
  schema: () => strict({ type: z.literal('globalAvgPool2d') }),
  fromEntry: () => globalAvgPool2d(),
  samples: [
    {
      input: [1, 3, 4],
      layers: [{ type: 'conv2d', filters: 3, kernel: 2 }, { type: 'globalAvgPool2d' }, { type: 'dense', units: 2 }],
    },
    { input: [2, 3, 2], layers: [{ type: 'globalAvgPool2d' }] },
  ],
};

/**
 * Input [channels, height, width], output [channels]: the mean of each channel.
 * @function
 */
export const globalAvgPool2d = Object.assign(
  (): Layer => ({
    type: 'globalAvgPool2d',
    options: {},
    activation: null,
    outputShape(input) {
      requireImage(input, 'globalAvgPool2d');
      return [input[0]];
    },
    parameters: () => ({}),
    forward: (g, { x }) => {
      g.call(channelMean, { x }, 'z');
    },
    backward: (g, dz, { x }) => {
      g.call(channelMeanBackward, { delta: dz }, 'x.grad', { attributes: { input: g.shapeOf(x) } });
    },
  }),
  { type },
);
