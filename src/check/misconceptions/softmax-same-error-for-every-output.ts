// One error for all outputs of a softmax: that of the right class.
import { defineKernel, width } from '../../kernels/index.ts';
import { logLikelihood } from '../../losses/log-likelihood.ts';
import { matrix, multiply, subtract, sum } from '../../symbolic/index.ts';
import { isSimplified, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** δ_k = Σ_i y_i (a_i − 1), which is a − 1 of the right class, for every k. */
const errorOfRightClass = defineKernel({
  name: 'errorOfRightClass',
  inputs: ['a', 'y'],
  perSample: true,
  shape: ({ a }) => a.shape,
  run(out, { a, y }, _attributes, count) {
    const n = width(a);
    for (let s = 0; s < count; s++) {
      let error = 0;
      for (let i = 0; i < n; i++) error += y.data[s * n + i] * (a.data[s * n + i] - 1);
      out.fill(error, s * n, (s + 1) * n);
    }
  },
  element: (_index, { a, y }) => sum('i', width(a), multiply(y.at('i'), subtract(a.at('i'), 1))),
  matrix: ({ a, y }) => matrix.product(matrix.transpose(y), matrix.difference(a, 1)),
});

/** Every δ_k = a_true − 1 where a_k − y_k belongs. */
export const softmaxSameErrorForEveryOutput: Misconception = {
  id: 'softmax-same-error-for-every-output',
  mutate: (program) =>
    mutants(program, (call) =>
      program.network.loss.terms === logLikelihood.terms &&
      isSimplified(program, call) &&
      call.origin.phase === 'backward'
        ? { ...call, kernel: errorOfRightClass, inputs: { a: call.inputs.a, y: 'target' } }
        : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was given the error of the right class, a − 1, like every other output: ${wrong}. Each output has an error of its own, its activation minus its own target, which is 0 for the other classes: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 与其他输出一样，都取了正确类别的误差 a − 1：${wrong}。每个输出有自己的误差，即它的激活值减去它自己的目标，其他类别的目标为 0：${right}。`,
  },
};
