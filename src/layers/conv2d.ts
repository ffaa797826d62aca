// The convolution layer: each filter is one kernel of weights shared by all places of an image, then a = f(z).
import * as z from 'zod/mini';
import type { Activation } from '../activations/activation.ts';
import * as activations from '../activations/index.ts';
import * as initializers from '../initializers/index.ts';
import type { Initializer } from '../initializers/initializer.ts';
import {
  channelBiasGradient,
  convolution,
  convolutionBackward,
  convolutionWeightGradient,
  convolutionWithoutBias,
} from '../kernels/index.ts';
import { choose, parseWith, size, strict } from '../options.ts';
import type { ActivationName, InitializerName } from './dense.ts';
import { leftOverIn, type NumberOrPair, paddings, pair, placesIn, sizes, windowAttributes } from './images.ts';
import type { Layer, LayerNames, LayerType, ParameterSpec } from './layer.ts';

/** A convolution layer's options beside its filters, kernel and activation. */
export interface Conv2dOptions {
  /** How far the kernel moves, [vertical, horizontal]; 1 unless given. */
  readonly stride?: NumberOrPair;
  /** Zeros around the image: as many on each side, `valid` (none), or `same` (⌈size / stride⌉ places); 0 unless given. */
  readonly padding?: NumberOrPair | 'valid' | 'same';
  /** Whether its filters have biases; true unless given. */
  readonly bias?: boolean;
  /** How its parameters begin; what suits the activation unless given. */
  readonly initializer?: InitializerName | Initializer;
}

const schema = ({ activation, initializer }: LayerNames) =>
  strict({
    type: z.literal('conv2d'),
    filters: size,
    kernel: sizes,
    stride: z._default(sizes, 1),
    padding: z._default(paddings, 0),
    activation: z._default(activation, 'linear'),
    bias: z._default(z.boolean(), true),
    initializer: z.optional(initializer),
  });

const type: LayerType = {
  type: 'conv2d',
  schema,
  fromEntry(entry, rules) {
    const names = { activation: z.string(), initializer: z.string() };
    const { activation, initializer, type: _, ...settings } = parseWith(schema(names), entry, 'conv2d');
    return build(
      settings,
      rules.activation(activation),
      initializer === undefined ? undefined : rules.initializer(initializer),
    );
  },
  samples: [
    {
      input: [1, 3, 3],
      layers: [
        { type: 'conv2d', filters: 2, kernel: 2, activation: 'sigmoid' },
        { type: 'flatten' },
        { type: 'dense', units: 2, activation: 'sigmoid' },
      ],
    },
    {
      input: [2, 3, 4],
      layers: [
        {
          type: 'conv2d',
          filters: 2,
          kernel: [2, 3],
          stride: [2, 1],
          padding: 'same',
          bias: false,
          activation: 'tanh',
        },
        { type: 'conv2d', filters: 1, kernel: 3, stride: 2, padding: [1, 2] },
      ],
    },
  ],
};

/**
 * A layer of `filters` feature maps, each from a kernel of this size over all channels: a cross-correlation.
 * Input [channels, height, width], output [filters, rows, columns] with
 * rows = ⌊(height + padding − kernel height) / stride⌋ + 1; rows and columns that a stride leaves over are not looked at.
 * Weight [filters, channels, kernel height, kernel width], bias [filters].
 * @example
 * network([conv2d(8, 3, 'relu', { padding: 'same' }), maxPool2d(2), flatten(), dense(10, 'softmax')], { input: [1, 28, 28] })
 * @throws ChainruleError `bad-option` for sizes that are no positive integers, `unknown-name` for an unknown activation
 * @function
 */
export const conv2d = Object.assign(
  (
    filters: number,
    kernel: NumberOrPair,
    activation: ActivationName | Activation = 'linear',
    options: Conv2dOptions = {},
  ): Layer =>
    build(
      {
        filters: parseWith(size, filters, 'conv2d filters'),
        kernel: parseWith(sizes, kernel, 'conv2d kernel'),
        stride: parseWith(sizes, options.stride ?? 1, 'conv2d stride'),
        padding: parseWith(paddings, options.padding ?? 0, 'conv2d padding'),
        bias: options.bias ?? true,
      },
      choose(activation, activations, 'activation'),
      options.initializer === undefined ? undefined : choose(options.initializer, initializers, 'initializer'),
    ),
  { type },
);

interface Settings {
  readonly filters: number;
  readonly kernel: NumberOrPair;
  readonly stride: NumberOrPair;
  readonly padding: NumberOrPair | 'valid' | 'same';
  readonly bias: boolean;
}

function build(settings: Settings, activation: Activation, initializer: Initializer | undefined): Layer {
  const { filters, kernel, stride, padding, bias } = settings;
  const window = { size: kernel, stride, padding };
  const [height, width] = pair(kernel);
  return {
    type: 'conv2d',
    options: {
      filters,
      kernel,
      ...(stride !== 1 && { stride }),
      ...(padding !== 0 && { padding }),
      ...(bias ? {} : { bias }),
      ...(initializer && { initializer: initializer.name }),
    },
    activation,
    outputShape: (input) => [filters, ...placesIn(input, window, 'conv2d', 'kernel')],
    leftOver: (input) => leftOverIn(input, window),
    parameters([channels]): Record<string, ParameterSpec> {
      const place = {
        initializer: initializer ?? choose(activation.initializer, initializers, 'initializer'),
        fanIn: channels * height * width,
        fanOut: filters * height * width,
      };
      const weight = { shape: [filters, channels, height, width], kind: 'weight', ...place } as const;
      return bias ? { weight, bias: { shape: [filters], kind: 'bias', ...place } } : { weight };
    },
    forward(g, { x, parameters: { weight, bias: shift } }) {
      // z = W ⋆ x + b
      const attributes = windowAttributes(g.shapeOf(x), window);
      if (bias) g.call(convolution, { weight, x, bias: shift }, 'z', { attributes });
      else g.call(convolutionWithoutBias, { weight, x }, 'z', { attributes });
    },
    backward(g, dz, { x, parameters: { weight } }) {
      // As in a dense layer, with a sum over the places that share a weight: ∂C/∂W = mean of δ ⋆ x, ∂C/∂b = mean of Σ δ
      const input = g.shapeOf(x);
      const attributes = windowAttributes(input, window);
      g.call(convolutionWeightGradient, { delta: dz, x }, 'weight.grad', { rule: 'BP4', attributes });
      if (bias) g.call(channelBiasGradient, { delta: dz }, 'bias.grad', { rule: 'BP3' });
      g.call(convolutionBackward, { weight, delta: dz }, 'x.grad', {
        rule: 'BP2',
        attributes: { ...attributes, input },
      });
    },
  };
}
