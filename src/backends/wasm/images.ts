// What kernels of images become on the tape: convolutions, poolings, whole maps, and changes between images and lists.
// Images are held channels last, so that a window's row is one stretch of numbers.
import type { Attributes, Kernel } from '../../kernels/index.ts';
import * as kernels from '../../kernels/index.ts';
import { list, placesOf, slides } from '../../kernels/window.ts';
import type { Shape } from '../../memory/index.ts';
import { type Call, type Plan, slotOf } from '../../plan/index.ts';
import { type Emit, type Emitted, rowsOf } from './emitter.ts';
import { byRows } from './instruction.ts';
import { innerOrder, type Layout, padded } from './layout.ts';
import * as op from './opcodes.ts';

/** A window's way over images, as wasm/kernels/window.ts reads it, with what is known of it here. */
export interface Geometry {
  readonly words: readonly number[];
  /** Numbers under the window: rows, and those of one row. */
  readonly terms: number;
  readonly rows: number;
  readonly run: number;
  /** Places, [rows, columns]. */
  readonly places: readonly [number, number];
  /** Bytes of one padded image. */
  readonly imageBytes: number;
}

/** Bytes of a count of numbers in whole lines of the cache. */
export const lines = (count: number): number => Math.ceil(count / 16) * 64;

/** The geometry of a kernel with a window over images of `shape`. */
export function geometryOf(shape: Shape, attributes: Attributes, outputs = shape[0]): Geometry {
  const [channels, height, width] = shape;
  const [vertical, horizontal] = slides(shape, attributes);
  const [paddedHeight, paddedWidth] = [vertical, horizontal].map(
    ({ length, before, after }) => length + before + after,
  );
  const places = [placesOf(vertical), placesOf(horizontal)] as const;
  return {
    words: [
      ...[height, width, channels, outputs],
      ...[vertical.size, horizontal.size, vertical.stride, horizontal.stride],
      ...[vertical.before, horizontal.before, paddedHeight, paddedWidth, ...places],
    ],
    terms: vertical.size * horizontal.size * channels,
    rows: vertical.size,
    run: horizontal.size * channels,
    places,
    imageBytes: Math.ceil((paddedHeight * paddedWidth * channels * 4 + 16) / 64) * 64,
  };
}

/** The scratch of a tile's results, with a row of zeros. */
const tileBytes = 256;

/** A convolution, and the activation in its place behind it. */
export function convolution(call: Call, layout: Layout, activation: number): Emitted {
  const { weight, x } = call.inputs;
  const { outputs } = layout.matrix(weight);
  const geometry = geometryOf(layout.shape(x), call.attributes, outputs);
  const columns = padded(outputs);
  const count = geometry.places[0] * geometry.places[1];
  const scratch = tileBytes + lines(geometry.terms) + lines(count) + geometry.imageBytes + columns * count * 4;
  const places = [...rowsOf(layout, x), layout.matrix(weight).address, biasOf(call, layout)];
  return {
    words: [op.convolution, ...places, activation, ...rowsOf(layout, call.output), ...geometry.words],
    partition: byRows,
    work: geometry.terms * columns * count,
    scratch,
  };
}

const plainConvolution: Emit = (call, layout) => convolution(call, layout, op.linear);

/** The address of a convolution's biases, or of as many zeros. */
export function biasOf({ inputs }: Call, layout: Layout): number {
  return 'bias' in inputs
    ? layout.fixed(inputs.bias).address
    : layout.zeros(padded(layout.matrix(inputs.weight).outputs) * 4);
}

const convolutionBackward: Emit = ({ inputs, output, attributes }, layout) => {
  const { outputs, address } = layout.matrix(inputs.weight);
  const geometry = geometryOf(list(attributes.input), attributes, outputs);
  const count = geometry.places[0] * geometry.places[1];
  const pieces = geometry.rows * Math.ceil(geometry.run / 8);
  return {
    words: [
      op.convolutionBackward,
      ...[...rowsOf(layout, inputs.delta), address, ...rowsOf(layout, output)],
      ...geometry.words,
    ],
    partition: byRows,
    work: geometry.terms * outputs * count,
    scratch: tileBytes + lines(outputs) + 2 * lines(count) + geometry.imageBytes + pieces * outputs * 32,
  };
};

/** The gradient of a convolution's weights, formed at the address `out`. */
export function convolutionWeightGradient({ inputs, output, attributes }: Call, layout: Layout, out: number): Emitted {
  const [outputs] = layout.shape(output);
  const geometry = geometryOf(layout.shape(inputs.x), attributes, outputs);
  const count = geometry.places[0] * geometry.places[1];
  return {
    words: [
      op.convolutionWeightGradient,
      ...[...rowsOf(layout, inputs.delta), ...rowsOf(layout, inputs.x), out],
      ...geometry.words,
    ],
    partition: `weights of ${geometry.terms}`,
    work: geometry.terms * outputs * count,
    scratch: tileBytes + lines(geometry.terms) + lines(count) + geometry.imageBytes,
  };
}

const maxPoolIndex: Emit = ({ inputs, output, attributes }, layout) => ({
  words: [
    ...[op.maxPoolIndex, ...rowsOf(layout, inputs.x), ...rowsOf(layout, output)],
    ...geometryOf(layout.shape(inputs.x), attributes).words,
  ],
  partition: byRows,
});

const maxPool: Emit = ({ inputs, output }, layout) => {
  const places = [inputs.x, inputs.index, output].flatMap((slot) => rowsOf(layout, slot));
  const { width } = layout.rows(output);
  return { words: [op.maxPool, ...places, layout.shape(inputs.x)[0], width], partition: byRows };
};

const maxPoolBackward: Emit = ({ inputs, output }, layout) => {
  const places = [inputs.delta, inputs.index, output].flatMap((slot) => rowsOf(layout, slot));
  const [counted, width] = [layout.rows(inputs.delta).width, layout.rows(output).width];
  return {
    words: [op.maxPoolBackward, ...places, layout.shape(inputs.delta)[0], counted, width],
    partition: byRows,
  };
};

const averagePool: Emit = ({ inputs, output, attributes }, layout) => ({
  words: [
    ...[op.averagePool, ...rowsOf(layout, inputs.x), ...rowsOf(layout, output)],
    ...geometryOf(layout.shape(inputs.x), attributes).words,
  ],
  partition: byRows,
});

const averagePoolBackward: Emit = ({ inputs, output, attributes }, layout) => ({
  words: [
    ...[op.averagePoolBackward, ...rowsOf(layout, inputs.delta), ...rowsOf(layout, output)],
    ...geometryOf(list(attributes.input), attributes).words,
  ],
  partition: byRows,
});

/** The mean of a map is that of a window as large as it. */
const wholeMap = ([, height, width]: Shape): Attributes => ({ size: [height, width], stride: [1, 1] });

const channelMean: Emit = (call, layout) =>
  averagePool({ ...call, attributes: wholeMap(layout.shape(call.inputs.x)) }, layout);

const channelMeanBackward: Emit = (call, layout) => {
  const input = list(call.attributes.input);
  return averagePoolBackward({ ...call, attributes: { ...wholeMap(input), input } }, layout);
};

/** Between images and lists, where their order differs: one of the two has the public order. */
const reshape: Emit = ({ inputs, output }, layout) => {
  const [from, to] = [layout.shape(inputs.x), layout.shape(output)].map(innerOrder);
  const [down, across] = from.pixels > 1 ? [from.pixels, from.channels] : [to.channels, to.pixels];
  return {
    words: [op.transpose, ...rowsOf(layout, inputs.x), down, across, ...rowsOf(layout, output)],
    partition: byRows,
  };
};

/** Whether a reshape changes no number's place. */
export function keepsOrder(plan: Plan, { inputs, output }: Call): boolean {
  const [from, to] = [inputs.x, output].map((slot) => innerOrder(slotOf(plan.program, slot).shape));
  return from.pixels === to.pixels && (from.pixels === 1 || from.channels === to.channels);
}

/** The emitters of images' kernels. */
export const imageEmitters: readonly (readonly [Kernel, Emit])[] = [
  [kernels.convolution, plainConvolution],
  [kernels.convolutionWithoutBias, plainConvolution],
  [kernels.convolutionBackward, convolutionBackward],
  [kernels.maxPoolIndex, maxPoolIndex],
  [kernels.maxPool, maxPool],
  [kernels.maxPoolBackward, maxPoolBackward],
  [kernels.averagePool, averagePool],
  [kernels.averagePoolBackward, averagePoolBackward],
  [kernels.channelMean, channelMean],
  [kernels.channelMeanBackward, channelMeanBackward],
  [kernels.reshape, reshape],
];
