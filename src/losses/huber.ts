// Huber's loss (1964) with δ = 1: quadratic near the target, and as steep as the absolute error away from it.
import { call, cases, divide, multiply, power, subtract } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** C_x = 1/K Σ_j h(a_j − y_j), h(e) = ½ e² where |e| ≤ 1, else |e| − ½ */
export const huber = defineLoss({
  name: 'huber',
  value(a, y, outputs) {
    const size = Math.abs(a - y);
    return (size > 1 ? size - 0.5 : 0.5 * size ** 2) / outputs;
  },
  derivative: (a, y, outputs) => Math.max(-1, Math.min(1, a - y)) / outputs,
  expression(a, y, outputs) {
    const size = call('abs', subtract(a, y));
    return divide(cases(size, '>', 1, subtract(size, 0.5), multiply(0.5, power(subtract(a, y), 2))), outputs);
  },
  derivativeExpression(a, y, outputs) {
    const error = subtract(a, y);
    return divide(cases(call('abs', error), '>', 1, call('sign', error), error), outputs);
  },
  distanceToKink: (a, y) => Math.abs(Math.abs(a - y) - 1),
});
