// The gradient of a dense layer's weights: the batch mean of δ xᵀ (BP4).
import { divide, matrix, multiply, samples, sum } from '../symbolic/index.ts';
import { defineKernel, sampleIndex, width } from './kernel.ts';

/** ∂C/∂w_jk = 1/m Σ_s δ_j x_k; delta [out], x [in], output [out, in]. */
export const weightGradient = defineKernel({
  name: 'weightGradient',
  inputs: ['delta', 'x'],
  perSample: false,
  shape: ({ delta, x }) => [width(delta), width(x)],
  run(out, { delta, x }, _attributes, samples) {
    const [rows, columns] = [width(delta), width(x)];
    out.fill(0, 0, rows * columns);
    for (let s = 0; s < samples; s++) {
      for (let j = 0; j < rows; j++) {
        const d = delta.data[s * rows + j] / samples;
        for (let k = 0; k < columns; k++) out[j * columns + k] += d * x.data[s * columns + k];
      }
    }
  },
  element: ([j, k], { delta, x }) => divide(sum(sampleIndex, 'samples', multiply(delta.at(j), x.at(k))), samples),
  matrix: ({ delta, x }) => matrix.mean(matrix.product(delta, matrix.transpose(x))),
});
