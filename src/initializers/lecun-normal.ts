// LeCun et al. (1998), normal.
import { type Initializer, normal } from './initializer.ts';

/** w ~ N(0, 1 / n_in); b = 0 */
export const lecunNormal: Initializer = {
  name: 'lecunNormal',
  weights: ({ size, fanIn }, random) => normal(size, Math.sqrt(1 / fanIn), random),
};
