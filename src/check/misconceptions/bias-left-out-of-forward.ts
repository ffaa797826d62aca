// The forward pass without biases.
import { affine, convolution, convolutionWithoutBias, type Kernel, weightedSum } from '../../kernels/index.ts';
import { mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** What each kernel with a bias is without it. */
const bare: ReadonlyMap<Kernel, Kernel> = new Map<Kernel, Kernel>([
  [affine, weightedSum],
  [convolution, convolutionWithoutBias],
]);

/** z = W a₋ where W a₋ + b belongs. */
export const biasLeftOutOfForward: Misconception = {
  id: 'bias-left-out-of-forward',
  mutate: (program) =>
    mutants(program, (call) => {
      const kernel = bare.get(call.kernel);
      const { bias: _, ...inputs } = call.inputs;
      return kernel && { ...call, kernel, inputs };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `The bias is missing in ${quantity}: it was computed as ${wrong}. A neuron adds its bias to its weighted inputs before the activation function is applied: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 漏加了偏置，算成了 ${wrong}。神经元先把带权输入相加，再加上偏置，然后才经过激活函数：${right}。`,
  },
};
