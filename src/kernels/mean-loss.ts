// The loss of a batch: the mean over its samples of the sum of each sample's terms.
import { divide, matrix, samples, sum } from '../symbolic/index.ts';
import { defineKernel, sampleIndex, sumAll, width } from './kernel.ts';

/** C = 1/m Σ_s Σ_j terms_j; terms [outputs], output a single number. */
export const meanLoss = defineKernel({
  name: 'meanLoss',
  inputs: ['terms'],
  perSample: false,
  shape: () => [],
  run(out, { terms }, _attributes, samples) {
    const count = samples * width(terms);
    let total = 0;
    for (let i = 0; i < count; i++) total += terms.data[i];
    out[0] = total / samples;
  },
  element: (_index, { terms }) =>
    divide(
      sum(
        sampleIndex,
        'samples',
        sumAll(terms, (term) => term),
      ),
      samples,
    ),
  matrix: ({ terms }) => matrix.mean(matrix.apply('Σ', terms)),
});
