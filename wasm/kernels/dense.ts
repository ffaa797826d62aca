// Matrix products of dense layers. Weights lie in panels of 32 outputs, [in][32] each, the last one narrower.
// Every output number is added up by one thread in one order, so results do not depend on how rows are shared out.
import { madd, splat } from './math';
import { packPanel, packRows, row, tileRows, tiles } from './tiles';
import { runRecords } from './updates';

/** Outputs in a panel. */
const panel = 32;

/** Bytes in a row of the panel that begins at output `n` of `width`. */
@inline
export function panelRow(n: i32, width: i32): usize {
  return <usize>min(panel, width - n) << 2;
}

/** z = x W + b for the rows from `from` to `to`; `inputs` and `outputs` are padded counts, `bias` one row. */
export function affine(
  x: usize, ldx: usize, inputs: i32, weight: usize, outputs: i32, bias: usize, z: usize, ldz: usize, from: i32, to: i32,
  scratch: usize,
): void {
  let rows = 0;
  for (let s = from; s < to; s += rows) {
    rows = tileRows(to - s);
    let a = x + <usize>s * ldx;
    if (rows > 1) {
      packRows(a, ldx, rows, inputs, scratch);
      a = scratch;
    }
    for (let n = 0; n < outputs; n += panel) {
      const ldb = panelRow(n, outputs);
      const b = weight + ((<usize>n * inputs) << 2);
      const column = <usize>n << 2;
      const c = z + <usize>s * ldz + column;
      if (rows == 1) row(a, inputs, b, ldb, bias + column, c);
      else tiles(rows, a, <usize>rows << 2, b, ldb, inputs, bias + column, 0, 1, c, ldz, ldb);
    }
  }
}

/** Samples of a batch from which turning the weights round pays. It is the whole batch's, lest results depend on threads. */
const manySamples = 24;

/** da = δ Wᵀ for the rows from `from` to `to` of a batch of `samples`. */
export function backpropagate(
  delta: usize, ldd: usize, outputs: i32, weight: usize, inputs: i32, da: usize, lda: usize, samples: i32, from: i32,
  to: i32, scratch: usize,
): void {
  if (samples >= manySamples) {
    return backpropagateMany(delta, ldd, outputs, weight, inputs, da, lda, from, to, scratch);
  }
  for (let k = 0; k < inputs; k += 4) {
    const column = <usize>k << 2;
    let s = from;
    for (; s + 2 <= to; s += 2) back2(delta + s * ldd, ldd, outputs, weight, inputs, k, da + s * lda + column, lda);
    for (; s < to; s++) back1(delta + s * ldd, ldd, outputs, weight, inputs, k, da + s * lda + column, lda);
  }
}

/** The same by tiles: δ is packed once, and the weights of eight inputs at a time are turned round. */
function backpropagateMany(
  delta: usize, ldd: usize, outputs: i32, weight: usize, inputs: i32, da: usize, lda: usize, from: i32, to: i32,
  scratch: usize,
): void {
  const zeros = scratch;
  for (let i: usize = 0; i < 32; i += 16) v128.store(zeros + i, splat(0));
  const turned = zeros + 32;
  const packed = turned + <usize>outputs * 32;
  const packedRow = <usize>outputs << 2;
  let rows = 0;
  for (let s = from; s < to; s += rows) {
    rows = tileRows(to - s);
    packRows(delta + <usize>s * ldd, ldd, rows, outputs, packed + <usize>(s - from) * packedRow);
  }
  for (let k = 0; k < inputs; k += 8) {
    const bytes = <usize>min(8, inputs - k) << 2;
    turnWeights(weight, inputs, outputs, k, bytes, turned);
    for (let s = from; s < to; s += rows) {
      rows = tileRows(to - s);
      const a = packed + <usize>(s - from) * packedRow;
      const c = da + <usize>s * lda + (<usize>k << 2);
      if (rows == 1) row(a, outputs, turned, bytes, zeros, c);
      else tiles(rows, a, <usize>rows << 2, turned, bytes, outputs, zeros, 0, 1, c, lda, bytes);
    }
  }
}

/** The weights of the inputs from `k` on as a row of `bytes` for each output. */
export function turnWeights(weight: usize, inputs: i32, outputs: i32, k: i32, bytes: usize, out: usize): void {
  for (let n = 0; n < outputs; n += panel) {
    const row = panelRow(n, outputs);
    const w = weight + ((<usize>n * inputs) << 2) + <usize>k * row;
    for (let column: usize = 0; column < row; column += 16) {
      for (let i: usize = 0; i < bytes; i += 16) {
        const source = w + column + (i >> 2) * row;
        const a = v128.load(source);
        const b = v128.load(source + row);
        const c = v128.load(source + 2 * row);
        const d = v128.load(source + 3 * row);
        const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
        const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
        const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        v128.store(out + i, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
        v128.store(out + bytes + i, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
        v128.store(out + 2 * bytes + i, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
        v128.store(out + 3 * bytes + i, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
      }
      out += 4 * bytes;
    }
  }
}

/** The sums of the lanes of four vectors, as one. */
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

function back2(
  delta: usize, ldd: usize, outputs: i32, weight: usize, inputs: i32, k: i32, da: usize, lda: usize,
): void {
  back(2, delta, ldd, outputs, weight, inputs, k, da, lda);
}

function back1(
  delta: usize, ldd: usize, outputs: i32, weight: usize, inputs: i32, k: i32, da: usize, lda: usize,
): void {
  back(1, delta, ldd, outputs, weight, inputs, k, da, lda);
}

/** Inputs k to k + 3 of S samples, a constant: rows of weights times rows of δ, lane by lane, the lanes added up at the end. */
@inline
function back(
  S: i32, delta: usize, ldd: usize, outputs: i32, weight: usize, inputs: i32, k: i32, da: usize, lda: usize,
): void {
  let c00 = splat(0);
  let c01 = c00;
  let c02 = c00;
  let c03 = c00;
  let c10 = c00;
  let c11 = c00;
  let c12 = c00;
  let c13 = c00;
  const delta1 = delta + ldd;
  for (let n = 0; n < outputs; n += panel) {
    const bytes = panelRow(n, outputs);
    const column = <usize>n << 2;
    const w0 = weight + ((<usize>n * inputs) << 2) + <usize>k * bytes;
    const w1 = w0 + bytes;
    const w2 = w1 + bytes;
    const w3 = w2 + bytes;
    const d0 = delta + column;
    const d1 = delta1 + column;
    for (let i: usize = 0; i < bytes; i += 16) {
      const x0 = v128.load(d0 + i);
      const x1 = S > 1 ? v128.load(d1 + i) : x0;
      let w = v128.load(w0 + i);
      c00 = madd(w, x0, c00);
      if (S > 1) c10 = madd(w, x1, c10);
      w = v128.load(w1 + i);
      c01 = madd(w, x0, c01);
      if (S > 1) c11 = madd(w, x1, c11);
      w = v128.load(w2 + i);
      c02 = madd(w, x0, c02);
      if (S > 1) c12 = madd(w, x1, c12);
      w = v128.load(w3 + i);
      c03 = madd(w, x0, c03);
      if (S > 1) c13 = madd(w, x1, c13);
    }
  }
  v128.store(da, sums(c00, c01, c02, c03));
  if (S > 1) v128.store(da + lda, sums(c10, c11, c12, c13));
}

/**
 * The mean of x δᵀ for inputs `from` to `to` (multiples of 4), a block at a time into `out` (0: into scratch),
 * and what `records` say is to be done with each block.
 */
export function weightGradient(
  x: usize, ldx: usize, inputs: i32, delta: usize, ldd: usize, outputs: i32, samples: i32, out: usize,
  records: usize, count: i32, from: i32, to: i32, scratch: usize, step: f64,
): void {
  const scale = <f32>(1 / <f64>samples);
  // A row of zeros to begin from, the block, and a panel of δ.
  const zeros = scratch;
  for (let i: usize = 0; i < <usize>panel << 2; i += 16) v128.store(zeros + i, splat(0));
  const block = zeros + panel * 4;
  const packed = block + 6 * panel * 4;
  for (let n = 0; n < outputs; n += panel) {
    const ldc = panelRow(n, outputs);
    let d = delta + (<usize>n << 2);
    let distance = ldd;
    if (outputs > panel && to - from > 12) {
      packPanel(d, ldd, samples, ldc, packed);
      d = packed;
      distance = ldc;
    }
    let rows = 0;
    for (let k = from; k < to; k += rows) {
      rows = to - k == 8 || to - k < 6 ? 4 : 6;
      const offset = ((<usize>n * inputs) << 2) + <usize>k * ldc;
      const gradient = out == 0 ? block : out + offset;
      const a = x + (<usize>k << 2);
      tiles(rows, a, ldx, d, distance, samples, zeros, 0, scale, gradient, ldc, ldc);
      runRecords(records, count, gradient, offset, <usize>rows * ldc, step);
    }
  }
}

/** The mean of δ for the outputs whose bytes lie from `from` to `to`, and what `records` say is to be done with it. */
export function biasGradient(
  delta: usize, ldd: usize, samples: i32, out: usize, records: usize, count: i32, from: usize, to: usize,
  scratch: usize, step: f64,
): void {
  const scale = splat(<f32>(1 / <f64>samples));
  const gradient = out == 0 ? scratch : out + from;
  for (let i = from; i < to; i += 16) {
    let sum = splat(0);
    let d = delta + i;
    for (let s = 0; s < samples; s++) {
      sum = f32x4.add(sum, v128.load(d));
      d += ldd;
    }
    v128.store(gradient + (i - from), f32x4.mul(sum, scale));
  }
  if (from < to) runRecords(records, count, gradient, from, to - from, step);
}
