// Losses computed from the weighted inputs, so that no logarithm ever meets a zero.
import { add, exp, ln, matrix, multiply, negate, number, subtract, sum } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** ln(1 + e^{−|z|}), the part of softplus that is safe for every z */
const softplusTail = (z: number) => Math.log1p(Math.exp(-Math.abs(z)));

/** terms_j = ln(1 + e^{z_j}) − y_j z_j: cross-entropy behind a sigmoid. */
export const crossEntropyFromLogits = defineKernel({
  name: 'crossEntropyFromLogits',
  inputs: ['z', 'y'],
  perSample: true,
  shape: ({ z }) => z.shape,
  run(out, { z, y }, _attributes, samples) {
    for (let i = 0; i < samples * width(z); i++) {
      out[i] = Math.max(z.data[i], 0) - y.data[i] * z.data[i] + softplusTail(z.data[i]);
    }
  },
  element(index, { z, y }) {
    const zi = z.at(...index);
    return subtract(ln(add(number(1), exp(zi))), multiply(y.at(...index), zi));
  },
  matrix: ({ z, y }) => matrix.difference(matrix.apply('softplus', z), matrix.hadamard(y, z)),
});

/** terms_j = −y_j (z_j − ln Σ_k e^{z_k}): log-likelihood behind a softmax. */
export const logLikelihoodFromLogits = defineKernel({
  name: 'logLikelihoodFromLogits',
  inputs: ['z', 'y'],
  perSample: true,
  shape: ({ z }) => z.shape,
  run(out, { z, y }, _attributes, samples) {
    const n = width(z);
    for (let s = 0; s < samples; s++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < n; j++) largest = Math.max(largest, z.data[s * n + j]);
      let total = 0;
      for (let j = 0; j < n; j++) total += Math.exp(z.data[s * n + j] - largest);
      const logTotal = largest + Math.log(total);
      // An exact 0 target contributes exactly 0, however improbable its class.
      for (let j = 0; j < n; j++)
        out[s * n + j] = y.data[s * n + j] === 0 ? 0 : y.data[s * n + j] * (logTotal - z.data[s * n + j]);
    }
  },
  element: ([j], { z, y }) => negate(multiply(y.at(j), subtract(z.at(j), ln(sum('k', width(z), exp(z.at('k'))))))),
  matrix: ({ z, y }) => matrix.apply('logLikelihoodFromLogits', z, y),
});
