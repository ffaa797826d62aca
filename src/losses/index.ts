export { crossEntropy } from './cross-entropy.ts';
export { halfMeanSquared } from './half-mean-squared.ts';
export { hinge } from './hinge.ts';
export { huber } from './huber.ts';
export { logLikelihood } from './log-likelihood.ts';
export { meanAbsolute } from './mean-absolute.ts';
export { meanSquared } from './mean-squared.ts';
export { quadratic } from './quadratic.ts';
