// An activation of one's own: the bent identity, smooth and unbounded, with a slope between ½ and 3⁄2.
import { add, call, defineActivation, divide, type Expression, multiply, power, subtract } from 'chainrule/extend';

/** √(z² + 1) */
const root = (z: Expression) => call('sqrt', add(power(z, 2), 1));

/** a = (√(z² + 1) − 1) / 2 + z, a′ = z / (2 √(z² + 1)) + 1 */
export const bentIdentity = defineActivation({
  name: 'bentIdentity',
  value: (z) => (Math.sqrt(z * z + 1) - 1) / 2 + z,
  derivative: (z) => z / (2 * Math.sqrt(z * z + 1)) + 1,
  expression: (z) => add(divide(subtract(root(z), 1), 2), z),
  derivativeExpression: (z) => add(divide(z, multiply(2, root(z))), 1),
});
