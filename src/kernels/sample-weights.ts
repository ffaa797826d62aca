// Samples that count more or less than others, by their class.
import { add, type Expression, matrix, multiply, subtract } from '../symbolic/index.ts';
import { type Attributes, defineKernel, width } from './kernel.ts';

/** Attribute `weights`: c, a number for each class. */
const weightsOf = ({ weights }: Attributes): readonly number[] => (Array.isArray(weights) ? weights : []);

/** v = Σ_j c_j y_j for targets of one number a class; c_0 (1 − y) + c_1 y for a single one. Attribute `weights` is c. */
export const classWeight = defineKernel({
  name: 'classWeight',
  inputs: ['y'],
  perSample: true,
  shape: () => [],
  run(out, { y }, attributes, samples) {
    const weights = weightsOf(attributes);
    const n = width(y);
    for (let s = 0; s < samples; s++) {
      let v = n === 1 ? weights[0] * (1 - y.data[s]) + weights[1] * y.data[s] : 0;
      if (n > 1) for (let j = 0; j < n; j++) v += weights[j] * y.data[s * n + j];
      out[s] = v;
    }
  },
  element(_index, { y }, attributes): Expression {
    const weights = weightsOf(attributes);
    if (width(y) === 1) return add(multiply(weights[0], subtract(1, y.at(0))), multiply(weights[1], y.at(0)));
    return add(...weights.map((weight, j) => multiply(weight, y.at(j))));
  },
  matrix: ({ y }) => matrix.apply('classWeight', y),
});

/** x′ = v x, every number of a sample by the sample's weight; weight a single number a sample. */
export const weightedBySample = defineKernel({
  name: 'weightedBySample',
  inputs: ['x', 'weight'],
  perSample: true,
  inPlace: ['x'],
  shape: ({ x }) => x.shape,
  run(out, { x, weight }, _attributes, samples) {
    const n = width(x);
    for (let s = 0; s < samples; s++) {
      for (let i = s * n; i < (s + 1) * n; i++) out[i] = weight.data[s] * x.data[i];
    }
  },
  element: (index, { x, weight }) => multiply(weight.at(), x.at(...index)),
  matrix: ({ x, weight }) => matrix.product(weight, x),
});
