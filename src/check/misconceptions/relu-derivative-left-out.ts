// ReLU passing errors on where it passed nothing forward.
import { relu } from '../../activations/relu.ts';
import { identity } from '../../kernels/index.ts';
import { mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** δ = ∂C/∂a everywhere, where 0 belongs wherever z < 0. */
export const reluDerivativeLeftOut: Misconception = {
  id: 'relu-derivative-left-out',
  mutate: (program) =>
    mutants(program, (call) =>
      call.kernel === relu.backward ? { ...call, kernel: identity, inputs: { x: call.inputs.da } } : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} let the error through although the neuron was off: ${wrong}. Where its weighted input is negative, ReLU is flat and its derivative is 0, so δ is 0 too: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `神经元处于关闭状态，${quantity} 却让误差通过了：${wrong}。带权输入为负时，ReLU 是平的，导数为 0，所以 δ 也是 0：${right}。`,
  },
};
