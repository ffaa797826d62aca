// The error handed back through the weights as they stand, not transposed.
import { weightedSum } from '../../kernels/index.ts';
import { isBackpropagation, mutants, sidesOf } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** W δ₊ where Wᵀ δ₊ belongs; only square layers let that happen unnoticed. */
export const backwardUsesUntransposedWeights: Misconception = {
  id: 'backward-uses-untransposed-weights',
  mutate: (program) =>
    mutants(program, (call) => {
      if (!isBackpropagation(call)) return undefined;
      const [rows, columns] = sidesOf(program, call);
      if (rows !== columns || rows === 1) return undefined;
      return { ...call, kernel: weightedSum, inputs: { weight: call.inputs.weight, x: call.inputs.delta } };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `For ${quantity} the weights were read the wrong way round: ${wrong}. A neuron's error collects along the connections that leave it, so the weight matrix is transposed on the way back: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时权重的行列用反了：${wrong}。神经元的误差是沿着从它出发的连接收集回来的，所以反向传播时权重矩阵要转置：${right}。`,
  },
};
