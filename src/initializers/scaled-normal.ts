// Weights from N(0, 1/n_in), biases from N(0, 1): the book's better choice (chapter 3).
import { type Initializer, normal } from './initializer.ts';

/** w ~ N(0, 1/n_in), b ~ N(0, 1) */
export const scaledNormal: Initializer = {
  name: 'scaledNormal',
  weights: ({ size, fanIn }, random) => normal(size, Math.sqrt(1 / fanIn), random),
  biases: ({ size }, random) => normal(size, 1, random),
};
