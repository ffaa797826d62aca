// Adam (Kingma & Ba, 2015): moving means of the gradient and its square, their bias corrections, and the step.
import { add, call, divide, matrix, multiply, number, power, subtract } from '../symbolic/index.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/** m⁺ = β m + (1 − β) g; attribute `beta` is β₁. */
export const adamFirstMoment = defineKernel({
  name: 'adamFirstMoment',
  inputs: ['moment', 'gradient'],
  perSample: false,
  inPlace: ['moment'],
  shape: ({ moment }) => moment.shape,
  run(out, { moment, gradient }, attributes) {
    const beta = numeric(attributes, 'beta');
    for (let i = 0; i < width(moment); i++) out[i] = beta * moment.data[i] + (1 - beta) * gradient.data[i];
  },
  element(index, { moment, gradient }, attributes) {
    const beta = numeric(attributes, 'beta');
    return add(multiply(beta, moment.at(...index)), multiply(subtract(1, beta), gradient.at(...index)));
  },
  matrix({ moment, gradient }, attributes) {
    const beta = numeric(attributes, 'beta');
    return matrix.sum(matrix.product(beta, moment), matrix.product(matrix.difference(1, beta), gradient));
  },
});

/** v⁺ = β v + (1 − β) g²; attribute `beta` is β₂. */
export const adamSecondMoment = defineKernel({
  name: 'adamSecondMoment',
  inputs: ['moment', 'gradient'],
  perSample: false,
  inPlace: ['moment'],
  shape: ({ moment }) => moment.shape,
  run(out, { moment, gradient }, attributes) {
    const beta = numeric(attributes, 'beta');
    for (let i = 0; i < width(moment); i++) out[i] = beta * moment.data[i] + (1 - beta) * gradient.data[i] ** 2;
  },
  element(index, { moment, gradient }, attributes) {
    const beta = numeric(attributes, 'beta');
    return add(multiply(beta, moment.at(...index)), multiply(subtract(1, beta), power(gradient.at(...index), 2)));
  },
  matrix({ moment, gradient }, attributes) {
    const beta = numeric(attributes, 'beta');
    return matrix.sum(
      matrix.product(beta, moment),
      matrix.product(matrix.difference(1, beta), matrix.power(gradient, 2)),
    );
  },
});

/** m̂ = m⁺ / (1 − βᵗ), t the number of this step, counted from 1. */
export const adamCorrection = defineKernel({
  name: 'adamCorrection',
  inputs: ['moment', 'step'],
  perSample: false,
  inPlace: ['moment'],
  shape: ({ moment }) => moment.shape,
  run(out, { moment, step }, attributes) {
    const correction = 1 - numeric(attributes, 'beta') ** step.data[0];
    for (let i = 0; i < width(moment); i++) out[i] = moment.data[i] / correction;
  },
  element: (index, { moment, step }, attributes) =>
    divide(moment.at(...index), subtract(1, power(numeric(attributes, 'beta'), step.at()))),
  matrix: ({ moment, step }, attributes) =>
    matrix.quotient(moment, matrix.difference(1, matrix.power(numeric(attributes, 'beta'), step))),
});

/** w⁺ = w − η m̂ / (√v̂ + ε); attribute `epsilon`. */
export const adamUpdate = defineKernel({
  name: 'adamUpdate',
  inputs: ['parameter', 'mean', 'square', 'rate'],
  perSample: false,
  inPlace: ['parameter'],
  shape: ({ parameter }) => parameter.shape,
  run(out, { parameter, mean, square, rate }, attributes) {
    const epsilon = numeric(attributes, 'epsilon');
    for (let i = 0; i < width(parameter); i++) {
      out[i] = parameter.data[i] - (rate.data[0] * mean.data[i]) / (Math.sqrt(square.data[i]) + epsilon);
    }
  },
  element: (index, { parameter, mean, square, rate }, attributes) =>
    subtract(
      parameter.at(...index),
      divide(
        multiply(rate.at(), mean.at(...index)),
        add(call('sqrt', square.at(...index)), number(numeric(attributes, 'epsilon'))),
      ),
    ),
  matrix: ({ parameter, mean, square, rate }, attributes) =>
    matrix.difference(
      parameter,
      matrix.quotient(
        matrix.product(rate, mean),
        matrix.sum(matrix.apply('sqrt', square), numeric(attributes, 'epsilon')),
      ),
    ),
});
