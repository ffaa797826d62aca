// 3 × 3 convolutions before a 2 × 2 max-pooling with 16 instead of 36 multiplications a window: Winograd's F(2 × 2, 3 × 3)
// (Lavin & Gray, 2015), one tile for each window of the pooling. Images, weights and results are transformed on vectors of channels.
import { activate } from './activations';
import { correlate } from './convolution';
import { largestOfFour } from './pooling';
import * as window from './window';

/** Fewer tiles than this are gone through together with the next image's, so that the products' tiles are full. */
const leastTiles: i32 = 72;

/** How many images are transformed at once. */
@inline
function groupOf(g: usize): i32 {
  const tiles = window.poolRows(g) * window.poolColumns(g);
  return (leastTiles + tiles - 1) / tiles;
}

/** As convolutionPooled; channels and outputs are whole vectors, the convolution's stride is 1, the pooling's 2. */
export function convolutionPooledWinograd(
  g: usize, x: usize, ldx: usize, weight: usize, bias: usize, activation: i32, a: usize, lda: usize, index: usize,
  ldi: usize, from: i32, to: i32, scratch: usize,
): void {
  if (from >= to) return;
  const outputs = window.outputs(g);
  const channels = window.channels(g);
  const tiles = window.poolRows(g) * window.poolColumns(g);
  const group = groupOf(g);
  const numbers = scratch + 192;
  const starts = numbers + window.lines(channels);
  const zeros = starts + window.lines(group * tiles);
  const copy = zeros + window.lines(outputs);
  const weights = copy + window.imageBytes(g);
  const weightBytes = window.lines(channels * outputs);
  const images = weights + 16 * weightBytes;
  const imageBytes = window.lines(group * tiles * channels) + 64;
  const results = images + 16 * imageBytes;
  const resultBytes = window.lines(group * tiles * outputs) + 64;
  for (let c = 0; c < channels; c++) store<u32>(numbers + (<usize>c << 2), <u32>c << 2);
  for (let t = 0; t < group * tiles; t++) store<u32>(starts + (<usize>t << 2), <u32>(t * channels) << 2);
  window.clear(zeros, window.lines(outputs));
  transformWeights(g, weight, weights, weightBytes);
  const mapBytes = <usize>(tiles * outputs) << 2;
  for (let s = from; s < to; s += group) {
    const count = min(group, to - s);
    for (let i = 0; i < count; i++) {
      const image = window.padded(g, x + <usize>(s + i) * ldx, copy);
      transformImage(g, image, images + (<usize>(i * tiles * channels) << 2), imageBytes);
    }
    for (let part: usize = 0; part < 16; part++) {
      correlate(
        images + part * imageBytes, starts, count * tiles, numbers, channels, channels, weights + part * weightBytes,
        outputs, zeros, results + part * resultBytes, <usize>outputs << 2, scratch,
      );
    }
    for (let i = 0; i < count; i++) {
      const out = a + <usize>(s + i) * lda;
      poolResults(results + <usize>i * mapBytes, resultBytes, tiles, outputs, bias, out, index + <usize>(s + i) * ldi);
      activate(activation, out, lda, out, lda, tiles * outputs, 1);
    }
  }
}

/** U = G w Gᵀ for every channel and four outputs at a time, each of the 16 parts laid out as weights. */
function transformWeights(g: usize, weight: usize, out: usize, part: usize): void {
  const channels = window.channels(g);
  const outputs = window.outputs(g);
  for (let n = 0; n < outputs; n += 32) {
    const row = <usize>min(32, outputs - n) << 2;
    // Both kinds of weights lie in panels, of 9 times as many rows, and of as many as there are channels.
    let from = weight + ((<usize>(n * 9) * channels) << 2);
    let to = out + ((<usize>n * channels) << 2);
    const apart = <usize>channels * row;
    for (let c = 0; c < channels; c++) {
      for (let i: usize = 0; i < row; i += 16) transformWindow(from + i, apart, to + i, part);
      from += row;
      to += row;
    }
  }
}

/** U = G w Gᵀ of one channel; the window's pixels lie `apart` bytes apart. */
@inline
export function transformWindow(w: usize, apart: usize, out: usize, part: usize): void {
  const row = 3 * apart;
  for (let v: usize = 0; v < 4; v++) {
    // One column of w Gᵀ, then G from the left.
    const a = columnOf(w, apart, v);
    const b = columnOf(w + row, apart, v);
    const c = columnOf(w + 2 * row, apart, v);
    const half = f32x4.splat(0.5);
    const ends = f32x4.mul(f32x4.add(a, c), half);
    const middle = f32x4.mul(b, half);
    const place = out + v * part;
    v128.store(place, a);
    v128.store(place + 4 * part, f32x4.add(ends, middle));
    v128.store(place + 8 * part, f32x4.sub(ends, middle));
    v128.store(place + 12 * part, c);
  }
}

@inline
function columnOf(w: usize, apart: usize, v: usize): v128 {
  if (v == 0) return v128.load(w);
  if (v == 3) return v128.load(w + 2 * apart);
  const half = f32x4.splat(0.5);
  const ends = f32x4.mul(f32x4.add(v128.load(w), v128.load(w + 2 * apart)), half);
  const middle = f32x4.mul(v128.load(w + apart), half);
  return v == 1 ? f32x4.add(ends, middle) : f32x4.sub(ends, middle);
}

/** V = Bᵀ d B for every 4 × 4 pixels under two by two places, four channels at a time. */
function transformImage(g: usize, image: usize, out: usize, part: usize): void {
  const pixel = <usize>window.channels(g) << 2;
  const row = window.rowBytes(g);
  for (let r = 0; r < window.poolRows(g); r++) {
    for (let c = 0; c < window.poolColumns(g); c++) {
      const corner = image + <usize>(2 * r) * row + <usize>(2 * c) * pixel;
      for (let i: usize = 0; i < pixel; i += 16) transformPixels(corner + i, pixel, row, out + i, part);
      out += pixel;
    }
  }
}

@inline
function transformPixels(d: usize, pixel: usize, row: usize, out: usize, part: usize): void {
  // Rows 0 − 2, 1 + 2, 2 − 1, 1 − 3 of the pixels, each then the same way by columns.
  const d1 = d + row;
  const d2 = d1 + row;
  const d3 = d2 + row;
  transformRow(0, d, d2, pixel, out, part);
  transformRow(1, d1, d2, pixel, out + 4 * part, part);
  transformRow(0, d2, d1, pixel, out + 8 * part, part);
  transformRow(0, d1, d3, pixel, out + 12 * part, part);
}

/** One row of Bᵀ d, and times B; `sum` is a constant. */
@inline
function transformRow(sum: i32, x: usize, y: usize, pixel: usize, out: usize, part: usize): void {
  const a = joined(sum, v128.load(x), v128.load(y));
  const b = joined(sum, v128.load(x + pixel), v128.load(y + pixel));
  const c = joined(sum, v128.load(x + 2 * pixel), v128.load(y + 2 * pixel));
  const d = joined(sum, v128.load(x + 3 * pixel), v128.load(y + 3 * pixel));
  v128.store(out, f32x4.sub(a, c));
  v128.store(out + part, f32x4.add(b, c));
  v128.store(out + 2 * part, f32x4.sub(c, b));
  v128.store(out + 3 * part, f32x4.sub(b, d));
}

@inline
function joined(sum: i32, x: v128, y: v128): v128 {
  return sum ? f32x4.add(x, y) : f32x4.sub(x, y);
}

/** Aᵀ M A: the convolution at the four places of each window, of which the largest is taken and the bias added. */
function poolResults(
  m: usize, part: usize, tiles: i32, outputs: i32, bias: usize, out: usize, index: usize,
): void {
  for (let t = 0; t < tiles; t++) {
    for (let o: usize = 0; o < <usize>outputs << 2; o += 16) {
      // Rows 0, 1, 2, 3 of M A, left and right.
      const left0 = leftOf(m + o, part);
      const left1 = leftOf(m + o + 4 * part, part);
      const left2 = leftOf(m + o + 8 * part, part);
      const left3 = leftOf(m + o + 12 * part, part);
      const right0 = rightOf(m + o, part);
      const right1 = rightOf(m + o + 4 * part, part);
      const right2 = rightOf(m + o + 8 * part, part);
      const right3 = rightOf(m + o + 12 * part, part);
      largestOfFour(
        f32x4.add(f32x4.add(left0, left1), left2), f32x4.add(f32x4.add(right0, right1), right2),
        f32x4.sub(f32x4.sub(left1, left2), left3), f32x4.sub(f32x4.sub(right1, right2), right3), out + o, index + o, 4,
      );
      v128.store(out + o, f32x4.add(v128.load(out + o), v128.load(bias + o)));
    }
    const bytes = <usize>outputs << 2;
    m += bytes;
    out += bytes;
    index += bytes;
  }
}

@inline
function leftOf(m: usize, part: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(m), v128.load(m + part)), v128.load(m + 2 * part));
}

@inline
function rightOf(m: usize, part: usize): v128 {
  return f32x4.sub(f32x4.sub(v128.load(m + part), v128.load(m + 2 * part)), v128.load(m + 3 * part));
}
