// The Jacobian of softmax with z where its formula has a.
import { softmax } from '../../activations/softmax.ts';
import { mutants } from '../mutate.ts';
import { derivativeAtWeightedInput } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** z_i(1_ij − z_j) where a_i(1_ij − a_j) belongs. */
export const softmaxJacobianFromZ: Misconception = {
  id: 'softmax-jacobian-from-z',
  mutate: (program) =>
    mutants(program, (call) =>
      call.kernel === softmax.backward ? { ...call, kernel: derivativeAtWeightedInput(softmax) } : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the weighted inputs were put into softmax's derivative: ${wrong}. Its formula a_i(1_ij − a_j) is written in terms of the outputs a, not of z: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，把带权输入 z 代入了 softmax 的导数公式：${wrong}。公式 a_i(1_ij − a_j) 里用的是输出 a，不是 z：${right}。`,
  },
};
