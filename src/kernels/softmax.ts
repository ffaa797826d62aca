// Softmax over all outputs of a layer, shifted by the largest weighted input so that no exponential overflows.
import { divide, exp, matrix, sum } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** a_j = e^{z_j} / Σ_k e^{z_k} */
export const softmax = defineKernel({
  name: 'softmax',
  inputs: ['z'],
  perSample: true,
  shape: ({ z }) => z.shape,
  run(out, { z }, _attributes, samples) {
    const n = width(z);
    for (let s = 0; s < samples; s++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < n; j++) largest = Math.max(largest, z.data[s * n + j]);
      let total = 0;
      for (let j = 0; j < n; j++) total += Math.exp(z.data[s * n + j] - largest);
      for (let j = 0; j < n; j++) out[s * n + j] = Math.exp(z.data[s * n + j] - largest) / total;
    }
  },
  element: ([j], { z }) => divide(exp(z.at(j)), sum('k', width(z), exp(z.at('k')))),
  matrix: ({ z }) => matrix.apply('softmax', z),
});
