// The mean squared error over the outputs.
import { divide, multiply, power, subtract } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** C_x = 1/K Σ_j (a_j − y_j)² */
export const meanSquared = defineLoss({
  name: 'meanSquared',
  value: (a, y, outputs) => (a - y) ** 2 / outputs,
  derivative: (a, y, outputs) => (2 * (a - y)) / outputs,
  expression: (a, y, outputs) => divide(power(subtract(a, y), 2), outputs),
  derivativeExpression: (a, y, outputs) => divide(multiply(2, subtract(a, y)), outputs),
});
