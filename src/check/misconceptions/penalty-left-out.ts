// A regularised loss with a gradient that knows nothing of the penalty.
import { penalizedGradient } from '../../kernels/index.ts';
import { mutants } from '../mutate.ts';
import { unchanged } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** g where g + c w belongs. */
export const penaltyLeftOut: Misconception = {
  id: 'penalty-left-out',
  mutate: (program) =>
    mutants(program, (call) =>
      call.kernel === penalizedGradient
        ? { ...call, kernel: unchanged, inputs: { x: call.inputs.gradient }, attributes: {} }
        : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `The penalty is missing in ${quantity}: it was computed as ${wrong}. The penalty on the weights is a part of the loss, so its derivative is a part of the gradient: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 漏掉了正则化项，算成了 ${wrong}。权重的惩罚项是损失的一部分，它的导数也就是梯度的一部分：${right}。`,
  },
};
