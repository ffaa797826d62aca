// The max-pooling layer: the largest pixel of each window, channel by channel.
import * as z from 'zod/mini';
import { maxPool, maxPoolBackward, maxPoolIndex } from '../kernels/index.ts';
import { type FloatArray, indexOf, type Shape, sizeOf } from '../memory/index.ts';
import { parseWith, strict } from '../options.ts';
import { leftOverIn, type NumberOrPair, placesIn, sizes, windowAttributes } from './images.ts';
import type { Layer, LayerType } from './layer.ts';

/** A pooling layer's options beside its size. */
export interface PoolOptions {
  /** How far the window moves, [vertical, horizontal]; its size unless given, so that windows neither overlap nor leave gaps. */
  readonly stride?: NumberOrPair;
}

const schema = () => strict({ type: z.literal('maxPool2d'), size: sizes, stride: z.optional(sizes) });

const type: LayerType = {
  type: 'maxPool2d',
  schema,
  fromEntry(entry) {
    const { size, stride } = parseWith(schema(), entry, 'maxPool2d');
    return build(size, stride);
  },
  samples: [
    {
      input: [1, 4, 5],
      layers: [
        { type: 'conv2d', filters: 2, kernel: 2 },
        { type: 'maxPool2d', size: 2, stride: 1 },
        { type: 'flatten' },
        { type: 'dense', units: 2 },
      ],
    },
    { input: [2, 3, 5], layers: [{ type: 'maxPool2d', size: [1, 2] }] },
  ],
};

/**
 * The largest value of each window; where several are largest, the first one's place gets the error back.
 * Input [channels, height, width], output [channels, rows, columns]; pixels that the stride leaves over are not looked at.
 * @example maxPool2d(2) // halves height and width
 * @throws ChainruleError `bad-option` for sizes that are no positive integers
 * @function
 */
export const maxPool2d = Object.assign(
  (size: NumberOrPair, { stride }: PoolOptions = {}): Layer =>
    build(
      parseWith(sizes, size, 'maxPool2d size'),
      stride === undefined ? undefined : parseWith(sizes, stride, 'maxPool2d stride'),
    ),
  { type },
);

function build(size: NumberOrPair, stride: NumberOrPair | undefined): Layer {
  const window = { size, stride: stride ?? size, padding: 'valid' } as const;
  return {
    type: 'maxPool2d',
    options: { size, ...(stride !== undefined && { stride }) },
    activation: null,
    outputShape: (input) => [input[0], ...placesIn(input, window, 'maxPool2d', 'window')],
    leftOver: (input) => leftOverIn(input, window),
    parameters: () => ({}),
    forward(g, { x }) {
      const attributes = windowAttributes(g.shapeOf(x), window);
      const index = g.call(maxPoolIndex, { x }, 'index', { attributes, role: 'index' });
      g.call(maxPool, { x, index }, 'z', { attributes });
    },
    backward(g, dz, { x }) {
      const input = g.shapeOf(x);
      const attributes = { ...windowAttributes(input, window), input };
      g.call(maxPoolBackward, { delta: dz, index: g.own('index') }, 'x.grad', { attributes });
    },
    distanceToKink: (x, input) => leastGap(x, input, windowAttributes(input, window)),
  };
}

/** The least distance, over all windows, of the largest value from the next: where they change places, the error jumps. */
function leastGap(x: FloatArray, input: Shape, attributes: ReturnType<typeof windowAttributes>): number {
  const places = maxPoolIndex.shape({ x: { shape: input, perSample: true } }, attributes);
  const { size, stride } = attributes;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < sizeOf(places); i++) {
    const [channel, row, column] = indexOf(places, i);
    const values = Array.from({ length: size[0] * size[1] }, (_, offset) => {
      const [u, v] = indexOf(size, offset);
      return x[(channel * input[1] + row * stride[0] + u) * input[2] + column * stride[1] + v];
    });
    const most = Math.max(...values);
    // Equal values, such as the zeros of a ReLU, are no kink of this layer's making.
    const next = Math.max(...values.filter((value) => value < most));
    least = Math.min(least, most - next);
  }
  return least;
}
