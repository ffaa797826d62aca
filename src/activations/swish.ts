// z times its own sigmoid, also called SiLU (Ramachandran et al., 2017).
import { add, divide, type Expression, exp, multiply, negate, subtract } from '../symbolic/index.ts';
import { defineActivation } from './activation.ts';

const logistic = (z: number) => 1 / (1 + Math.exp(-z));
const logisticExpression = (z: Expression) => divide(1, add(1, exp(negate(z))));

/** a = z σ(z), a′ = a + σ(z) (1 − a) */
export const swish = defineActivation({
  name: 'swish',
  value: (z) => z * logistic(z),
  derivative: (z, a) => a + logistic(z) * (1 - a),
  expression: (z) => multiply(z, logisticExpression(z)),
  derivativeExpression: (z, a) => add(a, multiply(logisticExpression(z), subtract(1, a))),
  initializer: 'heNormal',
});
