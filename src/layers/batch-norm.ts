// Batch normalization (Ioffe & Szegedy, 2015), as PyTorch's: each channel normalized over the batch, then scaled and shifted.
import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import type { Initializer } from '../initializers/initializer.ts';
import {
  batchMean,
  batchVariance,
  channelBiasGradient,
  channelWeightGradient,
  normalizationBackward,
  normalize,
  runningMean,
  runningVariance,
  scaleChannels,
} from '../kernels/index.ts';
import { type Shape, showShape, sizeOf } from '../memory/index.ts';
import { parseWith, positive, strict } from '../options.ts';
import type { Layer, LayerType, ParameterSpec } from './layer.ts';

/** A batch normalization layer's options. */
export interface BatchNormOptions {
  /** The weight of the newest batch in the running statistics, above 0 to 1; 0.1 unless given. */
  readonly momentum?: number;
  /** What is added to the variance, so that no root is 0; 1e-5 unless given. */
  readonly epsilon?: number;
}

const share = z.number().check(z.positive(), z.maximum(1));
const defaults = { momentum: 0.1, epsilon: 1e-5 };

const schema = () =>
  strict({
    type: z.literal('batchNorm'),
    momentum: z._default(share, defaults.momentum),
    epsilon: z._default(positive, defaults.epsilon),
  });

const type: LayerType = {
  type: 'batchNorm',
  schema,
  fromEntry: (entry) => batchNorm(parseWith(schema(), entry, 'batchNorm')),
  samples: [
    {
      input: [2],
      layers: [{ type: 'dense', units: 3, bias: false }, { type: 'batchNorm' }, { type: 'dense', units: 2 }],
    },
    {
      input: [1, 3, 3],
      layers: [
        { type: 'conv2d', filters: 2, kernel: 2, bias: false },
        { type: 'batchNorm', momentum: 0.3, epsilon: 1e-3 },
        { type: 'flatten' },
        { type: 'dense', units: 2 },
      ],
    },
  ],
};

const ones: Initializer = { name: 'ones', weights: ({ size }) => new Float64Array(size).fill(1) };
const zeros: Initializer = { name: 'zeros', weights: ({ size }) => new Float64Array(size) };

/**
 * Normalizes each channel to mean 0 and variance 1 over the batch, then multiplies by `weight` (γ) and adds `bias` (β).
 * Training keeps running averages of mean and (unbiased) variance, which prediction uses in the batch's stead.
 * Input [features] or [channels, height, width], output the same; all four parameters [features] or [channels].
 * @example network([dense(30), batchNorm(), activation('relu'), dense(10, 'softmax')], { input: 784 })
 * @throws ChainruleError `bad-option` for a momentum outside (0, 1] or an epsilon of 0 and less
 * @function
 */
export const batchNorm = Object.assign(
  (options: BatchNormOptions = {}): Layer =>
    build(
      parseWith(share, options.momentum ?? defaults.momentum, 'batchNorm momentum'),
      parseWith(positive, options.epsilon ?? defaults.epsilon, 'batchNorm epsilon'),
    ),
  { type },
);

function build(momentum: number, epsilon: number): Layer {
  return {
    type: 'batchNorm',
    options: {
      ...(momentum !== defaults.momentum && { momentum }),
      ...(epsilon !== defaults.epsilon && { epsilon }),
    },
    activation: null,
    outputShape(input) {
      if (input.length === 1 || input.length === 3) return input;
      throw new ChainruleError(
        'bad-shape',
        `a batchNorm layer takes [features] or [channels, height, width], not an input of shape ${showShape(input)}; put a flatten layer before it.`,
      );
    },
    parameters([channels]): Record<string, ParameterSpec> {
      const place = { shape: [channels], fanIn: 1, fanOut: 1 };
      return {
        weight: { ...place, kind: 'weight', initializer: ones },
        bias: { ...place, kind: 'bias', initializer: zeros },
        runningMean: { ...place, kind: 'statistic', initializer: zeros },
        runningVariance: { ...place, kind: 'statistic', initializer: ones },
      };
    },
    forward(g, { x, parameters }) {
      const training = g.mode === 'training';
      const mean = training ? g.call(batchMean, { x }, 'mean') : parameters.runningMean;
      const variance = training ? g.call(batchVariance, { x, mean }, 'variance') : parameters.runningVariance;
      const normalized = g.call(normalize, { x, mean, variance }, 'normalized', { attributes: { epsilon } });
      g.call(scaleChannels, { x: normalized, weight: parameters.weight, bias: parameters.bias }, 'z');
    },
    backward(g, dz, { parameters: { weight } }) {
      const [normalized, variance] = [g.own('normalized'), g.own('variance')];
      const weightGradient = g.call(channelWeightGradient, { delta: dz, x: normalized }, 'weight.grad', {
        rule: 'BP4',
      });
      const biasGradient = g.call(channelBiasGradient, { delta: dz }, 'bias.grad', { rule: 'BP3' });
      const inputs = { delta: dz, normalized, variance, weight, weightGradient, biasGradient };
      g.call(normalizationBackward, inputs, 'x.grad', { attributes: { epsilon } });
    },
    statistics(g, { x, parameters }) {
      const mean = { running: parameters.runningMean, value: g.own('mean') };
      g.call(runningMean, mean, 'runningMean.next', { attributes: { momentum } });
      const variance = { running: parameters.runningVariance, value: g.own('variance') };
      const attributes = { momentum, pixels: pixelsOf(g.shapeOf(x)) };
      g.call(runningVariance, variance, 'runningVariance.next', { attributes });
    },
    // One number has no variance.
    fewestSamples: (input) => (pixelsOf(input) === 1 ? 2 : 1),
  };
}

const pixelsOf = (shape: Shape) => sizeOf(shape.slice(1));
