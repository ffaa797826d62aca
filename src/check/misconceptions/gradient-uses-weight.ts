// The gradient of a weight with the weight itself as its second factor.
import { defineKernel, sampleIndex, width } from '../../kernels/index.ts';
import { divide, matrix, multiply, samples, sum } from '../../symbolic/index.ts';
import { isWeightGradient, mutants, weightOf } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** 1/m Σ_s δ_j w_jk */
const deltaTimesWeight = defineKernel({
  name: 'deltaTimesWeight',
  inputs: ['delta', 'weight'],
  perSample: false,
  shape: ({ weight }) => weight.shape,
  run(out, { delta, weight }, _attributes, count) {
    const [rows, columns] = weight.shape;
    out.fill(0, 0, width(weight));
    for (let s = 0; s < count; s++) {
      for (let i = 0; i < rows * columns; i++) {
        out[i] += (delta.data[s * rows + Math.floor(i / columns)] / count) * weight.data[i];
      }
    }
  },
  element: ([j, k], { delta, weight }) =>
    divide(sum(sampleIndex, 'samples', multiply(delta.at(j), weight.at(j, k))), samples),
  matrix: ({ delta, weight }) => matrix.mean(matrix.product(matrix.apply('diag', delta), weight)),
});

/** ∂C/∂w_jk = δ_j w_jk where δ_j a₋_k belongs. */
export const gradientUsesWeight: Misconception = {
  id: 'gradient-uses-weight',
  mutate: (program) =>
    mutants(program, (call) =>
      isWeightGradient(call)
        ? { ...call, kernel: deltaTimesWeight, inputs: { delta: call.inputs.delta, weight: weightOf(call) } }
        : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was computed as ${wrong}: δ times the weight. The weighted input is w·a + …, so its derivative by the weight is the activation that comes in through it: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 算成了 ${wrong}，即 δ 乘以权重本身。带权输入是 w·a + …，它对权重的导数是经这个权重传入的激活值：${right}。`,
  },
};
