// The gradient of a weight with the activation at the wrong end of it.
import { defineKernel, numeric, sampleIndex, width } from '../../kernels/index.ts';
import { slotOf } from '../../plan/index.ts';
import { divide, matrix, multiply, samples, sum } from '../../symbolic/index.ts';
import { isWeightGradient, mutants, weightOf } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** 1/m Σ_s δ_j a_j, the same for every k; attribute `columns` is how many k there are. */
const deltaTimesOwnActivation = defineKernel({
  name: 'deltaTimesOwnActivation',
  inputs: ['delta', 'a'],
  perSample: false,
  shape: ({ delta }, attributes) => [width(delta), numeric(attributes, 'columns')],
  run(out, { delta, a }, attributes, count) {
    const [rows, columns] = [width(delta), numeric(attributes, 'columns')];
    out.fill(0, 0, rows * columns);
    for (let i = 0; i < count * rows; i++) {
      const product = (delta.data[i] / count) * a.data[i];
      for (let k = 0; k < columns; k++) out[(i % rows) * columns + k] += product;
    }
  },
  element: ([j], { delta, a }) => divide(sum(sampleIndex, 'samples', multiply(delta.at(j), a.at(j))), samples),
  matrix: ({ delta, a }) => matrix.mean(matrix.hadamard(delta, a)),
});

/** ∂C/∂w_jk = δ_j a_j where δ_j a₋_k belongs. */
export const gradientUsesOwnActivation: Misconception = {
  id: 'gradient-uses-own-activation',
  mutate: (program) =>
    mutants(program, (call) => {
      if (!isWeightGradient(call)) return undefined;
      const [, columns] = slotOf(program, weightOf(call)).shape;
      const a = slotOf(program, `layers.${call.origin.layer}.a`).name;
      return {
        ...call,
        kernel: deltaTimesOwnActivation,
        inputs: { delta: call.inputs.delta, a },
        attributes: { columns },
      };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was computed as ${wrong}, with the activation of the neuron that the weight leads to. What belongs there is the activation of the neuron that the weight comes from, the input of the layer: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 算成了 ${wrong}，用的是这个权重所指向的神经元的激活值。应当用权重出发处的神经元的激活值，也就是这一层的输入：${right}。`,
  },
};
