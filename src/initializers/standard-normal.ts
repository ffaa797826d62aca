// Weights and biases from N(0, 1): the book's first choice ("large weights").
import { type Initializer, normal } from './initializer.ts';

/** w, b ~ N(0, 1) */
export const standardNormal: Initializer = {
  name: 'standardNormal',
  weights: ({ size }, random) => normal(size, 1, random),
  biases: ({ size }, random) => normal(size, 1, random),
};
