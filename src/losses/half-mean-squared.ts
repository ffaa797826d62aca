// Half the mean squared error over the outputs (source D), whose derivative has no 2.
import { divide, multiply, power, subtract } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** C_x = 1/(2K) Σ_j (a_j − y_j)² */
export const halfMeanSquared = defineLoss({
  name: 'halfMeanSquared',
  value: (a, y, outputs) => (a - y) ** 2 / (2 * outputs),
  derivative: (a, y, outputs) => (a - y) / outputs,
  expression: (a, y, outputs) => divide(power(subtract(a, y), 2), multiply(2, outputs)),
  derivativeExpression: (a, y, outputs) => divide(subtract(a, y), outputs),
});
