// The error handed back through softmax, by its full Jacobian ∂a_i/∂z_j = a_i (1_{ij} − a_j).
import {
  derivative,
  type Expression,
  type Index,
  kronecker,
  matrix,
  multiply,
  subtract,
  sum,
} from '../symbolic/index.ts';
import { defineKernel, type Operand, width } from './kernel.ts';

/** dz_j = Σ_i da_i a_i (1_{ij} − a_j) */
export const softmaxBackward = defineKernel({
  name: 'softmaxBackward',
  inputs: ['da', 'z', 'a'],
  perSample: true,
  shape: ({ a }) => a.shape,
  run(out, { da, a }, _attributes, samples) {
    const n = width(a);
    for (let s = 0; s < samples; s++) {
      for (let j = 0; j < n; j++) {
        let dz = 0;
        for (let i = 0; i < n; i++)
          dz += da.data[s * n + i] * a.data[s * n + i] * ((i === j ? 1 : 0) - a.data[s * n + j]);
        out[s * n + j] = dz;
      }
    }
  },
  element: ([j], { da, z, a }) => sum('i', width(a), multiply(da.at('i'), jacobian(a, z, 'i', j))),
  matrix: ({ da, a }) => matrix.product(matrix.transpose(matrix.apply('Jacobian', a)), da),
});

/** ∂a_i/∂z_j */
function jacobian(a: Operand, z: Operand, i: Index, j: Index): Expression {
  return derivative(a.at(i), z.at(j), multiply(a.at(i), subtract(kronecker(i, j), a.at(j))));
}
