// No activation: a = z.
import { number } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** a = z */
export const linear = defineActivation({
  name: 'linear',
  value: (z) => z,
  derivative: () => 1,
  expression: (z) => z,
  derivativeExpression: () => number(1),
});
