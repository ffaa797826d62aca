// The logistic function.
import { add, divide, exp, multiply, negate, subtract } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** a = 1 / (1 + e^{−z}), a′ = a (1 − a) */
export const sigmoid = defineActivation({
  name: 'sigmoid',
  value: (z) => 1 / (1 + Math.exp(-z)),
  derivative: (_z, a) => a * (1 - a),
  expression: (z) => divide(1, add(1, exp(negate(z)))),
  derivativeExpression: (_z, a) => multiply(a, subtract(1, a)),
  range: [0, 1],
});
