// What the kernels of batch normalization and dropout become on the tape, and the sums over channels that gradients are.
import type { Kernel } from '../../kernels/index.ts';
import * as kernels from '../../kernels/index.ts';
import { numeric } from '../../kernels/index.ts';
import { list } from '../../kernels/window.ts';
import { streams } from '../../memory/index.ts';
import type { Call } from '../../plan/index.ts';
import { type Emit, type Emitted, rowsOf } from './emitter.ts';
import { byRows, double, flat, float } from './instruction.ts';
import { innerOrder, type Layout, padded } from './layout.ts';
import * as op from './opcodes.ts';

/**
 * Sums of terms of x and y over samples and pixels, divided by the samples; by the pixels too where `mean`.
 * @param x the slot of x, and one of its shape
 */
export function channelSums(
  layout: Layout,
  kind: number,
  [x, like]: readonly [string, string],
  y: readonly [number, number],
  out: number,
  mean: boolean,
): Emitted {
  const { channels, pixels } = channelsOf(layout, like);
  return {
    words: [op.channelSums, kind, ...rowsOf(layout, x), ...y, channels, pixels, mean ? 1 : 0, out],
    partition: flat(padded(channels) * 4),
  };
}

/** A slot of features is one of maps of one pixel. */
function channelsOf(layout: Layout, slot: string): { channels: number; pixels: number } {
  const [channels] = layout.shape(slot);
  return { channels, pixels: layout.rows(slot).width / channels };
}

/** The gradient of a channel's bias or weight, formed at the address `out`. */
export function channelGradient({ kernel, inputs: { delta, x } }: Call, layout: Layout, out: number): Emitted {
  return kernel === kernels.channelWeightGradient
    ? channelSums(layout, op.sumOfProducts, [delta, delta], rowsOf(layout, x), out, false)
    : channelSums(layout, op.sumOfNumbers, [delta, delta], [0, 0], out, false);
}

const batchMean: Emit = ({ inputs, output }, layout) =>
  channelSums(layout, op.sumOfNumbers, [inputs.x, inputs.x], [0, 0], layout.fixed(output).address, true);

const batchVariance: Emit = ({ inputs, output }, layout) => {
  const mean: [number, number] = [layout.fixed(inputs.mean).address, 0];
  return channelSums(layout, op.sumOfSquares, [inputs.x, inputs.x], mean, layout.fixed(output).address, true);
};

const normalize: Emit = ({ inputs, output, attributes }, layout) => {
  const { channels, pixels } = channelsOf(layout, inputs.x);
  const [mean, variance] = [inputs.mean, inputs.variance].map((slot) => layout.fixed(slot).address);
  const epsilon = float(numeric(attributes, 'epsilon'));
  return {
    words: [
      ...[op.normalize, ...rowsOf(layout, inputs.x), mean, variance, epsilon, channels, pixels],
      ...rowsOf(layout, output),
    ],
    partition: byRows,
  };
};

const scaleChannels: Emit = ({ inputs, output }, layout) => {
  const { channels, pixels } = channelsOf(layout, inputs.x);
  const [weight, bias] = [inputs.weight, inputs.bias].map((slot) => layout.fixed(slot).address);
  return {
    words: [
      ...[op.scaleChannels, ...rowsOf(layout, inputs.x), weight, bias, channels, pixels],
      ...rowsOf(layout, output),
    ],
    partition: byRows,
  };
};

const normalizationBackward: Emit = ({ inputs, output, attributes }, layout) => {
  const { channels, pixels } = channelsOf(layout, inputs.delta);
  const fixed = [inputs.variance, inputs.weight, inputs.weightGradient, inputs.biasGradient];
  return {
    words: [
      op.normalizationBackward,
      ...[inputs.delta, inputs.normalized].flatMap((slot) => rowsOf(layout, slot)),
      ...fixed.map((slot) => layout.fixed(slot).address),
      ...[float(numeric(attributes, 'epsilon')), channels, pixels],
      ...rowsOf(layout, output),
    ],
    partition: byRows,
  };
};

/** `pixels` 0 stands for a mean, which needs no correction. */
const running =
  (pixels: (stated: number) => number): Emit =>
  ({ inputs, output, attributes }, layout) => {
    const places = [inputs.running, inputs.value, output].map((slot) => layout.fixed(slot));
    const channels = places[2].bytes / 4;
    return {
      words: [
        op.runningMean,
        ...places.map(({ address }) => address),
        ...[channels, pixels(numeric(attributes, 'pixels', 1)), ...double(numeric(attributes, 'momentum'))],
      ],
      partition: flat(places[2].bytes),
    };
  };

/** The key of the generator, as `random` of src/memory makes it of seed and stream. */
const keyOf = (seed: number) => [seed >>> 0, (Math.floor(seed / 2 ** 32) ^ Math.imul(streams.mask, 0x9e3779b9)) >>> 0];

const dropoutMask: Emit = ({ output, attributes }, layout) => {
  const { channels, pixels } = innerOrder(list(attributes.shape));
  const rate = numeric(attributes, 'rate');
  return {
    words: [
      ...[op.dropoutMask, ...keyOf(numeric(attributes, 'seed')), numeric(attributes, 'layer'), ...double(rate)],
      ...[float(1 / (1 - rate)), channels, pixels],
      ...rowsOf(layout, output),
    ],
    partition: byRows,
  };
};

/** The emitters of batch normalization's and dropout's kernels. */
export const channelEmitters: readonly (readonly [Kernel, Emit])[] = [
  [kernels.batchMean, batchMean],
  [kernels.batchVariance, batchVariance],
  [kernels.normalize, normalize],
  [kernels.scaleChannels, scaleChannels],
  [kernels.normalizationBackward, normalizationBackward],
  [kernels.runningMean, running(() => 0)],
  [kernels.runningVariance, running((pixels) => pixels)],
  [kernels.dropoutMask, dropoutMask],
];
