// Max- and average-pooling, by samples; images are channels last.
import { splat } from './math';
import * as window from './window';

/** Stores the first `lanes` numbers of a vector, 1 to 4. */
@inline
export function storeLanes(out: usize, x: v128, lanes: i32): void {
  if (lanes >= 4) return v128.store(out, x);
  v128.store_lane<f32>(out, x, 0);
  if (lanes > 1) v128.store_lane<f32>(out, x, 1, 4);
  if (lanes > 2) v128.store_lane<f32>(out, x, 2, 8);
}

/** Where x becomes the largest so far; what is no number is handed on, so that training notices it. */
@inline
function exceeds(x: v128, most: v128): v128 {
  return v128.andnot(f32x4.eq(most, most), f32x4.le(x, most));
}

/** One window's largest numbers, and the number of the pixel they are from, for four channels. */
@inline
function largest(
  z: usize, ldz: usize, row: usize, size: i32, across: i32, out: usize, index: usize, lanes: i32,
): void {
  let most = v128.load(z);
  let best = i32x4.splat(0);
  let code = 0;
  for (let u = 0; u < size; u++) {
    let place = z;
    for (let v = 0; v < across; v++) {
      const x = v128.load(place);
      const above = exceeds(x, most);
      most = v128.bitselect(x, most, above);
      best = v128.bitselect(i32x4.splat(code), best, above);
      place += ldz;
      code++;
    }
    z += row;
  }
  storeLanes(out, most, lanes);
  storeLanes(index, best, lanes);
}

/** The usual window, of two by two: the largest of four pixels in reading order. */
@inline
export function largestOfFour(
  first: v128, second: v128, third: v128, fourth: v128, out: usize, index: usize, lanes: i32,
): void {
  let above = exceeds(second, first);
  let most = v128.bitselect(second, first, above);
  let best = v128.and(above, i32x4.splat(1));
  above = exceeds(third, most);
  most = v128.bitselect(third, most, above);
  best = v128.bitselect(i32x4.splat(2), best, above);
  above = exceeds(fourth, most);
  most = v128.bitselect(fourth, most, above);
  best = v128.bitselect(i32x4.splat(3), best, above);
  storeLanes(out, most, lanes);
  storeLanes(index, best, lanes);
}

/** Max-pooling of one image whose rows have `across` pixels, `ldz` bytes apart: values, and the pixel's number in its window. */
export function poolImage(g: usize, z: usize, across: i32, ldz: usize, out: usize, index: usize): void {
  const outputs = window.outputs(g);
  const size = window.poolHeight(g);
  const wide = window.poolWidth(g);
  const row = <usize>across * ldz;
  for (let r = 0; r < window.poolRows(g); r++) {
    for (let c = 0; c < window.poolColumns(g); c++) {
      let corner = z + <usize>(r * window.poolStrideY(g)) * row + <usize>(c * window.poolStrideX(g)) * ldz;
      for (let o = 0; o < outputs; o += 4) {
        const lanes = min(4, outputs - o);
        if (size == 2 && wide == 2) {
          const below = corner + row;
          largestOfFour(
            v128.load(corner), v128.load(corner + ldz), v128.load(below), v128.load(below + ldz), out, index, lanes,
          );
        } else largest(corner, ldz, row, size, wide, out, index, lanes);
        corner += 16;
        out += <usize>lanes << 2;
        index += <usize>lanes << 2;
      }
    }
  }
}

/** The position row · width + column of each window's largest pixel, as a number. The channels are the outputs. */
export function maxPoolIndex(g: usize, x: usize, ldx: usize, out: usize, ldo: usize, from: i32, to: i32): void {
  const channels = window.channels(g);
  const across = window.width(g);
  for (let s = from; s < to; s++) {
    const image = x + <usize>s * ldx;
    let index = out + <usize>s * ldo;
    for (let r = 0; r < window.rows(g); r++) {
      for (let c = 0; c < window.columns(g); c++) {
        const corner = r * window.strideY(g) * across + c * window.strideX(g);
        for (let o = 0; o < channels; o += 4) {
          storeLanes(index, largestPosition(g, image + (<usize>o << 2), corner), min(4, channels - o));
          index += <usize>min(4, channels - o) << 2;
        }
      }
    }
  }
}

@inline
function largestPosition(g: usize, image: usize, corner: i32): v128 {
  const pixel = <usize>window.channels(g) << 2;
  let most = v128.load(image + <usize>corner * pixel);
  let best = splat(<f32>corner);
  for (let u = 0; u < window.windowHeight(g); u++) {
    for (let v = 0; v < window.windowWidth(g); v++) {
      const position = corner + u * window.width(g) + v;
      const x = v128.load(image + <usize>position * pixel);
      const above = exceeds(x, most);
      most = v128.bitselect(x, most, above);
      best = v128.bitselect(splat(<f32>position), best, above);
    }
  }
  return best;
}

/** z = the pixels that the positions name; `count` numbers of each sample. */
export function maxPool(
  x: usize, ldx: usize, index: usize, ldi: usize, z: usize, ldz: usize, channels: i32, count: i32, from: i32, to: i32,
): void {
  for (let s = from; s < to; s++) {
    for (let i = 0, c = 0; i < count; i++) {
      const at = <usize>i << 2;
      const position = <i32>load<f32>(index + <usize>s * ldi + at);
      const value = load<f32>(x + <usize>s * ldx + (<usize>(position * channels + c) << 2));
      store<f32>(z + <usize>s * ldz + at, value);
      if (++c == channels) c = 0;
    }
  }
}

/** ∂C/∂x, of `width` numbers: δ added to the pixels that the positions name. */
export function maxPoolBackward(
  delta: usize, ldd: usize, index: usize, ldi: usize, dx: usize, ldx: usize, channels: i32, count: i32, width: i32,
  from: i32, to: i32,
): void {
  for (let s = from; s < to; s++) {
    const out = dx + <usize>s * ldx;
    memory.fill(out, 0, <usize>width << 2);
    for (let i = 0, c = 0; i < count; i++) {
      const at = <usize>i << 2;
      const position = <i32>load<f32>(index + <usize>s * ldi + at);
      const pixel = out + (<usize>(position * channels + c) << 2);
      store<f32>(pixel, load<f32>(pixel) + load<f32>(delta + <usize>s * ldd + at));
      if (++c == channels) c = 0;
    }
  }
}

/** The mean of each window. */
export function averagePool(g: usize, x: usize, ldx: usize, z: usize, ldz: usize, from: i32, to: i32): void {
  const channels = window.channels(g);
  const pixel = <usize>channels << 2;
  const share = splat(<f32>(1 / <f64>(window.windowHeight(g) * window.windowWidth(g))));
  for (let s = from; s < to; s++) {
    let out = z + <usize>s * ldz;
    for (let r = 0; r < window.rows(g); r++) {
      for (let c = 0; c < window.columns(g); c++) {
        const corner = r * window.strideY(g) * window.width(g) + c * window.strideX(g);
        for (let o = 0; o < channels; o += 4) {
          const sum = windowSum(g, x + <usize>s * ldx + <usize>corner * pixel + (<usize>o << 2));
          storeLanes(out, f32x4.mul(sum, share), min(4, channels - o));
          out += <usize>min(4, channels - o) << 2;
        }
      }
    }
  }
}

@inline
function windowSum(g: usize, x: usize): v128 {
  const pixel = <usize>window.channels(g) << 2;
  let sum = splat(0);
  for (let u = 0; u < window.windowHeight(g); u++) {
    // Row by row, which rounds less than pixel by pixel.
    let row = splat(0);
    for (let v = 0, at = x; v < window.windowWidth(g); v++, at += pixel) row = f32x4.add(row, v128.load(at));
    sum = f32x4.add(sum, row);
    x += <usize>window.width(g) * pixel;
  }
  return sum;
}

/** ∂C/∂x: each δ in equal shares to the pixels of its window. */
export function averagePoolBackward(
  g: usize, delta: usize, ldd: usize, dx: usize, ldx: usize, from: i32, to: i32,
): void {
  const channels = window.channels(g);
  const pixel = <usize>channels << 2;
  const share = splat(<f32>(1 / <f64>(window.windowHeight(g) * window.windowWidth(g))));
  for (let s = from; s < to; s++) {
    const image = dx + <usize>s * ldx;
    memory.fill(image, 0, <usize>(window.height(g) * window.width(g)) * pixel);
    let d = delta + <usize>s * ldd;
    for (let r = 0; r < window.rows(g); r++) {
      for (let c = 0; c < window.columns(g); c++) {
        const corner = image + <usize>(r * window.strideY(g) * window.width(g) + c * window.strideX(g)) * pixel;
        for (let o = 0; o < channels; o += 4) {
          const lanes = min(4, channels - o);
          spread(g, f32x4.mul(v128.load(d), share), corner + (<usize>o << 2), lanes);
          d += <usize>lanes << 2;
        }
      }
    }
  }
}

@inline
function spread(g: usize, value: v128, x: usize, lanes: i32): void {
  const pixel = <usize>window.channels(g) << 2;
  for (let u = 0; u < window.windowHeight(g); u++) {
    for (let v = 0, at = x; v < window.windowWidth(g); v++, at += pixel) {
      storeLanes(at, f32x4.add(v128.load(at), value), lanes);
    }
    x += <usize>window.width(g) * pixel;
  }
}
