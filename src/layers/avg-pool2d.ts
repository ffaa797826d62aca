// The average-pooling layer: the mean of each window, channel by channel.
import * as z from 'zod/mini';
import { averagePool, averagePoolBackward } from '../kernels/index.ts';
import { parseWith, strict } from '../options.ts';
import { leftOverIn, type NumberOrPair, placesIn, sizes, windowAttributes } from './images.ts';
import type { Layer, LayerType } from './layer.ts';
import type { PoolOptions } from './max-pool2d.ts';

const schema = () => strict({ type: z.literal('avgPool2d'), size: sizes, stride: z.optional(sizes) });

const type: LayerType = {
  type: 'avgPool2d',
  schema,
  fromEntry(entry) {
    const { size, stride } = parseWith(schema(), entry, 'avgPool2d');
    return build(size, stride);
  },
  samples: [
    {
      input: [1, 4, 4],
      layers: [
        { type: 'conv2d', filters: 2, kernel: 2 },
        { type: 'avgPool2d', size: 2, stride: 1 },
        { type: 'flatten' },
        { type: 'dense', units: 2 },
      ],
    },
    { input: [2, 3, 5], layers: [{ type: 'avgPool2d', size: [3, 2] }] },
  ],
};

/**
 * The mean of each window.
 * Input [channels, height, width], output [channels, rows, columns]; pixels that the stride leaves over are not looked at.
 * @example avgPool2d(2) // halves height and width
 * @throws ChainruleError `bad-option` for sizes that are no positive integers
 * @function
 */
export const avgPool2d = Object.assign(
  (size: NumberOrPair, { stride }: PoolOptions = {}): Layer =>
    build(
      parseWith(sizes, size, 'avgPool2d size'),
      stride === undefined ? undefined : parseWith(sizes, stride, 'avgPool2d stride'),
    ),
  { type },
);

function build(size: NumberOrPair, stride: NumberOrPair | undefined): Layer {
  const window = { size, stride: stride ?? size, padding: 'valid' } as const;
  return {
    type: 'avgPool2d',
    options: { size, ...(stride !== undefined && { stride }) },
    activation: null,
    outputShape: (input) => [input[0], ...placesIn(input, window, 'avgPool2d', 'window')],
    leftOver: (input) => leftOverIn(input, window),
    parameters: () => ({}),
    forward(g, { x }) {
      g.call(averagePool, { x }, 'z', { attributes: windowAttributes(g.shapeOf(x), window) });
    },
    backward(g, dz, { x }) {
      const input = g.shapeOf(x);
      const attributes = { ...windowAttributes(input, window), input };
      g.call(averagePoolBackward, { delta: dz }, 'x.grad', { attributes });
    },
  };
}
