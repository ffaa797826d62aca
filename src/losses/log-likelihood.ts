// The negative log-likelihood of the true class, behind a softmax.
import { logLikelihoodFromLogits, softmaxOutputError } from '../kernels/index.ts';
import { divide, ln, multiply, negate } from '../symbolic/index.ts';
import { defineLoss } from './loss.ts';

/** C_x = −Σ_j y_j ln a_j (Nielsen 80) */
export const logLikelihood = defineLoss({
  name: 'logLikelihood',
  value: (a, y) => (y === 0 ? 0 : -y * Math.log(Math.max(a, Number.MIN_VALUE))),
  derivative: (a, y) => (y === 0 ? 0 : -y / Math.max(a, Number.MIN_VALUE)),
  expression: (a, y) => negate(multiply(y, ln(a))),
  derivativeExpression: (a, y) => negate(divide(y, a)),
  activation: 'softmax',
  simplifications: [{ activation: 'softmax', terms: logLikelihoodFromLogits, delta: softmaxOutputError }],
});
