// The derivative taken at a: a routine that applies the activation itself was handed the activation.

import { activationOf, isHiddenDelta, isOutputDelta, mutants } from '../mutate.ts';
import { derivativeAtActivation, derivativeReadsActivation } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** σ(a)(1 − σ(a)) where a(1 − a) belongs, in every layer. */
export const activationAppliedTwiceInDerivative: Misconception = {
  id: 'activation-applied-twice-in-derivative',
  mutate: (program) =>
    mutants(program, (call) => {
      const activation = activationOf(program, call);
      if (activation === null || activation.joint || !derivativeReadsActivation(activation)) return undefined;
      if (!isHiddenDelta(program, call) && !isOutputDelta(program, call)) return undefined;
      return { ...call, kernel: derivativeAtActivation(activation) };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the activation function was applied to the activation once more before its derivative was formed: ${wrong}. a already is f(z), and the derivative is taken at z: ${right}. In a program this happens when a derivative that calls f itself is given a instead of z.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，对激活值又做了一次激活函数，再求导数：${wrong}。a 已经是 f(z)，导数应在 z 处取值：${right}。写程序时，若求导函数内部会调用 f，却把 a 而不是 z 传给它，就会出现这种错误。`,
  },
};
