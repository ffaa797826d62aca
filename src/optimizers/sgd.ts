// Gradient descent on mini-batches.

import * as z from 'zod/mini';
import { sgdUpdate } from '../kernels/index.ts';
import { parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({ learningRate: z._default(positive, 0.1) });

/**
 * w⁺ = w − η g; η is 0.1 unless given.
 * @function
 */
export const sgd = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate } = parseWith(schema, options, 'sgd');
    return {
      name: 'sgd',
      learningRate,
      settings: {},
      update({ call, parameter, gradient, rate }) {
        call(sgdUpdate, { parameter, gradient, rate }, 'next');
      },
    };
  },
  { schema },
);
