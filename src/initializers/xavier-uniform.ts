// Glorot & Bengio (2010), uniform.
import { type Initializer, uniform } from './initializer.ts';

/** w ~ U(−r, r), r = √(6 / (n_in + n_out)); b = 0 */
export const xavierUniform: Initializer = {
  name: 'xavierUniform',
  weights: ({ size, fanIn, fanOut }, random) => uniform(size, Math.sqrt(6 / (fanIn + fanOut)), random),
};
