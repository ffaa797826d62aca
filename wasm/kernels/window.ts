// How a convolution's window lies over images, as the lowering describes it in an instruction, and images with their padding.
// Images are held channels last, [height][width][channels] without gaps, so that a window's row is one stretch of numbers.
import { splat } from './math';

// A geometry's words. The window of a pooling follows where one is taken in.
@inline export function height(g: usize): i32 { return load<i32>(g); }
@inline export function width(g: usize): i32 { return load<i32>(g, 4); }
@inline export function channels(g: usize): i32 { return load<i32>(g, 8); }
@inline export function outputs(g: usize): i32 { return load<i32>(g, 12); }
@inline export function windowHeight(g: usize): i32 { return load<i32>(g, 16); }
@inline export function windowWidth(g: usize): i32 { return load<i32>(g, 20); }
@inline export function strideY(g: usize): i32 { return load<i32>(g, 24); }
@inline export function strideX(g: usize): i32 { return load<i32>(g, 28); }
@inline export function top(g: usize): i32 { return load<i32>(g, 32); }
@inline export function left(g: usize): i32 { return load<i32>(g, 36); }
@inline export function paddedHeight(g: usize): i32 { return load<i32>(g, 40); }
@inline export function paddedWidth(g: usize): i32 { return load<i32>(g, 44); }
@inline export function rows(g: usize): i32 { return load<i32>(g, 48); }
@inline export function columns(g: usize): i32 { return load<i32>(g, 52); }

// The pooling's.
@inline export function poolHeight(g: usize): i32 { return load<i32>(g, 56); }
@inline export function poolWidth(g: usize): i32 { return load<i32>(g, 60); }
@inline export function poolStrideY(g: usize): i32 { return load<i32>(g, 64); }
@inline export function poolStrideX(g: usize): i32 { return load<i32>(g, 68); }
@inline export function poolRows(g: usize): i32 { return load<i32>(g, 72); }
@inline export function poolColumns(g: usize): i32 { return load<i32>(g, 76); }

/** Numbers that a weight's output is added up from: window height × window width × channels. */
@inline
export function terms(g: usize): i32 {
  return windowHeight(g) * windowWidth(g) * channels(g);
}

/** Bytes of one row of the padded image. */
@inline
export function rowBytes(g: usize): usize {
  return <usize>(paddedWidth(g) * channels(g)) << 2;
}

/** Bytes of the padded image, with room for a vector that begins at its last number, in whole lines of the cache. */
@inline
export function imageBytes(g: usize): usize {
  return ((rowBytes(g) * <usize>paddedHeight(g) + 16 + 63) / 64) * 64;
}

/** Whether the image lies in memory as the windows see it. */
@inline
export function isPadded(g: usize): bool {
  return paddedHeight(g) != height(g) || paddedWidth(g) != width(g);
}

/** Bytes of a count of numbers, in whole lines of the cache. */
@inline
export function lines(count: i32): usize {
  return ((<usize>count * 4 + 63) / 64) * 64;
}

/** Where each number of a window lies from its first, in the order of the weights: row, column, channel. */
export function windowOffsets(g: usize, out: usize): void {
  const run = windowWidth(g) * channels(g);
  for (let u = 0; u < windowHeight(g); u++) {
    for (let i = 0; i < run; i++) {
      store<u32>(out, <u32>(<usize>u * rowBytes(g)) + (<u32>i << 2));
      out += 4;
    }
  }
}

/** Where the window at each of `down` × `across` places begins, from the image's first number. */
export function placeOffsets(g: usize, down: i32, across: i32, out: usize): void {
  const step = <u32>(strideX(g) * channels(g)) << 2;
  for (let r = 0; r < down; r++) {
    let offset = <u32>(<usize>(r * strideY(g)) * rowBytes(g));
    for (let c = 0; c < across; c++) {
      store<u32>(out, offset);
      out += 4;
      offset += step;
    }
  }
}

@inline
export function clear(out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, splat(0));
}

/** An image as the windows see it: itself, or a copy in `copy` with zeros around it. */
export function padded(g: usize, x: usize, copy: usize): usize {
  if (!isPadded(g)) return x;
  clear(copy, imageBytes(g));
  const bytes = <usize>(width(g) * channels(g)) << 2;
  let out = copy + <usize>top(g) * rowBytes(g) + (<usize>(left(g) * channels(g)) << 2);
  for (let y = 0; y < height(g); y++) {
    memory.copy(out, x, bytes);
    out += rowBytes(g);
    x += bytes;
  }
  return copy;
}

/** The image inside a padded one. */
export function unpadded(g: usize, copy: usize, x: usize): void {
  const bytes = <usize>(width(g) * channels(g)) << 2;
  let from = copy + <usize>top(g) * rowBytes(g) + (<usize>(left(g) * channels(g)) << 2);
  for (let y = 0; y < height(g); y++) {
    memory.copy(x, from, bytes);
    from += rowBytes(g);
    x += bytes;
  }
}
