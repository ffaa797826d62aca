// Softmax: the outputs of a layer as probabilities that sum to 1.
import { softmax as forward, softmaxBackward } from '../kernels/index.ts';
import type { Activation } from './activation.ts';

/** a_j = e^{z_j} / Σ_k e^{z_k} (Nielsen 78) */
export const softmax: Activation = {
  name: 'softmax',
  forward,
  backward: softmaxBackward,
  range: [0, 1],
  kinks: [],
  initializer: 'xavierUniform',
  joint: true,
};
