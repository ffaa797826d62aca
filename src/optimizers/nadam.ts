// NAdam (Dozat, 2016): Adam with Nesterov's momentum.

import * as z from 'zod/mini';
import {
  adamCorrection,
  adamFirstMoment,
  adamSecondMoment,
  adamUpdate,
  nadamCorrection,
  nadamMean,
  nadamMomentum,
} from '../kernels/index.ts';
import { fraction, nonNegative, parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({
  learningRate: z._default(positive, 0.002),
  beta1: z._default(fraction, 0.9),
  beta2: z._default(fraction, 0.999),
  epsilon: z._default(positive, 1e-8),
  momentumDecay: z._default(nonNegative, 0.004),
});

/**
 * w⁺ = w − η m̂ / (√v̂ + ε), m̂ = μ_{t+1} m⁺ / (1 − μ₁…μ_{t+1}) + (1 − μ_t) g / (1 − μ₁…μ_t), μ_t = β₁ (1 − ½ 0.96^{tψ});
 * η is 0.002, ψ (`momentumDecay`) 0.004 and the rest as Adam's unless given.
 * @function
 */
export const nadam = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate, beta1, beta2, epsilon, momentumDecay } = parseWith(schema, options, 'nadam');
    const ofMomentum = { beta: beta1, decay: momentumDecay };
    return {
      name: 'nadam',
      learningRate,
      settings: { beta1, beta2, epsilon, momentumDecay },
      update({ call, state, parameter, gradient, rate, step }) {
        const m = call(adamFirstMoment, { moment: state('m'), gradient }, 'm.next', { beta: beta1 });
        const v = call(adamSecondMoment, { moment: state('v'), gradient }, 'v.next', { beta: beta2 });
        const momentum = call(nadamMomentum, { step }, 'momentum', { ...ofMomentum, ahead: 0 });
        const ahead = call(nadamMomentum, { step }, 'momentum.ahead', { ...ofMomentum, ahead: 1 });
        const before = state('correction', []);
        const correction = call(nadamCorrection, { correction: before, momentum }, 'correction.next');
        const mean = call(nadamMean, { moment: m, gradient, momentum, ahead, correction }, 'm.corrected');
        const square = call(adamCorrection, { moment: v, step }, 'v.corrected', { beta: beta2 });
        call(adamUpdate, { parameter, mean, square, rate }, 'next', { epsilon });
      },
    };
  },
  { schema },
);
