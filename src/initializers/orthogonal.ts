// Saxe et al. (2014): rows (or columns, whichever are fewer) orthonormal.
import { type Initializer, normal } from './initializer.ts';

/** W Wᵀ = I where n_out ≤ n_in, else Wᵀ W = I; b = 0 */
export const orthogonal: Initializer = {
  name: 'orthogonal',
  weights({ size, fanIn }, random) {
    const rows = size / fanIn;
    const [vectors, length] = rows <= fanIn ? [rows, fanIn] : [fanIn, rows];
    const basis = orthonormalize(normal(size, 1, random), vectors, length);
    if (rows <= fanIn) return basis;
    return Float64Array.from({ length: size }, (_, i) => basis[(i % fanIn) * rows + Math.floor(i / fanIn)]);
  },
};

/** Gram–Schmidt, each vector twice, in place; `vectors` rows of `length`. */
function orthonormalize(data: Float64Array, vectors: number, length: number): Float64Array {
  const row = (i: number) => data.subarray(i * length, (i + 1) * length);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((total, x, k) => total + x * b[k], 0);
  for (let i = 0; i < vectors; i++) {
    const current = row(i);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const earlier = row(j);
        const overlap = dot(current, earlier);
        for (let k = 0; k < length; k++) current[k] -= overlap * earlier[k];
      }
    }
    const norm = Math.sqrt(dot(current, current));
    for (let k = 0; k < length; k++) current[k] /= norm;
  }
  return data;
}
