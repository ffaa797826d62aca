// Everything 0: every neuron of a layer then learns the same thing, which is worth seeing once.
import type { Initializer } from './initializer.ts';

/** w = b = 0 */
export const zeros: Initializer = { name: 'zeros', weights: ({ size }) => new Float64Array(size) };
