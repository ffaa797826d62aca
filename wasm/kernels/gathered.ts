// The product that convolutions are made of: rows of A lie anywhere, their numbers at the same offsets from each row's beginning.
// So it runs over images as they are: nothing is copied out of them.
import { madd } from './math';

/**
 * C = init + Σ_t a_r[offset_t] b_t for 6 rows and 8 or 4 columns. `wide` is a constant. V8 has 16 vector registers, of which
 * 6 × 8 takes 15.
 */
@inline
function tile(
  wide: bool, a0: usize, a1: usize, a2: usize, a3: usize, a4: usize, a5: usize, offsets: usize, count: i32, b: usize,
  ldb: usize, init: usize, c: usize, ldc: usize,
): void {
  let c00 = v128.load(init);
  let c01 = wide ? v128.load(init, 16) : c00;
  let c10 = c00;
  let c11 = c01;
  let c20 = c00;
  let c21 = c01;
  let c30 = c00;
  let c31 = c01;
  let c40 = c00;
  let c41 = c01;
  let c50 = c00;
  let c51 = c01;
  for (const stop = offsets + (<usize>count << 2); offsets < stop; offsets += 4) {
    const offset = <usize>load<u32>(offsets);
    const b0 = v128.load(b);
    const b1 = wide ? v128.load(b, 16) : b0;
    b += ldb;
    let x = v128.load32_splat(a0 + offset);
    c00 = madd(x, b0, c00);
    if (wide) c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1 + offset);
    c10 = madd(x, b0, c10);
    if (wide) c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2 + offset);
    c20 = madd(x, b0, c20);
    if (wide) c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3 + offset);
    c30 = madd(x, b0, c30);
    if (wide) c31 = madd(x, b1, c31);
    x = v128.load32_splat(a4 + offset);
    c40 = madd(x, b0, c40);
    if (wide) c41 = madd(x, b1, c41);
    x = v128.load32_splat(a5 + offset);
    c50 = madd(x, b0, c50);
    if (wide) c51 = madd(x, b1, c51);
  }
  v128.store(c, c00);
  if (wide) v128.store(c, c01, 16);
  c += ldc;
  v128.store(c, c10);
  if (wide) v128.store(c, c11, 16);
  c += ldc;
  v128.store(c, c20);
  if (wide) v128.store(c, c21, 16);
  c += ldc;
  v128.store(c, c30);
  if (wide) v128.store(c, c31, 16);
  c += ldc;
  v128.store(c, c40);
  if (wide) v128.store(c, c41, 16);
  c += ldc;
  v128.store(c, c50);
  if (wide) v128.store(c, c51, 16);
}

export function gathered6x8(
  a0: usize, a1: usize, a2: usize, a3: usize, a4: usize, a5: usize, offsets: usize, count: i32, b: usize, ldb: usize,
  init: usize, c: usize, ldc: usize,
): void {
  tile(true, a0, a1, a2, a3, a4, a5, offsets, count, b, ldb, init, c, ldc);
}

export function gathered6x4(
  a0: usize, a1: usize, a2: usize, a3: usize, a4: usize, a5: usize, offsets: usize, count: i32, b: usize, ldb: usize,
  init: usize, c: usize, ldc: usize,
): void {
  tile(false, a0, a1, a2, a3, a4, a5, offsets, count, b, ldb, init, c, ldc);
}

/** Rows of a tile. */
export const tileRows = 6;

/** A tile of at most 6 rows, which begin at `base` plus the offsets in `starts`; the last is taken again for those missing. */
@inline
export function gatheredTile(
  wide: bool, base: usize, starts: usize, rows: i32, offsets: usize, count: i32, b: usize, ldb: usize, init: usize,
  c: usize, ldc: usize,
): void {
  const last = rows - 1;
  const a0 = base + <usize>load<u32>(starts);
  const a1 = base + <usize>load<u32>(starts + (<usize>min(1, last) << 2));
  const a2 = base + <usize>load<u32>(starts + (<usize>min(2, last) << 2));
  const a3 = base + <usize>load<u32>(starts + (<usize>min(3, last) << 2));
  const a4 = base + <usize>load<u32>(starts + (<usize>min(4, last) << 2));
  const a5 = base + <usize>load<u32>(starts + (<usize>min(5, last) << 2));
  if (wide) gathered6x8(a0, a1, a2, a3, a4, a5, offsets, count, b, ldb, init, c, ldc);
  else gathered6x4(a0, a1, a2, a3, a4, a5, offsets, count, b, ldb, init, c, ldc);
}
