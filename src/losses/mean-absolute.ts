// The mean absolute error over the outputs; its derivative at a = y is taken as 0.
import { call, divide, subtract } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** C_x = 1/K Σ_j |a_j − y_j| */
export const meanAbsolute = defineLoss({
  name: 'meanAbsolute',
  value: (a, y, outputs) => Math.abs(a - y) / outputs,
  derivative: (a, y, outputs) => Math.sign(a - y) / outputs,
  expression: (a, y, outputs) => divide(call('abs', subtract(a, y)), outputs),
  derivativeExpression: (a, y, outputs) => divide(call('sign', subtract(a, y)), outputs),
  distanceToKink: (a, y) => Math.abs(a - y),
});
