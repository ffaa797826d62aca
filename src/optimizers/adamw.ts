// AdamW (Loshchilov & Hutter, 2019): Adam after a decay of every parameter, biases too, that its means do not see.

import * as z from 'zod/mini';
import { weightDecay as decayKernel } from '../kernels/index.ts';
import { fraction, nonNegative, parseWith, positive, strict } from '../options.ts';
import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({
  learningRate: z._default(positive, 0.001),
  weightDecay: z._default(nonNegative, 0.01),
  beta1: z._default(fraction, 0.9),
  beta2: z._default(fraction, 0.999),
  epsilon: z._default(positive, 1e-8),
});

/**
 * w′ = w − η λ w, w⁺ = w′ − η m̂ / (√v̂ + ε); η is 0.001, λ (`weightDecay`) 0.01 and the rest as Adam's unless given.
 * @function
 */
export const adamw = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { weightDecay, ...ofAdam } = parseWith(schema, options, 'adamw');
    const { learningRate, settings, update } = adam(ofAdam);
    return {
      name: 'adamw',
      learningRate,
      settings: { ...settings, weightDecay },
      update(g) {
        const inputs = { parameter: g.parameter, rate: g.rate };
        update({ ...g, parameter: g.call(decayKernel, inputs, 'decayed', { decay: weightDecay }) });
      },
    };
  },
  { schema },
);
