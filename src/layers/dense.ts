// The fully connected layer: z = W x + b, a = f(z).
import * as z from 'zod/mini';
import type { Activation } from '../activations/activation.ts';
import * as activations from '../activations/index.ts';
import { ChainruleError } from '../errors.ts';
import * as initializers from '../initializers/index.ts';
import type { Initializer } from '../initializers/initializer.ts';
import { affine, backpropagate, biasGradient, weightedSum, weightGradient } from '../kernels/index.ts';
import { showShape } from '../memory/index.ts';
import { choose, parseWith, size, strict } from '../options.ts';
import type { Layer, LayerNames, LayerType, ParameterSpec } from './layer.ts';

/** The name of an activation of the house. */
export type ActivationName = keyof typeof activations;

/** The name of an initializer of the house. */
export type InitializerName = keyof typeof initializers;

/** A dense layer's options beside its width and activation. */
export interface DenseOptions {
  /** Whether it has biases; true unless given. */
  readonly bias?: boolean;
  /** How its parameters begin; what suits the activation unless given. */
  readonly initializer?: InitializerName | Initializer;
}

const schema = ({ activation, initializer }: LayerNames) =>
  strict({
    type: z.literal('dense'),
    units: size,
    activation: z._default(activation, 'linear'),
    bias: z._default(z.boolean(), true),
    initializer: z.optional(initializer),
  });

const type: LayerType = {
  type: 'dense',
  schema,
  fromEntry(entry, rules) {
    const names = { activation: z.string(), initializer: z.string() };
    const { units, activation, bias, initializer } = parseWith(schema(names), entry, 'dense');
    return build(
      units,
      rules.activation(activation),
      bias,
      initializer === undefined ? undefined : rules.initializer(initializer),
    );
  },
  samples: [
    { input: [3], layers: [{ type: 'dense', units: 2, activation: 'sigmoid' }] },
    { input: [1], layers: [{ type: 'dense', units: 1, activation: 'tanh', bias: false }] },
    {
      input: [4],
      layers: [
        { type: 'dense', units: 5, activation: 'relu' },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
    {
      input: [2],
      layers: [
        { type: 'dense', units: 3, activation: 'gelu' },
        { type: 'dense', units: 2, bias: false },
      ],
    },
  ],
};

/**
 * A fully connected layer of `units` neurons.
 * Input [in], output [units]; weight [units, in], bias [units].
 * @example
 * network([dense(30, 'sigmoid'), dense(10, 'sigmoid')], { input: 784 })
 * @throws ChainruleError `bad-option` for a width that is no positive integer, `unknown-name` for an unknown activation
 * @function
 */
export const dense = Object.assign(
  (units: number, activation: ActivationName | Activation = 'linear', options: DenseOptions = {}): Layer =>
    build(
      parseWith(size, units, 'dense units'),
      choose(activation, activations, 'activation'),
      options.bias ?? true,
      options.initializer === undefined ? undefined : choose(options.initializer, initializers, 'initializer'),
    ),
  { type },
);

function build(units: number, activation: Activation, bias: boolean, initializer: Initializer | undefined): Layer {
  return {
    type: 'dense',
    options: { units, ...(bias ? {} : { bias }), ...(initializer && { initializer: initializer.name }) },
    activation,
    outputShape(input) {
      if (input.length === 1) return [units];
      throw new ChainruleError(
        'bad-shape',
        `a dense layer takes a list of numbers, not an input of shape ${showShape(input)}; put a flatten layer before it.`,
      );
    },
    parameters([inputs]): Record<string, ParameterSpec> {
      const place = {
        initializer: initializer ?? choose(activation.initializer, initializers, 'initializer'),
        fanIn: inputs,
        fanOut: units,
      };
      const weight = { shape: [units, inputs], kind: 'weight', ...place } as const;
      return bias ? { weight, bias: { shape: [units], kind: 'bias', ...place } } : { weight };
    },
    forward(g, { x, parameters }) {
      // z = W x + b
      if (bias) g.call(affine, { weight: parameters.weight, x, bias: parameters.bias }, 'z');
      else g.call(weightedSum, { weight: parameters.weight, x }, 'z');
    },
    backward(g, dz, { x, parameters }) {
      // ∂C/∂W = mean of δ xᵀ, ∂C/∂b = mean of δ, ∂C_x/∂x = Wᵀ δ
      g.call(weightGradient, { delta: dz, x }, 'weight.grad', { rule: 'BP4' });
      if (bias) g.call(biasGradient, { delta: dz }, 'bias.grad', { rule: 'BP3' });
      g.call(backpropagate, { weight: parameters.weight, delta: dz }, 'x.grad', { rule: 'BP2' });
    },
  };
}
