// Momentum: the velocity v⁺ = μ v − η g, and the step w⁺ = w + v⁺ (Nielsen 107, 108).
import { add, matrix, multiply, subtract } from '../symbolic/index.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/** v⁺ = μ v − η g; attribute `momentum` is μ. */
export const momentumVelocity = defineKernel({
  name: 'momentumVelocity',
  inputs: ['velocity', 'gradient', 'rate'],
  perSample: false,
  inPlace: ['velocity'],
  shape: ({ velocity }) => velocity.shape,
  run(out, { velocity, gradient, rate }, attributes) {
    const momentum = numeric(attributes, 'momentum');
    for (let i = 0; i < width(velocity); i++) out[i] = momentum * velocity.data[i] - rate.data[0] * gradient.data[i];
  },
  element: (index, { velocity, gradient, rate }, attributes) =>
    subtract(
      multiply(numeric(attributes, 'momentum'), velocity.at(...index)),
      multiply(rate.at(), gradient.at(...index)),
    ),
  matrix: ({ velocity, gradient, rate }, attributes) =>
    matrix.difference(matrix.product(numeric(attributes, 'momentum'), velocity), matrix.product(rate, gradient)),
});

/** w⁺ = w + v⁺ */
export const momentumUpdate = defineKernel({
  name: 'momentumUpdate',
  inputs: ['parameter', 'velocity'],
  perSample: false,
  inPlace: ['parameter'],
  shape: ({ parameter }) => parameter.shape,
  run(out, { parameter, velocity }) {
    for (let i = 0; i < width(parameter); i++) out[i] = parameter.data[i] + velocity.data[i];
  },
  element: (index, { parameter, velocity }) => add(parameter.at(...index), velocity.at(...index)),
  matrix: ({ parameter, velocity }) => matrix.sum(parameter, velocity),
});
