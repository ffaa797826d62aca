// The gradient of a bias treated as a weight's, times one of the layer's inputs.
import { defineKernel, numeric, sampleIndex, width } from '../../kernels/index.ts';
import { slotOf } from '../../plan/index.ts';
import { divide, matrix, multiply, samples, sum } from '../../symbolic/index.ts';
import { isBiasGradient, largest, variants, weightOf } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** 1/m Σ_s δ_j x_k; attribute `k`. */
const deltaTimesInput = defineKernel({
  name: 'deltaTimesInput',
  inputs: ['delta', 'x'],
  perSample: false,
  shape: ({ delta }) => delta.shape,
  run(out, { delta, x }, attributes, count) {
    const [rows, columns] = [width(delta), width(x)];
    out.fill(0, 0, rows);
    for (let i = 0; i < count * rows; i++) {
      out[i % rows] += (delta.data[i] / count) * x.data[Math.floor(i / rows) * columns + numeric(attributes, 'k')];
    }
  },
  element: ([j], { delta, x }, attributes) =>
    divide(sum(sampleIndex, 'samples', multiply(delta.at(j), x.at(numeric(attributes, 'k')))), samples),
  matrix: ({ delta, x }, attributes) =>
    matrix.mean(matrix.product(delta, matrix.apply(`entry ${numeric(attributes, 'k')}`, x))),
});

/** ∂C/∂b_j = δ_j a₋_k for some k where δ_j belongs; a layer of fewer inputs takes its last. */
export const biasGradientUsesInput: Misconception = {
  id: 'bias-gradient-uses-input',
  mutate(program) {
    const inputsOf = (bias: (typeof program.calls)[number]) => slotOf(program, weightOf(bias)).shape[1];
    const count = largest(program, isBiasGradient, inputsOf);
    return variants(program, 'k', count, (k) => (call) => {
      const gradient = program.calls.find(({ output }) => output.startsWith(`${weightOf(call)}.grad`));
      if (!isBiasGradient(call) || gradient === undefined) return undefined;
      const attributes = { k: Math.min(k, inputsOf(call) - 1) };
      return {
        ...call,
        kernel: deltaTimesInput,
        inputs: { delta: call.inputs.delta, x: gradient.inputs.x },
        attributes,
      };
    });
  },
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was computed as ${wrong}, as if the bias were the weight of an input. A bias is the weight of a constant 1, so its gradient is δ itself: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 算成了 ${wrong}，把偏置当成了某个输入的权重。偏置相当于恒为 1 的输入的权重，所以它的梯度就是 δ 本身：${right}。`,
  },
};
