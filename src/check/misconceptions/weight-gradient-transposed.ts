// The matrix of a layer's weight gradients, transposed.

import { slotOf } from '../../plan/index.ts';
import { isWeightGradient, mutants, weightOf } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** a₋ δᵀ where δ a₋ᵀ belongs; only square layers let that happen unnoticed. */
export const weightGradientTransposed: Misconception = {
  id: 'weight-gradient-transposed',
  mutate: (program) =>
    mutants(program, (call) => {
      if (!isWeightGradient(call)) return undefined;
      const [rows, columns] = slotOf(program, weightOf(call)).shape;
      if (rows !== columns || rows === 1) return undefined;
      return { ...call, inputs: { delta: call.inputs.x, x: call.inputs.delta } };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was computed as ${wrong}: the matrix of the gradients is transposed. A weight's gradient is the δ of the neuron it leads to times the activation of the neuron it comes from: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 算成了 ${wrong}，梯度矩阵被转置了。权重的梯度是它所指向的神经元的 δ 乘以它出发处的神经元的激活值：${right}。`,
  },
};
