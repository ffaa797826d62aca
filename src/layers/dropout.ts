// Dropout (Srivastava et al., 2014), inverted: in training some numbers are 0 and the others larger, in prediction it does nothing.
import * as z from 'zod/mini';
import { dropoutMask, hadamard, identity } from '../kernels/index.ts';
import { fraction, parseWith, strict } from '../options.ts';
import type { Layer, LayerType } from './layer.ts';

const schema = () => strict({ type: z.literal('dropout'), rate: fraction });

const type: LayerType = {
  type: 'dropout',
  schema,
  fromEntry: (entry) => dropout(parseWith(schema(), entry, 'dropout').rate),
  samples: [
    {
      input: [3],
      layers: [
        { type: 'dense', units: 5 },
        { type: 'dropout', rate: 0.4 },
        { type: 'dense', units: 2 },
      ],
    },
    { input: [2, 2, 2], layers: [{ type: 'dropout', rate: 0.5 }] },
  ],
};

/**
 * Sets each number to 0 with probability `rate` and divides the others by 1 − rate, anew for each sample and step; the
 * masks are a function of the seed, so that training twice gives the same. Prediction passes everything on as it is.
 * Input of any shape, output of the same.
 * @example network([dense(30, 'relu'), dropout(0.5), dense(10, 'softmax')], { input: 784 })
 * @throws ChainruleError `bad-option` for a rate below 0, or of 1 and more
 * @function
 */
export const dropout = Object.assign(
  (rate: number): Layer => {
    const share = parseWith(fraction, rate, 'dropout rate');
    return {
      type: 'dropout',
      options: { rate: share },
      activation: null,
      outputShape: (input) => input,
      parameters: () => ({}),
      forward(g, { x }) {
        if (g.mode === 'prediction') {
          g.call(identity, { x }, 'z');
          return;
        }
        const attributes = { seed: g.seed, layer: g.layer, rate: share, shape: g.shapeOf(x) };
        const mask = g.call(dropoutMask, { step: g.step() }, 'mask', { attributes });
        g.call(hadamard, { x, y: mask }, 'z');
      },
      backward(g, dz) {
        g.call(hadamard, { x: dz, y: g.own('mask') }, 'x.grad');
      },
    };
  },
  { type },
);
