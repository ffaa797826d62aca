// Glorot & Bengio (2010), normal.
import { type Initializer, normal } from './initializer.ts';

/** w ~ N(0, 2 / (n_in + n_out)); b = 0 */
export const xavierNormal: Initializer = {
  name: 'xavierNormal',
  weights: ({ size, fanIn, fanOut }, random) => normal(size, Math.sqrt(2 / (fanIn + fanOut)), random),
};
