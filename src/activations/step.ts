// The perceptron's threshold. Its derivative is 0 everywhere, so nothing behind it learns: use it to predict.
import { cases, number } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** a = 1 where z > 0, else 0 (Nielsen 2) */
export const step = defineActivation({
  name: 'step',
  value: (z) => (z > 0 ? 1 : 0),
  derivative: () => 0,
  expression: (z) => cases(z, '>', 0, 1, 0),
  derivativeExpression: () => number(0),
  range: [0, 1],
  kinks: [0],
});
