// The old velocity subtracted where it is added; it shows from the second step on.
import { momentumVelocity, numeric } from '../../kernels/index.ts';
import { mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** v⁺ = −μv − ηg where μv − ηg belongs. */
export const momentumSign: Misconception = {
  id: 'momentum-sign',
  mutate: (program) =>
    mutants(program, (call) =>
      call.kernel === momentumVelocity
        ? { ...call, attributes: { ...call.attributes, momentum: -numeric(call.attributes, 'momentum') } }
        : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the velocity of the step before was subtracted: ${wrong}. Momentum carries on in the direction of the last step, so μ times the old velocity is added: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时减去了上一步的速度：${wrong}。动量是沿上一步的方向继续前进，所以应加上 μ 乘旧速度：${right}。`,
  },
};
