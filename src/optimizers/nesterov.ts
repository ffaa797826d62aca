// Gradient descent with Nesterov's momentum (Sutskever et al., 2013, in the form that needs no gradient elsewhere).

import * as z from 'zod/mini';
import { momentumVelocity, nesterovUpdate } from '../kernels/index.ts';
import { fraction, parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({ learningRate: z._default(positive, 0.1), momentum: z._default(fraction, 0.9) });

/**
 * v⁺ = μ v − η g, w⁺ = w + μ v⁺ − η g; η is 0.1 and μ 0.9 unless given.
 * @function
 */
export const nesterov = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate, momentum } = parseWith(schema, options, 'nesterov');
    return {
      name: 'nesterov',
      learningRate,
      settings: { momentum },
      update({ call, state, parameter, gradient, rate }) {
        const inputs = { velocity: state('velocity'), gradient, rate };
        const velocity = call(momentumVelocity, inputs, 'velocity.next', { momentum });
        call(nesterovUpdate, { parameter, velocity, gradient, rate }, 'next', { momentum });
      },
    };
  },
  { schema },
);
