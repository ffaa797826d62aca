// Winograd's F(2 × 2, 3 × 3) before a 2 × 2 max-pooling for images of few channels, as a first layer's are: a window's 16 products are
// formed, transformed back and pooled in registers, four outputs at a time. W6's first convolution: 1.3 → 0.9 ms.
import { activate } from './activations';
import { madd } from './math';
import { largestOfFour } from './pooling';
import * as window from './window';
import { transformWindow } from './winograd';

/** Bytes of the 16 numbers of a transformed tile, and of 16 vectors of weights. */
const tileBytes: usize = 64;
const partBytes: usize = 256;

/** As convolutionPooled, for a stride of 1 and a pooling of 2 × 2 side by side; the outputs are whole vectors. */
export function convolutionPooledFew(
  g: usize, x: usize, ldx: usize, weight: usize, bias: usize, activation: i32, a: usize, lda: usize, index: usize,
  ldi: usize, from: i32, to: i32, scratch: usize,
): void {
  if (from >= to) return;
  const outputs = window.outputs(g);
  const channels = window.channels(g);
  const tile = scratch;
  const weights = tile + <usize>channels * tileBytes;
  const copy = weights + <usize>((outputs >> 2) * channels) * partBytes;
  const width = <usize>outputs << 2;
  const pixel = <usize>channels << 2;
  const row = window.rowBytes(g);
  transformWeights(g, weight, weights);
  for (let s = from; s < to; s++) {
    const image = window.padded(g, x + <usize>s * ldx, copy);
    let out = a + <usize>s * lda;
    let largest = index + <usize>s * ldi;
    for (let r = 0; r < window.poolRows(g); r++) {
      for (let c = 0; c < window.poolColumns(g); c++) {
        const corner = image + <usize>(2 * r) * row + <usize>(2 * c) * pixel;
        for (let i = 0; i < channels; i++) {
          transformTile(corner + (<usize>i << 2), pixel, row, tile + <usize>i * tileBytes);
        }
        if (channels == 1) windows1(tile, weights, bias, width, out, largest);
        else windows(channels, tile, weights, bias, width, out, largest);
        out += width;
        largest += width;
      }
    }
    const begin = a + <usize>s * lda;
    activate(activation, begin, lda, begin, lda, window.poolRows(g) * window.poolColumns(g) * outputs, 1);
  }
}

/** U = G w Gᵀ: for four outputs after the other, for each channel, the 16 parts. */
function transformWeights(g: usize, weight: usize, out: usize): void {
  const channels = window.channels(g);
  const outputs = window.outputs(g);
  const rows = (9 * channels + 3) & ~3;
  for (let n = 0; n < outputs; n += 4) {
    const first = n & ~31;
    const row = <usize>min(32, outputs - first) << 2;
    const column = weight + ((<usize>first * rows) << 2) + (<usize>(n - first) << 2);
    for (let c = 0; c < channels; c++) {
      transformWindow(column + <usize>c * row, <usize>channels * row, out, 16);
      out += partBytes;
    }
  }
}

/** Four pixels of a row, `pixel` bytes apart. */
@inline
function pixels(d: usize, pixel: usize): v128 {
  if (pixel == 4) return v128.load(d);
  const ends = v128.load32_lane(d + pixel, v128.load32_zero(d), 1);
  return v128.load32_lane(d + 3 * pixel, v128.load32_lane(d + 2 * pixel, ends, 2), 3);
}

/** V = Bᵀ d B for 4 × 4 pixels of one channel. */
function transformTile(d: usize, pixel: usize, row: usize, out: usize): void {
  const row0 = pixels(d, pixel);
  const row1 = pixels(d + row, pixel);
  const row2 = pixels(d + 2 * row, pixel);
  const row3 = pixels(d + 3 * row, pixel);
  v128.store(out, transformedRow(f32x4.sub(row0, row2)));
  v128.store(out, transformedRow(f32x4.add(row1, row2)), 16);
  v128.store(out, transformedRow(f32x4.sub(row2, row1)), 32);
  v128.store(out, transformedRow(f32x4.sub(row1, row3)), 48);
}

/** a − c, b + c, c − b, b − d of a row a, b, c, d. */
@inline
function transformedRow(x: v128): v128 {
  const signs = i32x4(0x80000000, 0, 0x80000000, 0x80000000);
  const subtracted = v128.shuffle<f32>(x, x, 2, 2, 1, 3);
  return f32x4.add(v128.shuffle<f32>(x, x, 0, 1, 2, 1), v128.xor(subtracted, signs));
}

/** The first of four parts of U ⊙ V, added up over the channels. Each has a function, because offsets have to be constants. */
@inline
function first(tile: usize, u: usize, channels: i32): v128 {
  let sum = f32x4.mul(v128.load32_splat(tile), v128.load(u));
  if (channels > 1) {
    for (let c = 1; c < channels; c++) {
      const from = tile + <usize>c * tileBytes;
      sum = madd(v128.load32_splat(from), v128.load(u + <usize>c * partBytes), sum);
    }
  }
  return sum;
}

/** The second of four parts of U ⊙ V, added up over the channels. Each has a function, because offsets have to be constants. */
@inline
function second(tile: usize, u: usize, channels: i32): v128 {
  let sum = f32x4.mul(v128.load32_splat(tile, 4), v128.load(u, 16));
  if (channels > 1) {
    for (let c = 1; c < channels; c++) {
      const from = tile + <usize>c * tileBytes;
      sum = madd(v128.load32_splat(from, 4), v128.load(u + <usize>c * partBytes, 16), sum);
    }
  }
  return sum;
}

/** The third of four parts of U ⊙ V, added up over the channels. Each has a function, because offsets have to be constants. */
@inline
function third(tile: usize, u: usize, channels: i32): v128 {
  let sum = f32x4.mul(v128.load32_splat(tile, 8), v128.load(u, 32));
  if (channels > 1) {
    for (let c = 1; c < channels; c++) {
      const from = tile + <usize>c * tileBytes;
      sum = madd(v128.load32_splat(from, 8), v128.load(u + <usize>c * partBytes, 32), sum);
    }
  }
  return sum;
}

/** The fourth of four parts of U ⊙ V, added up over the channels. Each has a function, because offsets have to be constants. */
@inline
function fourth(tile: usize, u: usize, channels: i32): v128 {
  let sum = f32x4.mul(v128.load32_splat(tile, 12), v128.load(u, 48));
  if (channels > 1) {
    for (let c = 1; c < channels; c++) {
      const from = tile + <usize>c * tileBytes;
      sum = madd(v128.load32_splat(from, 12), v128.load(u + <usize>c * partBytes, 48), sum);
    }
  }
  return sum;
}

function windows1(tile: usize, u: usize, bias: usize, width: usize, out: usize, index: usize): void {
  for (let o: usize = 0; o < width; o += 16) {
    windowOf(1, tile, u, bias + o, out + o, index + o);
    u += partBytes;
  }
}

function windows(channels: i32, tile: usize, u: usize, bias: usize, width: usize, out: usize, index: usize): void {
  for (let o: usize = 0; o < width; o += 16) {
    windowOf(channels, tile, u, bias + o, out + o, index + o);
    u += <usize>channels * partBytes;
  }
}

/** Aᵀ (U ⊙ V) A for four outputs, of which the largest is kept, and the bias added. */
@inline
function windowOf(channels: i32, tile: usize, u: usize, bias: usize, out: usize, index: usize): void {
  let a = first(tile, u, channels);
  let b = second(tile, u, channels);
  let c = third(tile, u, channels);
  let d = fourth(tile, u, channels);
  let topLeft = f32x4.add(f32x4.add(a, b), c);
  let topRight = f32x4.sub(f32x4.sub(b, c), d);
  a = first(tile + 16, u + 64, channels);
  b = second(tile + 16, u + 64, channels);
  c = third(tile + 16, u + 64, channels);
  d = fourth(tile + 16, u + 64, channels);
  let bottomLeft = f32x4.add(f32x4.add(a, b), c);
  let bottomRight = f32x4.sub(f32x4.sub(b, c), d);
  topLeft = f32x4.add(topLeft, bottomLeft);
  topRight = f32x4.add(topRight, bottomRight);
  a = first(tile + 32, u + 128, channels);
  b = second(tile + 32, u + 128, channels);
  c = third(tile + 32, u + 128, channels);
  d = fourth(tile + 32, u + 128, channels);
  const left = f32x4.add(f32x4.add(a, b), c);
  const right = f32x4.sub(f32x4.sub(b, c), d);
  topLeft = f32x4.add(topLeft, left);
  topRight = f32x4.add(topRight, right);
  bottomLeft = f32x4.sub(bottomLeft, left);
  bottomRight = f32x4.sub(bottomRight, right);
  a = first(tile + 48, u + 192, channels);
  b = second(tile + 48, u + 192, channels);
  c = third(tile + 48, u + 192, channels);
  d = fourth(tile + 48, u + 192, channels);
  bottomLeft = f32x4.sub(bottomLeft, f32x4.add(f32x4.add(a, b), c));
  bottomRight = f32x4.sub(bottomRight, f32x4.sub(f32x4.sub(b, c), d));
  largestOfFour(topLeft, topRight, bottomLeft, bottomRight, out, index, 4);
  v128.store(out, f32x4.add(v128.load(out), v128.load(bias)));
}
