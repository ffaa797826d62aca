// Every weight the same small number, for exercises.
import type { Initializer } from './initializer.ts';

/** w = 0.1, b = 0 */
export const constant: Initializer = { name: 'constant', weights: ({ size }) => new Float64Array(size).fill(0.1) };
