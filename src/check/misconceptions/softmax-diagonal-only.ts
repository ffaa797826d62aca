// Softmax differentiated as if each output depended on its own weighted input alone.
import { sigmoid } from '../../activations/sigmoid.ts';
import { softmax } from '../../activations/softmax.ts';
import { mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** δ_i = ∂C/∂a_i a_i(1 − a_i), which is −y_i(1 − a_i) for the log-likelihood, where the sum over all outputs belongs. */
export const softmaxDiagonalOnly: Misconception = {
  id: 'softmax-diagonal-only',
  mutate: (program) =>
    mutants(program, (call) => (call.kernel === softmax.backward ? { ...call, kernel: sigmoid.backward } : undefined)),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} each output was differentiated only by its own weighted input: ${wrong}. Every softmax output depends on every weighted input through the sum below the line, so all outputs contribute to δ: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，每个输出只对自己的带权输入求了导：${wrong}。softmax 的分母含有所有带权输入，每个输出都依赖于它们，所以求 δ 时要把所有输出的贡献相加：${right}。`,
  },
};
