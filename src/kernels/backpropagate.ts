// The error handed back through a dense layer's weights: da = Wᵀ δ, the first factor of BP2.
import { matrix, multiply, sum } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** ∂C/∂x_k = Σ_j w_jk δ_j; weight [out, in], delta [out]. */
export const backpropagate = defineKernel({
  name: 'backpropagate',
  inputs: ['weight', 'delta'],
  perSample: true,
  shape: ({ weight }) => [weight.shape[1]],
  run(out, { weight, delta }, _attributes, samples) {
    const [rows, columns] = weight.shape;
    out.fill(0, 0, samples * columns);
    for (let s = 0; s < samples; s++) {
      for (let j = 0; j < rows; j++) {
        const d = delta.data[s * rows + j];
        for (let k = 0; k < columns; k++) out[s * columns + k] += weight.data[j * columns + k] * d;
      }
    }
  },
  element: ([k], { weight, delta }) => sum('j', width(delta), multiply(delta.at('j'), weight.at('j', k))),
  matrix: ({ weight, delta }) => matrix.product(matrix.transpose(weight), delta),
});
