// Gradient descent with momentum (Nielsen 107, 108).

import * as z from 'zod/mini';
import { momentumUpdate, momentumVelocity } from '../kernels/index.ts';
import { fraction, parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({ learningRate: z._default(positive, 0.1), momentum: z._default(fraction, 0.9) });

/**
 * v⁺ = μ v − η g, w⁺ = w + v⁺; η is 0.1 and μ 0.9 unless given.
 * @function
 */
export const momentum = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate, momentum } = parseWith(schema, options, 'momentum');
    return {
      name: 'momentum',
      learningRate,
      settings: { momentum },
      update({ call, state, parameter, gradient, rate }) {
        const inputs = { velocity: state('velocity'), gradient, rate };
        const velocity = call(momentumVelocity, inputs, 'velocity.next', { momentum });
        call(momentumUpdate, { parameter, velocity }, 'next');
      },
    };
  },
  { schema },
);
