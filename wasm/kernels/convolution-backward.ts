// Convolutions backward, by dense δ: the error of the images by samples, the gradient of the weights by rows of weights.
import { splat } from './math';
import { gatheredTile, tileRows } from './gathered';
import * as window from './window';

const panel = 32;
const blockBytes: usize = 192;

/**
 * The weights of one row of the window, from number `first` of it on, packed for the way back: for each output `vectors` vectors,
 * `distance` bytes from output to output. Beyond the window's row there are zeros.
 */
export function packBack(
  g: usize, weight: usize, windowRow: i32, first: i32, vectors: i32, distance: usize, out: usize,
): void {
  const run = window.windowWidth(g) * window.channels(g);
  const outputs = window.outputs(g);
  const columns = (outputs + 3) & ~3;
  const rows = (window.terms(g) + 3) & ~3;
  for (let i = 0; i < vectors << 2; i++) {
    const inside = first + i < run;
    const k = windowRow * run + first + i;
    for (let n = 0; n < outputs; n += panel) {
      const ldb = <usize>min(panel, columns - n) << 2;
      let from = weight + ((<usize>n * rows) << 2) + <usize>k * ldb;
      let place = out + <usize>n * distance + (<usize>i << 2);
      for (let o = n; o < min(n + panel, outputs); o++) {
        store<f32>(place, inside ? load<f32>(from) : 0);
        from += 4;
        place += distance;
      }
    }
  }
}

/** ∂C/∂x for the images from `from` to `to`: every place's δ through the weights to the pixels under its window. */
export function convolutionBackward(
  g: usize, delta: usize, ldd: usize, weight: usize, dx: usize, ldx: usize, from: i32, to: i32, scratch: usize,
): void {
  if (from >= to) return;
  const outputs = window.outputs(g);
  const count = window.rows(g) * window.columns(g);
  const run = window.windowWidth(g) * window.channels(g);
  const pieces = (run + 7) >> 3;
  const zeros = scratch + blockBytes;
  const numbers = zeros + 64;
  const starts = numbers + window.lines(outputs);
  const places = starts + window.lines(count);
  const image = places + window.lines(count);
  const packed = image + window.imageBytes(g);
  window.clear(zeros, 32);
  for (let o = 0; o < outputs; o++) store<u32>(numbers + (<usize>o << 2), <u32>o << 2);
  for (let q = 0; q < count; q++) store<u32>(starts + (<usize>q << 2), <u32>(q * outputs) << 2);
  window.placeOffsets(g, window.rows(g), window.columns(g), places);
  for (let u = 0; u < window.windowHeight(g); u++) {
    for (let piece = 0; piece < pieces; piece++) {
      packBack(g, weight, u, piece << 3, 2, 32, packed + ((<usize>(u * pieces + piece) * outputs) << 5));
    }
  }
  for (let s = from; s < to; s++) {
    window.clear(image, window.imageBytes(g));
    const d = delta + <usize>s * ldd;
    for (let u = 0; u < window.windowHeight(g); u++) {
      for (let piece = 0; piece < pieces; piece++) {
        const b = packed + ((<usize>(u * pieces + piece) * outputs) << 5);
        const corner = image + <usize>u * window.rowBytes(g) + (<usize>piece << 5);
        const wide = run - (piece << 3) > 4;
        for (let q = 0; q < count; q += tileRows) {
          const left = min(tileRows, count - q);
          const at = <usize>q << 2;
          if (wide) gatheredTile(true, d, starts + at, left, numbers, outputs, b, 32, zeros, scratch, 32);
          else gatheredTile(false, d, starts + at, left, numbers, outputs, b, 32, zeros, scratch, 32);
          scatter(scratch, left, wide, corner, places + at);
        }
      }
    }
    window.unpadded(g, image, dx + <usize>s * ldx);
  }
}

/** Adds a tile's rows to the pixels where their windows lie. */
@inline
function scatter(block: usize, rows: i32, wide: bool, corner: usize, places: usize): void {
  for (let r = 0; r < rows; r++) {
    const pixel = corner + <usize>load<u32>(places);
    v128.store(pixel, f32x4.add(v128.load(pixel), v128.load(block)));
    if (wide) v128.store(pixel, f32x4.add(v128.load(pixel, 16), v128.load(block, 16)), 16);
    places += 4;
    block += 32;
  }
}

/**
 * The mean over `samples` samples of Σ δ x for weights `from` to `to` of the window, into `gradient`, which lies as the weights do.
 * Every number is added up sample by sample by one thread.
 */
export function convolutionWeightGradient(
  g: usize, delta: usize, ldd: usize, x: usize, ldx: usize, samples: i32, gradient: usize, from: i32, to: i32,
  scratch: usize,
): void {
  if (from >= to) return;
  const outputs = window.outputs(g);
  const columns = (outputs + 3) & ~3;
  const count = window.rows(g) * window.columns(g);
  const terms = window.terms(g);
  const rows = (terms + 3) & ~3;
  const zeros = scratch + blockBytes;
  const offsets = zeros + 64;
  const places = offsets + window.lines(terms);
  const copy = places + window.lines(count);
  window.clear(zeros, 32);
  window.windowOffsets(g, offsets);
  window.placeOffsets(g, window.rows(g), window.columns(g), places);
  for (let n = 0; n < columns; n += panel) {
    const ldc = <usize>min(panel, columns - n) << 2;
    window.clear(gradient + ((<usize>n * rows) << 2) + <usize>from * ldc, <usize>(to - from) * ldc);
  }
  for (let s = 0; s < samples; s++) {
    const image = window.padded(g, x + <usize>s * ldx, copy);
    const d = delta + <usize>s * ldd;
    for (let n = 0; n < columns; n += 8) {
      const first = n & ~(panel - 1);
      const ldc = <usize>min(panel, columns - first) << 2;
      const out = gradient + ((<usize>first * rows) << 2) + (<usize>(n - first) << 2);
      const wide = columns - n > 4;
      const b = d + (<usize>n << 2);
      for (let k = from; k < to; k += tileRows) {
        const left = min(tileRows, to - k);
        const starts = offsets + (<usize>k << 2);
        const ldb = <usize>outputs << 2;
        if (wide) gatheredTile(true, image, starts, left, places, count, b, ldb, zeros, scratch, 32);
        else gatheredTile(false, image, starts, left, places, count, b, ldb, zeros, scratch, 32);
        addRows(scratch, left, wide, out + <usize>k * ldc, ldc);
      }
    }
  }
  for (let n = 0; n < columns; n += panel) {
    const ldc = <usize>min(panel, columns - n) << 2;
    const out = gradient + ((<usize>n * rows) << 2) + <usize>from * ldc;
    scaleRows(out, to - from, ldc, min(panel, outputs - n), <f32>(1 / <f64>samples));
  }
}

function addRows(block: usize, rows: i32, wide: bool, out: usize, ldo: usize): void {
  for (; rows > 0; rows--) {
    v128.store(out, f32x4.add(v128.load(out), v128.load(block)));
    if (wide) v128.store(out, f32x4.add(v128.load(out, 16), v128.load(block, 16)), 16);
    block += 32;
    out += ldo;
  }
}

/** Rows of `bytes` bytes times `scale`, their numbers from `width` on 0. */
function scaleRows(x: usize, rows: i32, bytes: usize, width: i32, scale: f32): void {
  for (; rows > 0; rows--) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const inside = i32x4.gt_s(i32x4.splat(width - <i32>(i >> 2)), i32x4(0, 1, 2, 3));
      v128.store(x + i, v128.and(f32x4.mul(v128.load(x + i), splat(scale)), inside));
    }
    x += bytes;
  }
}
