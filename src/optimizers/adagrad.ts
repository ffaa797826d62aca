// AdaGrad (Duchi, Hazan & Singer, 2011).

import * as z from 'zod/mini';
import { adagradSum, adamUpdate } from '../kernels/index.ts';
import { parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({ learningRate: z._default(positive, 0.01), epsilon: z._default(positive, 1e-10) });

/**
 * G⁺ = G + g², w⁺ = w − η g / (√G⁺ + ε); η is 0.01 and ε 1e-10 unless given.
 * @function
 */
export const adagrad = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate, epsilon } = parseWith(schema, options, 'adagrad');
    return {
      name: 'adagrad',
      learningRate,
      settings: { epsilon },
      update({ call, state, parameter, gradient, rate }) {
        const square = call(adagradSum, { sum: state('sum'), gradient }, 'sum.next');
        call(adamUpdate, { parameter, mean: gradient, square, rate }, 'next', { epsilon });
      },
    };
  },
  { schema },
);
