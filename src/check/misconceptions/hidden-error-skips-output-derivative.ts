// The output layer's δ is right, but what is handed back to the layer before it is the bare error of the outputs.
import { callOf } from '../../plan/index.ts';
import { isBackpropagation, isOutputDelta, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** Wᵀ(a − y) into the last hidden layer, where Wᵀδ belongs. */
export const hiddenErrorSkipsOutputDerivative: Misconception = {
  id: 'hidden-error-skips-output-derivative',
  mutate: (program) =>
    mutants(program, (call) => {
      const delta = callOf(program, call.inputs.delta);
      if (!isBackpropagation(call) || delta === undefined || !isOutputDelta(program, delta)) return undefined;
      return { ...call, inputs: { ...call.inputs, delta: delta.inputs.da } };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `For ${quantity} the bare error of the outputs was sent back: ${wrong}. What goes back is the output layer's δ, in which the derivative of its activation is already a factor: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，向前传回的是输出的原始误差：${wrong}。真正要传回的是输出层的残差 δ，其中已经乘上了输出层激活函数的导数：${right}。`,
  },
};
