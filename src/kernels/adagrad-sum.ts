// AdaGrad's memory (Duchi, Hazan & Singer, 2011): the sum of all squared gradients so far.
import { add, matrix, power } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** G⁺ = G + g² */
export const adagradSum = defineKernel({
  name: 'adagradSum',
  inputs: ['sum', 'gradient'],
  perSample: false,
  inPlace: ['sum'],
  shape: ({ sum }) => sum.shape,
  run(out, { sum, gradient }) {
    for (let i = 0; i < width(sum); i++) out[i] = sum.data[i] + gradient.data[i] ** 2;
  },
  element: (index, { sum, gradient }) => add(sum.at(...index), power(gradient.at(...index), 2)),
  matrix: ({ sum, gradient }) => matrix.sum(sum, matrix.power(gradient, 2)),
});
