// An activation as a layer of its own, for where another layer stands between it and the weights.
import * as z from 'zod/mini';
import type { Activation } from '../activations/activation.ts';
import * as activations from '../activations/index.ts';
import { identity } from '../kernels/index.ts';
import { choose, parseWith, strict } from '../options.ts';
import type { ActivationName } from './dense.ts';
import type { Layer, LayerNames, LayerType } from './layer.ts';

const schema = (names: Pick<LayerNames, 'activation'>) =>
  strict({ type: z.literal('activation'), activation: names.activation });

const type: LayerType = {
  type: 'activation',
  schema,
  fromEntry(entry, rules) {
    const names = { activation: z.string() };
    return activation(rules.activation(parseWith(schema(names), entry, 'activation').activation));
  },
  samples: [
    {
      input: [3],
      layers: [
        { type: 'dense', units: 2 },
        { type: 'activation', activation: 'sigmoid' },
      ],
    },
  ],
};

/**
 * a = f(z), z the layer's input. Input of any shape, output of the same.
 * @example network([dense(30), batchNorm(), activation('relu'), dense(10, 'softmax')], { input: 784 })
 * @throws ChainruleError `unknown-name` for an unknown activation
 * @function
 */
export const activation = Object.assign(
  (f: ActivationName | Activation): Layer => ({
    type: 'activation',
    options: {},
    activation: choose(f, activations, 'activation'),
    outputShape: (input) => input,
    parameters: () => ({}),
    forward: (g, { x }) => {
      g.call(identity, { x }, 'z');
    },
    backward: (g, dz) => {
      g.call(identity, { x: dz }, 'x.grad');
    },
  }),
  { type },
);
