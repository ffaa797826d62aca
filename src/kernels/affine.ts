// The weighted input of a dense layer: z = W x + b (Nielsen 25).
import { add, matrix, multiply, sum } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** z_j = Σ_k w_jk x_k + b_j; weight [out, in], x [in], bias [out]. */
export const affine = defineKernel({
  name: 'affine',
  inputs: ['weight', 'x', 'bias'],
  perSample: true,
  shape: ({ weight }) => [weight.shape[0]],
  run(out, { weight, x, bias }, _attributes, samples) {
    const [rows, columns] = weight.shape;
    for (let s = 0; s < samples; s++) {
      for (let j = 0; j < rows; j++) {
        let z = 0;
        for (let k = 0; k < columns; k++) z += weight.data[j * columns + k] * x.data[s * columns + k];
        out[s * rows + j] = z + bias.data[j];
      }
    }
  },
  element: ([j], { weight, x, bias }) => add(sum('k', width(x), multiply(weight.at(j, 'k'), x.at('k'))), bias.at(j)),
  matrix: ({ weight, x, bias }) => matrix.sum(matrix.product(weight, x), bias),
});
