// The step of gradient descent: w⁺ = w − η g.
import { matrix, multiply, subtract } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** w⁺ = w − η g; rate a single number. */
export const sgdUpdate = defineKernel({
  name: 'sgdUpdate',
  inputs: ['parameter', 'gradient', 'rate'],
  perSample: false,
  inPlace: ['parameter'],
  shape: ({ parameter }) => parameter.shape,
  run(out, { parameter, gradient, rate }) {
    for (let i = 0; i < width(parameter); i++) out[i] = parameter.data[i] - rate.data[0] * gradient.data[i];
  },
  element: (index, { parameter, gradient, rate }) =>
    subtract(parameter.at(...index), multiply(rate.at(), gradient.at(...index))),
  matrix: ({ parameter, gradient, rate }) => matrix.difference(parameter, matrix.product(rate, gradient)),
});
