// The gradient of a layer's biases: the batch mean of δ (BP3).
import { divide, matrix, samples, sum } from '../symbolic/index.ts';
import { defineKernel, sampleIndex, width } from './kernel.ts';

/** ∂C/∂b_j = 1/m Σ_s δ_j; delta [out]. */
export const biasGradient = defineKernel({
  name: 'biasGradient',
  inputs: ['delta'],
  perSample: false,
  shape: ({ delta }) => delta.shape,
  run(out, { delta }, _attributes, samples) {
    const rows = width(delta);
    out.fill(0, 0, rows);
    for (let s = 0; s < samples; s++) for (let j = 0; j < rows; j++) out[j] += delta.data[s * rows + j] / samples;
  },
  element: ([j], { delta }) => divide(sum(sampleIndex, 'samples', delta.at(j)), samples),
  matrix: ({ delta }) => matrix.mean(delta),
});
