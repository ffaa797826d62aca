// The cross-entropy of independent outputs between 0 and 1.
import { crossEntropyFromLogits, outputError } from '../kernels/index.ts';
import { add, divide, ln, multiply, negate, subtract } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** ln x, where an x of 0 stands for the smallest number there is: a saturated output costs much, not infinitely much. */
const safeLog = (x: number) => Math.log(Math.max(x, Number.MIN_VALUE));

/** C_x = −Σ_j [y_j ln a_j + (1 − y_j) ln(1 − a_j)] (Nielsen 63) */
export const crossEntropy = defineLoss({
  name: 'crossEntropy',
  value: (a, y) => -((y === 0 ? 0 : y * safeLog(a)) + (y === 1 ? 0 : (1 - y) * safeLog(1 - a))),
  derivative: (a, y) => (a - y) / Math.max(a * (1 - a), Number.MIN_VALUE),
  expression: (a, y) => negate(add(multiply(y, ln(a)), multiply(subtract(1, y), ln(subtract(1, a))))),
  derivativeExpression: (a, y) => divide(subtract(a, y), multiply(a, subtract(1, a))),
  outputs: [0, 1],
  simplifications: [{ activation: 'sigmoid', terms: crossEntropyFromLogits, delta: outputError }],
});
