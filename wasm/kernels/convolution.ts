// Convolutions forward, by samples. Weights lie as a dense layer's: [window row, window column, channel] × outputs, in panels
// of 32 outputs. Where a max-pooling follows and nobody looks at what lies between, it is done on each image before the activation.
import { activate } from './activations';
import { gatheredTile, tileRows } from './gathered';
import { poolImage } from './pooling';
import * as window from './window';

/** Outputs in a panel of weights. */
const panel = 32;

/** Bytes of a tile's results. */
const blockBytes: usize = 192;

/** Z = W ⋆ x + b at `count` places of one image; `ldz` is a multiple of a vector. */
export function correlate(
  image: usize, places: usize, count: i32, offsets: usize, terms: i32, rows: i32, weight: usize, outputs: i32,
  bias: usize, z: usize, ldz: usize, block: usize,
): void {
  for (let n = 0; n < outputs; n += 8) {
    const first = n & ~(panel - 1);
    const ldb = <usize>min(panel, outputs - first) << 2;
    const b = weight + ((<usize>first * rows) << 2) + (<usize>(n - first) << 2);
    const wide = outputs - n > 4;
    const column = <usize>n << 2;
    let at = places;
    let c = z + column;
    for (let q = 0; q < count; q += tileRows) {
      const left = min(tileRows, count - q);
      const out = left == tileRows ? c : block;
      const ldc = left == tileRows ? ldz : 32;
      if (wide) gatheredTile(true, image, at, left, offsets, terms, b, ldb, bias + column, out, ldc);
      else gatheredTile(false, image, at, left, offsets, terms, b, ldb, bias + column, out, ldc);
      if (left < tileRows) copyRows(block, 32, left, wide ? 32 : 16, c, ldz);
      at += tileRows * 4;
      c += tileRows * ldz;
    }
  }
}

function copyRows(from: usize, ldf: usize, rows: i32, bytes: usize, to: usize, ldt: usize): void {
  for (; rows > 0; rows--) {
    memory.copy(to, from, bytes);
    from += ldf;
    to += ldt;
  }
}

/** a = f(W ⋆ x + b) for the images from `from` to `to`. */
export function convolution(
  g: usize, x: usize, ldx: usize, weight: usize, bias: usize, activation: i32, a: usize, lda: usize, from: i32,
  to: i32, scratch: usize,
): void {
  const outputs = window.outputs(g);
  const columns = (outputs + 3) & ~3;
  const terms = window.terms(g);
  const count = window.rows(g) * window.columns(g);
  const offsets = scratch + blockBytes;
  const places = offsets + window.lines(terms);
  const copy = places + window.lines(count);
  const apart = copy + window.imageBytes(g);
  window.windowOffsets(g, offsets);
  window.placeOffsets(g, window.rows(g), window.columns(g), places);
  const rows = (terms + 3) & ~3;
  const ldz = <usize>columns << 2;
  for (let s = from; s < to; s++) {
    const image = window.padded(g, x + <usize>s * ldx, copy);
    const out = a + <usize>s * lda;
    // Whole vectors would run over into the next place's numbers.
    const z = columns == outputs ? out : apart;
    correlate(image, places, count, offsets, terms, rows, weight, columns, bias, z, ldz, scratch);
    if (columns != outputs) copyRows(apart, ldz, count, <usize>outputs << 2, out, <usize>outputs << 2);
    activate(activation, out, lda, out, lda, count * outputs, 1);
  }
}

/**
 * a = f(max-pooling of W ⋆ x + b) for the images from `from` to `to`, f monotonic; `index` gets each largest pixel's number in its
 * window. Rows and columns that no window of the pooling reads are not computed.
 */
export function convolutionPooled(
  g: usize, x: usize, ldx: usize, weight: usize, bias: usize, activation: i32, a: usize, lda: usize, index: usize,
  ldi: usize, from: i32, to: i32, scratch: usize,
): void {
  const outputs = window.outputs(g);
  const columns = (outputs + 3) & ~3;
  const terms = window.terms(g);
  const down = (window.poolRows(g) - 1) * window.poolStrideY(g) + window.poolHeight(g);
  const across = (window.poolColumns(g) - 1) * window.poolStrideX(g) + window.poolWidth(g);
  const count = down * across;
  const offsets = scratch + blockBytes;
  const places = offsets + window.lines(terms);
  const copy = places + window.lines(count);
  const z = copy + window.imageBytes(g);
  window.windowOffsets(g, offsets);
  window.placeOffsets(g, down, across, places);
  const rows = (terms + 3) & ~3;
  const ldz = <usize>columns << 2;
  for (let s = from; s < to; s++) {
    const image = window.padded(g, x + <usize>s * ldx, copy);
    correlate(image, places, count, offsets, terms, rows, weight, columns, bias, z, ldz, scratch);
    const out = a + <usize>s * lda;
    poolImage(g, z, across, ldz, out, index + <usize>s * ldi);
    activate(activation, out, lda, out, lda, window.poolRows(g) * window.poolColumns(g) * outputs, 1);
  }
}
