// The hyperbolic tangent.
import { call, power, subtract } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** a = tanh z, a′ = 1 − a² */
export const tanh = defineActivation({
  name: 'tanh',
  value: Math.tanh,
  derivative: (_z, a) => 1 - a * a,
  expression: (z) => call('tanh', z),
  derivativeExpression: (_z, a) => subtract(1, power(a, 2)),
  range: [-1, 1],
});
