// Nesterov's step: w⁺ = w + μ v⁺ − η g, which looks ahead along the velocity. The velocity is momentum's.
import { add, matrix, multiply, negate } from '../symbolic/index.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/** w⁺ = w + μ v⁺ − η g; attribute `momentum` is μ. */
export const nesterovUpdate = defineKernel({
  name: 'nesterovUpdate',
  inputs: ['parameter', 'velocity', 'gradient', 'rate'],
  perSample: false,
  inPlace: ['parameter'],
  shape: ({ parameter }) => parameter.shape,
  run(out, { parameter, velocity, gradient, rate }, attributes) {
    const momentum = numeric(attributes, 'momentum');
    for (let i = 0; i < width(parameter); i++) {
      out[i] = parameter.data[i] + momentum * velocity.data[i] - rate.data[0] * gradient.data[i];
    }
  },
  element: (index, { parameter, velocity, gradient, rate }, attributes) =>
    add(
      parameter.at(...index),
      multiply(numeric(attributes, 'momentum'), velocity.at(...index)),
      negate(multiply(rate.at(), gradient.at(...index))),
    ),
  matrix: ({ parameter, velocity, gradient, rate }, attributes) =>
    matrix.difference(
      matrix.sum(parameter, matrix.product(numeric(attributes, 'momentum'), velocity)),
      matrix.product(rate, gradient),
    ),
});
