// RMSProp (Tieleman & Hinton, 2012), without momentum.

import * as z from 'zod/mini';
import { adamSecondMoment, adamUpdate } from '../kernels/index.ts';
import { fraction, parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({
  learningRate: z._default(positive, 0.01),
  decay: z._default(fraction, 0.9),
  epsilon: z._default(positive, 1e-8),
});

/**
 * v⁺ = ρ v + (1 − ρ) g², w⁺ = w − η g / (√v⁺ + ε); η is 0.01, ρ (`decay`) 0.9 and ε 1e-8 unless given.
 * @function
 */
export const rmsprop = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate, decay, epsilon } = parseWith(schema, options, 'rmsprop');
    return {
      name: 'rmsprop',
      learningRate,
      settings: { decay, epsilon },
      update({ call, state, parameter, gradient, rate }) {
        const square = call(adamSecondMoment, { moment: state('v'), gradient }, 'v.next', { beta: decay });
        call(adamUpdate, { parameter, mean: gradient, square, rate }, 'next', { epsilon });
      },
    };
  },
  { schema },
);
