// The gradient of a weight with the weighted input of the neuron it comes from, before its activation.
import { linear } from '../../activations/linear.ts';
import { callOf } from '../../plan/index.ts';
import { isWeightGradient, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** δ_j z₋_k, behind a hidden layer, where δ_j a₋_k belongs. */
export const gradientUsesWeightedInput: Misconception = {
  id: 'gradient-uses-weighted-input',
  mutate: (program) =>
    mutants(program, (call) => {
      const before = isWeightGradient(call) ? callOf(program, call.inputs.x) : undefined;
      const activation = program.network.layers[before?.origin.layer ?? 0].activation;
      if (before === undefined || before.kernel !== activation?.forward || activation === linear) return undefined;
      return { ...call, inputs: { ...call.inputs, x: before.inputs.z } };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was computed as ${wrong}, with the weighted input z of the neuron before. What comes in through a weight is that neuron's activation, after its activation function: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 算成了 ${wrong}，用的是前一层神经元的带权输入 z。经权重传入的是那个神经元经过激活函数之后的激活值：${right}。`,
  },
};
