// The layer that lays an image or feature maps out as one list, channel by channel, row by row.
import * as z from 'zod/mini';
import { reshape } from '../kernels/index.ts';
import { sizeOf } from '../memory/index.ts';
import { strict } from '../options.ts';
import type { Layer, LayerType } from './layer.ts';

const type: LayerType = {
  type: 'flatten',
  schema: () => strict({ type: z.literal('flatten') }),
  fromEntry: () => flatten(),
  samples: [
    { input: [2, 2, 3], layers: [{ type: 'flatten' }, { type: 'dense', units: 2, activation: 'sigmoid' }] },
    { input: [3], layers: [{ type: 'flatten' }] },
  ],
};

/**
 * Input of any shape, output [the number of its elements], in row-major order.
 * @function
 */
export const flatten = Object.assign(
  (): Layer => ({
    type: 'flatten',
    options: {},
    activation: null,
    outputShape: (input) => [sizeOf(input)],
    parameters: () => ({}),
    forward: (g, { x }) => {
      g.call(reshape, { x }, 'z', { attributes: { shape: [sizeOf(g.shapeOf(x))] } });
    },
    backward: (g, dz, { x }) => {
      g.call(reshape, { x: dz }, 'x.grad', { attributes: { shape: g.shapeOf(x) } });
    },
  }),
  { type },
);
