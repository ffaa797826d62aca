// The formula of the derivative in terms of a, with z put into it.

import { activationOf, isHiddenDelta, isOutputDelta, mutants } from '../mutate.ts';
import { derivativeAtWeightedInput, derivativeReadsActivation } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** z(1 − z), 1 − z² where a(1 − a), 1 − a² belong, in every layer. */
export const derivativeEvaluatedAtZ: Misconception = {
  id: 'derivative-evaluated-at-z',
  mutate: (program) =>
    mutants(program, (call) => {
      const activation = activationOf(program, call);
      if (activation === null || activation.joint || !derivativeReadsActivation(activation)) return undefined;
      if (!isHiddenDelta(program, call) && !isOutputDelta(program, call)) return undefined;
      return { ...call, kernel: derivativeAtWeightedInput(activation) };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the weighted input z was put into the formula of the derivative: ${wrong}. That formula, such as a(1 − a) for the sigmoid or 1 − a² for tanh, is written in terms of the activation a: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，把带权输入 z 代入了导数公式：${wrong}。这个公式（如 sigmoid 的 a(1 − a)、tanh 的 1 − a²）里的自变量是激活值 a：${right}。`,
  },
};
