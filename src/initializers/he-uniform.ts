// He et al. (2015), uniform: for ReLU and its kin.
import { type Initializer, uniform } from './initializer.ts';

/** w ~ U(−r, r), r = √(6 / n_in); b = 0 */
export const heUniform: Initializer = {
  name: 'heUniform',
  weights: ({ size, fanIn }, random) => uniform(size, Math.sqrt(6 / fanIn), random),
};
