// Decoupled weight decay (Loshchilov & Hutter, 2019): the parameter drawn towards 0 before its step.
import { matrix, multiply, subtract } from '../symbolic/index.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/** w′ = w − η λ w; attribute `decay` is λ. */
export const weightDecay = defineKernel({
  name: 'weightDecay',
  inputs: ['parameter', 'rate'],
  perSample: false,
  inPlace: ['parameter'],
  shape: ({ parameter }) => parameter.shape,
  run(out, { parameter, rate }, attributes) {
    const decay = numeric(attributes, 'decay');
    for (let i = 0; i < width(parameter); i++) {
      out[i] = parameter.data[i] - rate.data[0] * decay * parameter.data[i];
    }
  },
  element(index, { parameter, rate }, attributes) {
    const w = parameter.at(...index);
    return subtract(w, multiply(rate.at(), numeric(attributes, 'decay'), w));
  },
  matrix: ({ parameter, rate }, attributes) =>
    matrix.difference(parameter, matrix.product(rate, numeric(attributes, 'decay'), parameter)),
});
