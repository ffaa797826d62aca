// The quadratic cost of sources A, B and C.
import { multiply, power, subtract } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** C_x = ½ Σ_j (a_j − y_j)² */
export const quadratic = defineLoss({
  name: 'quadratic',
  value: (a, y) => 0.5 * (a - y) ** 2,
  derivative: (a, y) => a - y,
  expression: (a, y) => multiply(0.5, power(subtract(a, y), 2)),
  derivativeExpression: (a, y) => subtract(a, y),
});
