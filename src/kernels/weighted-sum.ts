// The weighted input of a dense layer without biases: z = W x.
import { matrix, multiply, sum } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** z_j = Σ_k w_jk x_k; weight [out, in], x [in]. */
export const weightedSum = defineKernel({
  name: 'weightedSum',
  inputs: ['weight', 'x'],
  perSample: true,
  shape: ({ weight }) => [weight.shape[0]],
  run(out, { weight, x }, _attributes, samples) {
    const [rows, columns] = weight.shape;
    for (let s = 0; s < samples; s++) {
      for (let j = 0; j < rows; j++) {
        let z = 0;
        for (let k = 0; k < columns; k++) z += weight.data[j * columns + k] * x.data[s * columns + k];
        out[s * rows + j] = z;
      }
    }
  },
  element: ([j], { weight, x }) => sum('k', width(x), multiply(weight.at(j, 'k'), x.at('k'))),
  matrix: ({ weight, x }) => matrix.product(weight, x),
});
