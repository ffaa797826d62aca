// Linear equations with a symmetric positive definite matrix.

/** How many rows are worked on together: few enough for the processor's cache. */
const block = 16;

/**
 * Solves A x = b by A = L Lᵀ; undefined where A is not positive definite in float64.
 * @param a A's lower triangle, row-major in n × n, which L takes over
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  const rows = Array.from(b, (_, i) => a.subarray(i * n, (i + 1) * n));
  for (let first = 0; first < n; first += block) {
    const end = Math.min(first + block, n);
    for (let j = 0; j < end; j++) {
      for (let i = Math.max(first, j); i < end; i++) {
        // L_ij = (A_ij − Σ_{k<j} L_ik L_jk) / L_jj
        const value = rows[i][j] - dotUpTo(j, rows[i], rows[j]);
        if (i > j) rows[i][j] = value / rows[j][j];
        else if (value > 0) rows[i][i] = Math.sqrt(value);
        else return undefined;
      }
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) x[i] = (x[i] - dotUpTo(i, rows[i], x)) / rows[i][i];
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= rows[i][i];
    for (let k = 0; k < i; k++) x[k] -= rows[i][k] * x[i];
  }
  return x;
}

/** Σ_{k<count} x_k y_k; four sums side by side, so that no addition waits for the one before. */
function dotUpTo(count: number, x: Float64Array, y: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    s0 += x[k] * y[k];
    s1 += x[k + 1] * y[k + 1];
    s2 += x[k + 2] * y[k + 2];
    s3 += x[k + 3] * y[k + 3];
  }
  for (; k < count; k++) s0 += x[k] * y[k];
  return s0 + s1 + (s2 + s3);
}
