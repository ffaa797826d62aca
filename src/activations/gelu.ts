// The Gaussian error linear unit, exact (Hendrycks & Gimpel, 2016).
import { add, call, divide, type Expression, erf, exp, multiply, negate, power } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

/** Φ(z) = ½ (1 + erf(z / √2)) */
const cumulative = (z: number) => 0.5 * (1 + erf(z / Math.SQRT2));
const cumulativeExpression = (z: Expression) => multiply(0.5, add(1, call('erf', divide(z, call('sqrt', 2)))));

/** φ(z) = e^{−z²/2} / √(2π) */
const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
const densityExpression = (z: Expression) =>
  divide(exp(negate(divide(power(z, 2), 2))), call('sqrt', multiply(2, Math.PI)));

/** a = z Φ(z), a′ = Φ(z) + z φ(z) */
export const gelu = defineActivation({
  name: 'gelu',
  value: (z) => z * cumulative(z),
  derivative: (z) => cumulative(z) + z * density(z),
  expression: (z) => multiply(z, cumulativeExpression(z)),
  derivativeExpression: (z) => add(cumulativeExpression(z), multiply(z, densityExpression(z))),
  initializer: 'heNormal',
});
