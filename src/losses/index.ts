export { crossEntropy } from './cross-entropy.ts';
export { halfMeanSquared } from './half-mean-squared.ts';
export { logLikelihood } from './log-likelihood.ts';
export { meanSquared } from './mean-squared.ts';
export { quadratic } from './quadratic.ts';
