// Rprop (Riedmiller & Braun, 1993) in the form without backtracking; it is meant for full batches.

import * as z from 'zod/mini';
import { bounded, rpropGradient, rpropStepSize, rpropUpdate } from '../kernels/index.ts';
import { parseWith, positive, strict } from '../options.ts';
import type { Optimizer } from './optimizer.ts';

const schema = strict({
  learningRate: z._default(positive, 0.01),
  shrink: z._default(positive.check(z.lt(1)), 0.5),
  grow: z._default(z.number().check(z.gt(1)), 1.2),
  leastStep: z._default(positive, 1e-6),
  mostStep: z._default(positive, 50),
});

/**
 * w⁺ = w − Δ⁺ sign g: Δ begins at η, grows by η⁺ while the sign of g stays and shrinks by η⁻ when it changes, and then
 * nothing moves; η is 0.01, η⁻ (`shrink`) 0.5, η⁺ (`grow`) 1.2, and Δ stays between 1e-6 and 50, unless given.
 * @function
 */
export const rprop = Object.assign(
  (options: z.input<typeof schema> = {}): Optimizer => {
    const { learningRate, shrink, grow, leastStep, mostStep } = parseWith(schema, options, 'rprop');
    return {
      name: 'rprop',
      learningRate,
      settings: { shrink, grow, leastStep, mostStep },
      update({ call, state, parameter, gradient, rate, step }) {
        const previous = state('previous');
        const inputs = { stepSize: state('stepSize'), gradient, previous, rate, step };
        const free = call(rpropStepSize, inputs, 'stepSize.unbounded', { shrink, grow });
        const stepSize = call(bounded, { x: free }, 'stepSize.next', { least: leastStep, most: mostStep });
        const signed = call(rpropGradient, { gradient, previous }, 'previous.next');
        call(rpropUpdate, { parameter, gradient: signed, stepSize }, 'next');
      },
    };
  },
  { schema },
);
