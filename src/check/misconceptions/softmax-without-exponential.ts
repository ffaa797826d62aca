// Softmax as shares of the weighted inputs themselves.
import { softmax } from '../../activations/softmax.ts';
import { defineKernel, width } from '../../kernels/index.ts';
import { divide, matrix, sum } from '../../symbolic/index.ts';
import { mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** a_j = z_j / Σ_k z_k */
const shares = defineKernel({
  name: 'shares',
  inputs: ['z'],
  perSample: true,
  shape: ({ z }) => z.shape,
  run(out, { z }, _attributes, count) {
    const n = width(z);
    for (let s = 0; s < count; s++) {
      let total = 0;
      for (let j = 0; j < n; j++) total += z.data[s * n + j];
      for (let j = 0; j < n; j++) out[s * n + j] = z.data[s * n + j] / total;
    }
  },
  element: ([j], { z }) => divide(z.at(j), sum('k', width(z), z.at('k'))),
  matrix: ({ z }) => matrix.quotient(z, matrix.apply('Σ', z)),
});

/** z_i / Σ z_j where e^{z_i} / Σ e^{z_j} belongs. */
export const softmaxWithoutExponential: Misconception = {
  id: 'softmax-without-exponential',
  mutate: (program) =>
    mutants(program, (call) => (call.kernel === softmax.forward ? { ...call, kernel: shares } : undefined)),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was computed as ${wrong}, without the exponential. Softmax divides exponentials, which are positive whatever the weighted inputs are, so that the outputs are probabilities: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 算成了 ${wrong}，漏掉了指数函数。softmax 是指数之比，无论带权输入取何值，指数都为正，因此输出才能是概率：${right}。`,
  },
};
