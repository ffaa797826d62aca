// The errors of the next layer added up without the weights on the way.
import { defineKernel, numeric, width } from '../../kernels/index.ts';
import { matrix, sum } from '../../symbolic/index.ts';
import { isBackpropagation, mutants, sidesOf } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** ∂C/∂x_k = Σ_j δ_j, the same for every k; attribute `columns` is how many k there are. */
const sumOfDeltas = defineKernel({
  name: 'sumOfDeltas',
  inputs: ['delta'],
  perSample: true,
  shape: (_inputs, attributes) => [numeric(attributes, 'columns')],
  run(out, { delta }, attributes, count) {
    const [rows, columns] = [width(delta), numeric(attributes, 'columns')];
    for (let s = 0; s < count; s++) {
      let total = 0;
      for (let j = 0; j < rows; j++) total += delta.data[s * rows + j];
      out.fill(total, s * columns, (s + 1) * columns);
    }
  },
  element: (_index, { delta }) => sum('j', width(delta), delta.at('j')),
  matrix: ({ delta }) => matrix.apply('Σ', delta),
});

/** Σ_j δ_j ⊙ f′ where Σ_j w_jk δ_j ⊙ f′ belongs. */
export const weightLeftOutOfPath: Misconception = {
  id: 'weight-left-out-of-path',
  mutate: (program) =>
    mutants(program, (call) => {
      if (!isBackpropagation(call)) return undefined;
      const [, columns] = sidesOf(program, call);
      return { ...call, kernel: sumOfDeltas, inputs: { delta: call.inputs.delta }, attributes: { columns } };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the errors of the next layer were added up without their weights: ${wrong}. Each error comes back multiplied by the weight of the connection it travels along: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，后一层的残差没有乘权重就直接相加了：${wrong}。每个残差沿连接传回时，都要乘以那条连接的权重：${right}。`,
  },
};
