// Tiles of a matrix product, and packing for them. A tile's numbers stay in registers while it is added up.
import { madd, splat } from './math';

/**
 * C = (init + Σ_k a_k b_k) · scale for a tile of R rows and 8 or 4 columns. A's R numbers for each k lie together, `lda` bytes
 * from k to k, and so do B's columns. R and `wide` are constants, and what they exclude is never compiled: V8 has 16 vector
 * registers, of which 6 × 8 takes 15.
 */
@inline
function tile(
  R: i32, wide: bool, a: usize, lda: usize, b: usize, ldb: usize, count: i32, init: usize, ldi: usize, scale: f32,
  c: usize, ldc: usize,
): void {
  let c00 = v128.load(init);
  let c01 = wide ? v128.load(init, 16) : c00;
  init += ldi;
  let c10 = v128.load(init);
  let c11 = wide ? v128.load(init, 16) : c00;
  init += ldi;
  let c20 = v128.load(init);
  let c21 = wide ? v128.load(init, 16) : c00;
  init += ldi;
  let c30 = v128.load(init);
  let c31 = wide ? v128.load(init, 16) : c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  if (R == 6) {
    init += ldi;
    c40 = v128.load(init);
    if (wide) c41 = v128.load(init, 16);
    init += ldi;
    c50 = v128.load(init);
    if (wide) c51 = v128.load(init, 16);
  }
  for (; count > 0; count--) {
    const b0 = v128.load(b);
    const b1 = wide ? v128.load(b, 16) : b0;
    let x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    if (wide) c01 = madd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = madd(x, b0, c10);
    if (wide) c11 = madd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = madd(x, b0, c20);
    if (wide) c21 = madd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = madd(x, b0, c30);
    if (wide) c31 = madd(x, b1, c31);
    if (R == 6) {
      x = v128.load32_splat(a, 16);
      c40 = madd(x, b0, c40);
      if (wide) c41 = madd(x, b1, c41);
      x = v128.load32_splat(a, 20);
      c50 = madd(x, b0, c50);
      if (wide) c51 = madd(x, b1, c51);
    }
    a += lda;
    b += ldb;
  }
  const factor = splat(scale);
  v128.store(c, f32x4.mul(c00, factor));
  if (wide) v128.store(c, f32x4.mul(c01, factor), 16);
  c += ldc;
  v128.store(c, f32x4.mul(c10, factor));
  if (wide) v128.store(c, f32x4.mul(c11, factor), 16);
  c += ldc;
  v128.store(c, f32x4.mul(c20, factor));
  if (wide) v128.store(c, f32x4.mul(c21, factor), 16);
  c += ldc;
  v128.store(c, f32x4.mul(c30, factor));
  if (wide) v128.store(c, f32x4.mul(c31, factor), 16);
  if (R == 6) {
    c += ldc;
    v128.store(c, f32x4.mul(c40, factor));
    if (wide) v128.store(c, f32x4.mul(c41, factor), 16);
    c += ldc;
    v128.store(c, f32x4.mul(c50, factor));
    if (wide) v128.store(c, f32x4.mul(c51, factor), 16);
  }
}

/** One row of at most 32 columns, as many accumulators as it takes. */
@inline
function rowOf(vectors: i32, a: usize, count: i32, b: usize, ldb: usize, init: usize, c: usize): void {
  let c0 = v128.load(init);
  let c1 = vectors > 1 ? v128.load(init, 16) : c0;
  let c2 = vectors > 2 ? v128.load(init, 32) : c0;
  let c3 = vectors > 2 ? v128.load(init, 48) : c0;
  let c4 = vectors > 4 ? v128.load(init, 64) : c0;
  let c5 = vectors > 4 ? v128.load(init, 80) : c0;
  let c6 = vectors > 4 ? v128.load(init, 96) : c0;
  let c7 = vectors > 4 ? v128.load(init, 112) : c0;
  for (const stop = a + (<usize>count << 2); a < stop; a += 4) {
    const x = v128.load32_splat(a);
    c0 = madd(x, v128.load(b), c0);
    if (vectors > 1) c1 = madd(x, v128.load(b, 16), c1);
    if (vectors > 2) {
      c2 = madd(x, v128.load(b, 32), c2);
      c3 = madd(x, v128.load(b, 48), c3);
    }
    if (vectors > 4) {
      c4 = madd(x, v128.load(b, 64), c4);
      c5 = madd(x, v128.load(b, 80), c5);
      c6 = madd(x, v128.load(b, 96), c6);
      c7 = madd(x, v128.load(b, 112), c7);
    }
    b += ldb;
  }
  v128.store(c, c0);
  if (vectors > 1) v128.store(c, c1, 16);
  if (vectors > 2) {
    v128.store(c, c2, 32);
    v128.store(c, c3, 48);
  }
  if (vectors > 4) {
    v128.store(c, c4, 64);
    v128.store(c, c5, 80);
    v128.store(c, c6, 96);
    v128.store(c, c7, 112);
  }
}

function row32(a: usize, count: i32, b: usize, init: usize, c: usize): void {
  rowOf(8, a, count, b, 128, init, c);
}

/** One row of a panel's columns. */
export function row(a: usize, count: i32, b: usize, ldb: usize, init: usize, c: usize): void {
  if (ldb == 128) return row32(a, count, b, init, c);
  let column: usize = 0;
  for (; column + 64 <= ldb; column += 64) rowOf(4, a, count, b + column, ldb, init + column, c + column);
  for (; column + 32 <= ldb; column += 32) rowOf(2, a, count, b + column, ldb, init + column, c + column);
  if (column < ldb) rowOf(1, a, count, b + column, ldb, init + column, c + column);
}

function tile6x8(
  a: usize, lda: usize, b: usize, ldb: usize, count: i32, init: usize, ldi: usize, scale: f32, c: usize, ldc: usize,
): void {
  tile(6, true, a, lda, b, ldb, count, init, ldi, scale, c, ldc);
}

function tile4x8(
  a: usize, lda: usize, b: usize, ldb: usize, count: i32, init: usize, ldi: usize, scale: f32, c: usize, ldc: usize,
): void {
  tile(4, true, a, lda, b, ldb, count, init, ldi, scale, c, ldc);
}

function tile6x4(
  a: usize, lda: usize, b: usize, ldb: usize, count: i32, init: usize, ldi: usize, scale: f32, c: usize, ldc: usize,
): void {
  tile(6, false, a, lda, b, ldb, count, init, ldi, scale, c, ldc);
}

function tile4x4(
  a: usize, lda: usize, b: usize, ldb: usize, count: i32, init: usize, ldi: usize, scale: f32, c: usize, ldc: usize,
): void {
  tile(4, false, a, lda, b, ldb, count, init, ldi, scale, c, ldc);
}

/** Tiles of 6 or 4 rows side by side over a panel's `bytes` of columns. */
export function tiles(
  rows: i32, a: usize, lda: usize, b: usize, ldb: usize, count: i32, init: usize, ldi: usize, scale: f32, c: usize,
  ldc: usize, bytes: usize,
): void {
  let column: usize = 0;
  for (; column + 32 <= bytes; column += 32) {
    if (rows == 6) tile6x8(a, lda, b + column, ldb, count, init + column, ldi, scale, c + column, ldc);
    else tile4x8(a, lda, b + column, ldb, count, init + column, ldi, scale, c + column, ldc);
  }
  if (column < bytes) {
    if (rows == 6) tile6x4(a, lda, b + column, ldb, count, init + column, ldi, scale, c + column, ldc);
    else tile4x4(a, lda, b + column, ldb, count, init + column, ldi, scale, c + column, ldc);
  }
}

/** `rows` rows of `count` numbers turned into `count` groups of `rows`. */
export function packRows(x: usize, ldx: usize, rows: i32, count: i32, out: usize): void {
  const group = <usize>rows << 2;
  for (let r = 0; r < rows; r++) {
    let place = out + (<usize>r << 2);
    for (let a = x, stop = x + (<usize>count << 2); a < stop; a += 4) {
      store<f32>(place, load<f32>(a));
      place += group;
    }
    x += ldx;
  }
}

/** Rows of the next tile: 6 while that leaves no 1 to 3 that a 4 could have taken, then 4, then single ones. */
@inline
export function tileRows(left: i32): i32 {
  if (left == 8 || left == 4 || left == 5) return 4;
  return left >= 6 ? 6 : 1;
}

/** Copies the columns of one panel of every row close together: rows far apart share a few sets of the cache. */
export function packPanel(x: usize, ldx: usize, samples: i32, bytes: usize, out: usize): void {
  for (; samples > 0; samples--) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, v128.load(x + i));
    x += ldx;
    out += bytes;
  }
}
