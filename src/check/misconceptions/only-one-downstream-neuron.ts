// Only one of the neurons behind a hidden one is followed back.
import { defineKernel, numeric } from '../../kernels/index.ts';
import { matrix, multiply } from '../../symbolic/index.ts';
import { isBackpropagation, largest, sidesOf, variants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** ∂C/∂x_k = w_nk δ_n; attribute `neuron` is n. */
const backpropagateOne = defineKernel({
  name: 'backpropagateOne',
  inputs: ['weight', 'delta'],
  perSample: true,
  shape: ({ weight }) => [weight.shape[1]],
  run(out, { weight, delta }, attributes, count) {
    const [rows, columns] = weight.shape;
    const n = numeric(attributes, 'neuron');
    for (let i = 0; i < count * columns; i++) {
      const s = Math.floor(i / columns);
      out[i] = weight.data[n * columns + (i % columns)] * delta.data[s * rows + n];
    }
  },
  element([k], { weight, delta }, attributes) {
    const n = numeric(attributes, 'neuron');
    return multiply(delta.at(n), weight.at(n, k));
  },
  matrix: ({ weight, delta }, attributes) =>
    matrix.product(matrix.apply(`row ${numeric(attributes, 'neuron')}`, weight), delta),
});

/** w_nk δ_n for a single n where Σ_j w_jk δ_j belongs; a layer of fewer neurons takes its last. */
export const onlyOneDownstreamNeuron: Misconception = {
  id: 'only-one-downstream-neuron',
  mutate(program) {
    const rows = largest(program, isBackpropagation, (call) => sidesOf(program, call)[0]);
    if (rows < 2) return [];
    return variants(program, 'j', rows, (n) => (call) => {
      if (!isBackpropagation(call) || sidesOf(program, call)[0] === 1) return undefined;
      const neuron = Math.min(n, sidesOf(program, call)[0] - 1);
      return { ...call, kernel: backpropagateOne, attributes: { neuron } };
    });
  },
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} follows only one of the neurons of the next layer: ${wrong}. A hidden neuron reaches the loss through every neuron that it feeds, and the contributions add up: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时只考虑了后一层中的一个神经元：${wrong}。隐藏神经元会通过它连接的每一个后层神经元影响损失，各条路径的贡献要相加：${right}。`,
  },
};
