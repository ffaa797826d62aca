// What the output layer's δ simplifies to where the loss matches the activation.
import { matrix, multiply, subtract, sum } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** δ_j = a_j − y_j: sigmoid with cross-entropy, whose f′(z) cancels (Nielsen 65). */
export const outputError = defineKernel({
  name: 'outputError',
  inputs: ['a', 'y'],
  perSample: true,
  inPlace: ['a'],
  shape: ({ a }) => a.shape,
  run(out, { a, y }, _attributes, samples) {
    for (let i = 0; i < samples * width(a); i++) out[i] = a.data[i] - y.data[i];
  },
  element: (index, { a, y }) => subtract(a.at(...index), y.at(...index)),
  matrix: ({ a, y }) => matrix.difference(a, y),
});

/** δ_j = a_j Σ_i y_i − y_j: softmax with log-likelihood, which is a_j − y_j where the targets sum to 1 (Nielsen 84). */
export const softmaxOutputError = defineKernel({
  name: 'softmaxOutputError',
  inputs: ['a', 'y'],
  perSample: true,
  shape: ({ a }) => a.shape,
  run(out, { a, y }, _attributes, samples) {
    const n = width(a);
    for (let s = 0; s < samples; s++) {
      let total = 0;
      for (let j = 0; j < n; j++) total += y.data[s * n + j];
      for (let j = 0; j < n; j++) out[s * n + j] = a.data[s * n + j] * total - y.data[s * n + j];
    }
  },
  element: ([j], { a, y }) => subtract(multiply(a.at(j), sum('i', width(y), y.at('i'))), y.at(j)),
  matrix: ({ a, y }) => matrix.difference(matrix.product(a, matrix.apply('Σ', y)), y),
});
