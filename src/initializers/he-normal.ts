// He et al. (2015), normal: for ReLU and its kin.
import { type Initializer, normal } from './initializer.ts';

/** w ~ N(0, 2 / n_in); b = 0 */
export const heNormal: Initializer = {
  name: 'heNormal',
  weights: ({ size, fanIn }, random) => normal(size, Math.sqrt(2 / fanIn), random),
};
