// The hinge of support vector machines, for targets of −1 and +1: outputs past the margin cost nothing.
import { cases, divide, multiply, negate, number, subtract } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** C_x = 1/K Σ_j max(0, 1 − y_j a_j); the derivative at the margin, y a = 1, is taken as 0. */
export const hinge = defineLoss({
  name: 'hinge',
  value: (a, y, outputs) => Math.max(0, 1 - y * a) / outputs,
  derivative: (a, y, outputs) => (1 - y * a > 0 ? -y / outputs : 0),
  expression(a, y, outputs) {
    const margin = subtract(1, multiply(y, a));
    return divide(cases(margin, '>', 0, margin, 0), outputs);
  },
  derivativeExpression: (a, y, outputs) =>
    divide(cases(subtract(1, multiply(y, a)), '>', 0, negate(y), number(0)), outputs),
  targets: [-1, 1],
  distanceToKink: (a, y) => Math.abs(1 - y * a),
});
