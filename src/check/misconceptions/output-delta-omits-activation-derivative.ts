// The output layer's δ without the activation's derivative.
import { relu } from '../../activations/relu.ts';
import { identity } from '../../kernels/index.ts';
import { isOutputDelta, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** δ = ∂C/∂a, which is a − y for the quadratic loss, where ∂C/∂a ⊙ f′(z) belongs. For ReLU outputs see `relu-derivative-left-out`. */
export const outputDeltaOmitsActivationDerivative: Misconception = {
  id: 'output-delta-omits-activation-derivative',
  mutate: (program) =>
    mutants(program, (call) =>
      isOutputDelta(program, call) && call.kernel !== relu.backward
        ? { ...call, kernel: identity, inputs: { x: call.inputs.da } }
        : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was taken as ${wrong}, which is how the loss changes with the output's activation. δ is the change with the weighted input, so by the chain rule the activation's derivative is a factor too: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 取成了 ${wrong}，这只是损失对输出激活值的导数。残差 δ 是损失对带权输入的导数，按链式法则还要乘以激活函数的导数：${right}。`,
  },
};
