// Weight penalties: c/2 Σ w² (L2) and c Σ |w| (L1), each with its contribution to the gradient.
import { add, call, divide, type Expression, matrix, multiply, number, power } from '../symbolic/index.ts';
import { defineKernel, numeric, sumAll, width } from './kernel.ts';

/** c/2 Σ w²; attribute `factor` is c. */
export const l2Penalty = defineKernel({
  name: 'l2Penalty',
  inputs: ['weight'],
  perSample: false,
  shape: () => [],
  run(out, { weight }, attributes) {
    let total = 0;
    for (let i = 0; i < width(weight); i++) total += weight.data[i] ** 2;
    out[0] = (numeric(attributes, 'factor') / 2) * total;
  },
  element: (_index, { weight }, attributes) =>
    multiply(
      divide(numeric(attributes, 'factor'), 2),
      sumAll(weight, (w) => power(w, 2)),
    ),
  matrix: ({ weight }, attributes) =>
    matrix.product(numeric(attributes, 'factor') / 2, matrix.apply('Σ', matrix.power(weight, 2))),
});

/** c Σ |w|; attribute `factor` is c. */
export const l1Penalty = defineKernel({
  name: 'l1Penalty',
  inputs: ['weight'],
  perSample: false,
  shape: () => [],
  run(out, { weight }, attributes) {
    let total = 0;
    for (let i = 0; i < width(weight); i++) total += Math.abs(weight.data[i]);
    out[0] = numeric(attributes, 'factor') * total;
  },
  element: (_index, { weight }, attributes) =>
    multiply(
      numeric(attributes, 'factor'),
      sumAll(weight, (w) => call('abs', w)),
    ),
  matrix: ({ weight }, attributes) =>
    matrix.product(numeric(attributes, 'factor'), matrix.apply('Σ', matrix.apply('abs', weight))),
});

/** g + c₂ w + c₁ sign w: the gradient with its penalties; attributes `l2`, `l1`. */
export const penalizedGradient = defineKernel({
  name: 'penalizedGradient',
  inputs: ['gradient', 'weight'],
  perSample: false,
  inPlace: ['gradient'],
  shape: ({ weight }) => weight.shape,
  run(out, { gradient, weight }, attributes) {
    const [l2, l1] = [numeric(attributes, 'l2'), numeric(attributes, 'l1')];
    for (let i = 0; i < width(weight); i++) {
      out[i] = gradient.data[i] + l2 * weight.data[i] + l1 * Math.sign(weight.data[i]);
    }
  },
  element(index, { gradient, weight }, attributes) {
    const w = weight.at(...index);
    const terms: Expression[] = [gradient.at(...index)];
    if (numeric(attributes, 'l2') !== 0) terms.push(multiply(number(numeric(attributes, 'l2')), w));
    if (numeric(attributes, 'l1') !== 0) terms.push(multiply(number(numeric(attributes, 'l1')), call('sign', w)));
    return add(...terms);
  },
  matrix({ gradient, weight }, attributes) {
    const [l2, l1] = [numeric(attributes, 'l2'), numeric(attributes, 'l1')];
    const ofSquares = l2 === 0 ? [] : [matrix.product(l2, weight)];
    const ofSizes = l1 === 0 ? [] : [matrix.product(l1, matrix.apply('sign', weight))];
    return matrix.sum(gradient, ...ofSquares, ...ofSizes);
  },
});
