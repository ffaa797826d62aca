// Convolutions backward behind a max-pooling. At most one δ of a window is not 0: lists of those that are not, written without a
// branch, take the place of the images of δ, of which most would be zeros.
import { madd, splat } from './math';
import { packBack } from './convolution-backward';
import { addImage, isSmall } from './small-window';
import * as window from './window';

const panel = 32;

/** Most vectors that are added up at once: with as many operands they are what V8 has registers for. */
const most = 8;

/** Bytes of images to go through output by output: they stay in the nearest cache. */
const groupBytes: i32 = 32768;

/** Vectors that a row of the window fills. */
@inline
function vectorsOf(g: usize): i32 {
  return (window.windowWidth(g) * window.channels(g) + 3) >> 2;
}

/**
 * out += Σ value · b over a list of (offset of b, value), for `vectors` vectors in a row.
 * `vectors` is a constant.
 */
@inline
function addListed(vectors: i32, list: usize, end: usize, b: usize, out: usize): void {
  let c0 = v128.load(out);
  let c1 = vectors > 1 ? v128.load(out, 16) : c0;
  let c2 = vectors > 2 ? v128.load(out, 32) : c0;
  let c3 = vectors > 3 ? v128.load(out, 48) : c0;
  let c4 = vectors > 4 ? v128.load(out, 64) : c0;
  let c5 = vectors > 5 ? v128.load(out, 80) : c0;
  let c6 = vectors > 6 ? v128.load(out, 96) : c0;
  let c7 = vectors > 7 ? v128.load(out, 112) : c0;
  for (; list < end; list += 8) {
    const from = b + <usize>load<u32>(list);
    const x = v128.load32_splat(list, 4);
    c0 = madd(x, v128.load(from), c0);
    if (vectors > 1) c1 = madd(x, v128.load(from, 16), c1);
    if (vectors > 2) c2 = madd(x, v128.load(from, 32), c2);
    if (vectors > 3) c3 = madd(x, v128.load(from, 48), c3);
    if (vectors > 4) c4 = madd(x, v128.load(from, 64), c4);
    if (vectors > 5) c5 = madd(x, v128.load(from, 80), c5);
    if (vectors > 6) c6 = madd(x, v128.load(from, 96), c6);
    if (vectors > 7) c7 = madd(x, v128.load(from, 112), c7);
  }
  v128.store(out, c0);
  if (vectors > 1) v128.store(out, c1, 16);
  if (vectors > 2) v128.store(out, c2, 32);
  if (vectors > 3) v128.store(out, c3, 48);
  if (vectors > 4) v128.store(out, c4, 64);
  if (vectors > 5) v128.store(out, c5, 80);
  if (vectors > 6) v128.store(out, c6, 96);
  if (vectors > 7) v128.store(out, c7, 112);
}

function add1(list: usize, end: usize, b: usize, out: usize): void { addListed(1, list, end, b, out); }
function add2(list: usize, end: usize, b: usize, out: usize): void { addListed(2, list, end, b, out); }
function add3(list: usize, end: usize, b: usize, out: usize): void { addListed(3, list, end, b, out); }
function add4(list: usize, end: usize, b: usize, out: usize): void { addListed(4, list, end, b, out); }
function add6(list: usize, end: usize, b: usize, out: usize): void { addListed(6, list, end, b, out); }
function add8(list: usize, end: usize, b: usize, out: usize): void { addListed(8, list, end, b, out); }

@inline
function add(vectors: i32, list: usize, end: usize, b: usize, out: usize): void {
  if (vectors == 8) return add8(list, end, b, out);
  switch (vectors) {
    case 1: return add1(list, end, b, out);
    case 2: return add2(list, end, b, out);
    case 3: return add3(list, end, b, out);
    case 4: return add4(list, end, b, out);
    case 5: add4(list, end, b, out); return add1(list, end, b + 64, out + 64);
    case 6: return add6(list, end, b, out);
    default: add6(list, end, b, out); return add1(list, end, b + 96, out + 96);
  }
}

/** The pixel of each number of a pooling's window, as its offset from the window's first in the padded image. */
function codeOffsets(g: usize, out: usize): void {
  window.placeOffsets(g, window.poolHeight(g), window.poolWidth(g), out);
}

/** ∂C/∂x for the images from `from` to `to`; δ and the largest pixels' numbers lie by windows of the pooling. */
export function convolutionBackwardPooled(
  g: usize, delta: usize, ldd: usize, index: usize, ldi: usize, weight: usize, dx: usize, ldx: usize, from: i32,
  to: i32, scratch: usize,
): void {
  if (from >= to) return;
  const outputs = window.outputs(g);
  const area = window.poolHeight(g) * window.poolWidth(g);
  const vectors = vectorsOf(g);
  const lists = window.poolColumns(g) * area;
  const codes = scratch;
  const ends = codes + window.lines(area);
  const entries = ends + window.lines(lists);
  const image = entries + <usize>(lists * outputs) * 8;
  const packed = image + window.imageBytes(g);
  codeOffsets(g, codes);
  packPieces(g, weight, packed);
  const step = <usize>(window.poolStrideX(g) * window.strideX(g) * window.channels(g)) << 2;
  for (let s = from; s < to; s++) {
    window.clear(image, window.imageBytes(g));
    for (let r = 0; r < window.poolRows(g); r++) {
      const first = <usize>(r * window.poolColumns(g) * outputs) << 2;
      listByPixels(g, delta + <usize>s * ldd + first, index + <usize>s * ldi + first, ends, entries);
      const corner = image + <usize>(r * window.poolStrideY(g) * window.strideY(g)) * window.rowBytes(g);
      let b = packed;
      for (let u = 0; u < window.windowHeight(g); u++) {
        for (let v = 0; v < vectors; v += most) {
          const out = corner + <usize>u * window.rowBytes(g) + (<usize>v << 4);
          const taken = min(most, vectors - v);
          addLists(taken, window.poolColumns(g), area, <usize>outputs << 3, ends, entries, b, out, step, codes);
          b += <usize>outputs << 7;
        }
      }
    }
    window.unpadded(g, image, dx + <usize>s * ldx);
  }
}

/** The weights by pieces of 8 vectors of the window's rows, each output's 128 bytes: its number becomes its offset by a shift. */
function packPieces(g: usize, weight: usize, out: usize): void {
  const vectors = vectorsOf(g);
  for (let u = 0; u < window.windowHeight(g); u++) {
    for (let v = 0; v < vectors; v += most) {
      packBack(g, weight, u, v << 2, min(most, vectors - v), 128, out);
      out += <usize>window.outputs(g) << 7;
    }
  }
}

/** One row of the pooling's windows: for each pixel the outputs whose largest it is, with their δ. */
function listByPixels(g: usize, delta: usize, index: usize, ends: usize, entries: usize): void {
  const outputs = window.outputs(g);
  const area = window.poolHeight(g) * window.poolWidth(g);
  const listBytes = <usize>outputs << 3;
  for (let c = 0; c < window.poolColumns(g); c++) {
    for (let i = 0; i < area; i++) {
      store<u32>(ends + (<usize>i << 2), <u32>entries);
      entries += listBytes;
    }
    for (let o: u32 = 0; o < <u32>outputs; o++) {
      const place = ends + (<usize>load<u32>(index) << 2);
      const end = <usize>load<u32>(place);
      const d = load<f32>(delta);
      store<u32>(end, o << 7);
      store<f32>(end, d, 4);
      store<u32>(place, <u32>end + (<u32>(d != 0) << 3));
      delta += 4;
      index += 4;
    }
    ends += <usize>area << 2;
  }
}

function addLists(
  vectors: i32, across: i32, area: i32, listBytes: usize, ends: usize, entries: usize, b: usize, out: usize,
  step: usize, codes: usize,
): void {
  for (let c = 0; c < across; c++) {
    for (let i = 0; i < area; i++) {
      const end = <usize>load<u32>(ends);
      if (end != entries) add(vectors, entries, end, b, out + <usize>load<u32>(codes + (<usize>i << 2)));
      ends += 4;
      entries += listBytes;
    }
    out += step;
  }
}

/**
 * The mean over `samples` samples of Σ δ x for the outputs from `from` to `to`, into `gradient`, which lies as the weights do.
 * Every number is added up by one thread, some images at a time.
 */
export function convolutionWeightGradientPooled(
  g: usize, delta: usize, ldd: usize, index: usize, ldi: usize, x: usize, ldx: usize, samples: i32, gradient: usize,
  from: i32, to: i32, scratch: usize,
): void {
  if (from >= to) return;
  const area = window.poolHeight(g) * window.poolWidth(g);
  const perRow = vectorsOf(g);
  const sumBytes = <usize>(window.windowHeight(g) * perRow) << 4;
  const group = groupOf(g);
  const windows = window.poolRows(g) * window.poolColumns(g);
  const pixel = <usize>window.outputs(g) << 2;
  const codes = scratch;
  const bases = codes + window.lines(area);
  const entries = bases + window.lines(windows);
  const sums = entries + <usize>(group * windows) * 8;
  const copies = sums + sumBytes * <usize>window.outputs(g);
  codeOffsets(g, codes);
  poolOffsets(g, bases);
  window.clear(sums, sumBytes * <usize>(to - from));
  for (let first = 0; first < samples; first += group) {
    const count = min(group, samples - first);
    const images = x + <usize>first * ldx;
    if (window.isPadded(g)) {
      for (let s = 0; s < count; s++) {
        window.padded(g, images + <usize>s * ldx, copies + <usize>s * window.imageBytes(g));
      }
    }
    const base = window.isPadded(g) ? copies : images;
    const distance = window.isPadded(g) ? window.imageBytes(g) : ldx;
    if (isSmall(window.windowHeight(g), perRow)) {
      const at = <usize>from << 2;
      for (let s = first; s < first + count; s++) {
        addImage(
          window.windowHeight(g), delta + <usize>s * ldd + at, index + <usize>s * ldi + at, pixel, codes, bases,
          bases + (<usize>windows << 2), base + <usize>(s - first) * distance, window.rowBytes(g), sums, sumBytes,
          to - from,
        );
      }
      continue;
    }
    for (let o = from; o < to; o++) {
      const at = <usize>o << 2;
      const end = listByOutput(
        g, delta + <usize>first * ldd + at, ldd, index + <usize>first * ldi + at, ldi, distance, count, codes, bases,
        entries,
      );
      const sum = sums + <usize>(o - from) * sumBytes;
      for (let u = 0; u < window.windowHeight(g); u++) {
        addRun(perRow, entries, end, base + <usize>u * window.rowBytes(g), sum + (<usize>(u * perRow) << 4));
      }
    }
  }
  for (let o = from; o < to; o++) {
    writeGradient(g, sums + <usize>(o - from) * sumBytes, o, <f32>(1 / <f64>samples), gradient);
  }
}

/** How many images are gone through at once. */
@inline
function groupOf(g: usize): i32 {
  return max(1, groupBytes / <i32>window.imageBytes(g));
}

/** Where the window of each of the pooling's places begins in the padded image. */
function poolOffsets(g: usize, out: usize): void {
  const step = <u32>(window.poolStrideX(g) * window.strideX(g) * window.channels(g)) << 2;
  for (let r = 0; r < window.poolRows(g); r++) {
    let offset = <u32>(<usize>(r * window.poolStrideY(g) * window.strideY(g)) * window.rowBytes(g));
    for (let c = 0; c < window.poolColumns(g); c++) {
      store<u32>(out, offset);
      out += 4;
      offset += step;
    }
  }
}

/** One output's δ that are not 0, each with where the window of its place begins; gives the list's end. */
function listByOutput(
  g: usize, delta: usize, ldd: usize, index: usize, ldi: usize, distance: usize, count: i32, codes: usize,
  bases: usize, entries: usize,
): usize {
  const pixel = <usize>window.outputs(g) << 2;
  const stop = bases + (<usize>(window.poolRows(g) * window.poolColumns(g)) << 2);
  let image: usize = 0;
  for (let s = 0; s < count; s++) {
    let d = delta + <usize>s * ldd;
    let i = index + <usize>s * ldi;
    for (let place = bases; place < stop; place += 4) {
      const value = load<f32>(d);
      const within = load<u32>(place) + load<u32>(codes + (<usize>load<u32>(i) << 2));
      store<u32>(entries, <u32>image + within);
      store<f32>(entries, value, 4);
      entries += <usize>(value != 0) << 3;
      d += pixel;
      i += pixel;
    }
    image += distance;
  }
  return entries;
}

/** A whole row of the window, by as many vectors at once as there can be. */
@inline
function addRun(vectors: i32, list: usize, end: usize, b: usize, out: usize): void {
  for (; vectors > 0; vectors -= most) {
    add(min(vectors, most), list, end, b, out);
    b += most * 16;
    out += most * 16;
  }
}

/** One output's sums, made means, to where the weights' order wants them. */
function writeGradient(g: usize, sums: usize, output: i32, scale: f32, gradient: usize): void {
  const run = window.windowWidth(g) * window.channels(g);
  const columns = (window.outputs(g) + 3) & ~3;
  const rows = (window.terms(g) + 3) & ~3;
  const first = output & ~(panel - 1);
  const ldc = <usize>min(panel, columns - first) << 2;
  let out = gradient + ((<usize>first * rows) << 2) + (<usize>(output - first) << 2);
  for (let u = 0; u < window.windowHeight(g); u++) {
    for (let i = 0; i < run; i++) {
      store<f32>(out, load<f32>(sums + (<usize>i << 2)) * scale);
      out += ldc;
    }
    sums += <usize>vectorsOf(g) << 4;
  }
}
