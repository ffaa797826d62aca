// The smooth rectifier.
import { add, divide, exp, ln, negate } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** a = ln(1 + e^z), a′ = σ(z) */
export const softplus = defineActivation({
  name: 'softplus',
  value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  derivative: (z) => 1 / (1 + Math.exp(-z)),
  expression: (z) => ln(add(1, exp(z))),
  derivativeExpression: (z) => divide(1, add(1, exp(negate(z)))),
  range: [0, Number.POSITIVE_INFINITY],
  initializer: 'heNormal',
});
