// The exponential linear unit with α = 1 (Clevert et al., 2016).
import { add, cases, exp, subtract } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** a = z where z > 0, else e^z − 1 */
export const elu = defineActivation({
  name: 'elu',
  value: (z) => (z > 0 ? z : Math.expm1(z)),
  derivative: (z, a) => (z > 0 ? 1 : a + 1),
  expression: (z) => cases(z, '>', 0, z, subtract(exp(z), 1)),
  derivativeExpression: (z, a) => cases(z, '>', 0, 1, add(a, 1)),
  range: [-1, Number.POSITIVE_INFINITY],
  kinks: [0],
  initializer: 'heNormal',
});
