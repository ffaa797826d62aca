// The hidden layers' δ without their activations' derivatives.
import { relu } from '../../activations/relu.ts';
import { identity } from '../../kernels/index.ts';
import { isHiddenDelta, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** δ = Wᵀδ₊ where Wᵀδ₊ ⊙ f′(z) belongs. Where all hidden layers are ReLU it is `relu-derivative-left-out`. */
export const hiddenDeltaOmitsActivationDerivative: Misconception = {
  id: 'hidden-delta-omits-activation-derivative',
  mutate(program) {
    const hidden = program.calls.filter((call) => isHiddenDelta(program, call));
    if (hidden.every(({ kernel }) => kernel === relu.backward)) return [];
    return mutants(program, (call) =>
      hidden.includes(call) ? { ...call, kernel: identity, inputs: { x: call.inputs.da } } : undefined,
    );
  },
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was taken as ${wrong}, without the derivative of the hidden layer's activation. The error that comes back through the weights is ∂C/∂a; to become δ = ∂C/∂z it is multiplied by the derivative: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 取成了 ${wrong}，漏乘了隐藏层激活函数的导数。经权重传回的误差是 ∂C/∂a，乘以激活函数的导数后才是 δ = ∂C/∂z：${right}。`,
  },
};
