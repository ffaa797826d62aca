// Adam (Kingma & Ba, 2015).

import * as z from 'zod/mini';
import { adamCorrection, adamFirstMoment, adamSecondMoment, adamUpdate } from '../kernels/index.ts';
import { fraction, parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({
  learningRate: z._default(positive, 0.001),
  beta1: z._default(fraction, 0.9),
  beta2: z._default(fraction, 0.999),
  epsilon: z._default(positive, 1e-8),
});

/**
 * w⁺ = w − η m̂ / (√v̂ + ε); η is 0.001, β₁ 0.9, β₂ 0.999 and ε 1e-8 unless given.
 * @function
 */
export const adam = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate, beta1, beta2, epsilon } = parseWith(schema, options, 'adam');
    return {
      name: 'adam',
      learningRate,
      settings: { beta1, beta2, epsilon },
      update({ call, state, parameter, gradient, rate, step }) {
        const m = call(adamFirstMoment, { moment: state('m'), gradient }, 'm.next', { beta: beta1 });
        const v = call(adamSecondMoment, { moment: state('v'), gradient }, 'v.next', { beta: beta2 });
        const mean = call(adamCorrection, { moment: m, step }, 'm.corrected', { beta: beta1 });
        const square = call(adamCorrection, { moment: v, step }, 'v.corrected', { beta: beta2 });
        call(adamUpdate, { parameter, mean, square, rate }, 'next', { epsilon });
      },
    };
  },
  { schema },
);
