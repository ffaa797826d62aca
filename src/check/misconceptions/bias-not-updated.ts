// The biases left as they were, though nothing says that they are frozen.

import { mutants } from '../mutate.ts';
import { unchanged } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** b⁺ = b where b − ηδ belongs. */
export const biasNotUpdated: Misconception = {
  id: 'bias-not-updated',
  mutate: (program) =>
    mutants(program, (call) => {
      const parameter = /^(.+\.bias)\.next$/.exec(call.output)?.[1];
      if (parameter === undefined) return undefined;
      return { ...call, kernel: unchanged, inputs: { x: parameter }, attributes: {} };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `The bias was left as it was: ${quantity} = ${wrong}. Biases are trained like weights, with their δ for a gradient: ${right}. (Some well-known examples skip them to be shorter; this exercise does not.)`,
    zh: ({ quantity, right, wrong }) =>
      `偏置没有更新：${quantity} = ${wrong}。偏置和权重一样要训练，它的梯度就是 δ：${right}。（有些著名的例子为了简短略去了这一步，本题没有。）`,
  },
};
