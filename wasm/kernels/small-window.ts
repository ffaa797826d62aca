// The gradient of a convolution's weights behind a max-pooling, for windows so small that their sums stay in registers: a first layer's.
// Every place is added, δ zero or not: listing those that are not would take longer. W6's first convolution: 0.9 → 0.5 ms.
import { madd } from './math';

/** Where the window of a place's largest pixel lies from the window of its first. */
@inline
function offsetOf(index: usize, codes: usize): usize {
  return <usize>load<u32>(codes + (<usize>load<u32>(index) << 2));
}

/** Adds one image's places to the sums of four outputs, for windows of three rows of one vector. */
function addFour3x1(
  delta: usize, index: usize, pixel: usize, codes: usize, bases: usize, stop: usize, image: usize, row: usize,
  sums: usize, sumBytes: usize,
): void {
  const sums1 = sums + sumBytes;
  const sums2 = sums1 + sumBytes;
  const sums3 = sums2 + sumBytes;
  let a0 = v128.load(sums);
  let a1 = v128.load(sums, 16);
  let a2 = v128.load(sums, 32);
  let b0 = v128.load(sums1);
  let b1 = v128.load(sums1, 16);
  let b2 = v128.load(sums1, 32);
  let c0 = v128.load(sums2);
  let c1 = v128.load(sums2, 16);
  let c2 = v128.load(sums2, 32);
  let d0 = v128.load(sums3);
  let d1 = v128.load(sums3, 16);
  let d2 = v128.load(sums3, 32);
  for (; bases < stop; bases += 4) {
    const window = image + <usize>load<u32>(bases);
    let place = window + offsetOf(index, codes);
    let d = v128.load32_splat(delta);
    a0 = madd(d, v128.load(place), a0);
    place += row;
    a1 = madd(d, v128.load(place), a1);
    a2 = madd(d, v128.load(place + row), a2);
    place = window + offsetOf(index + 4, codes);
    d = v128.load32_splat(delta, 4);
    b0 = madd(d, v128.load(place), b0);
    place += row;
    b1 = madd(d, v128.load(place), b1);
    b2 = madd(d, v128.load(place + row), b2);
    place = window + offsetOf(index + 8, codes);
    d = v128.load32_splat(delta, 8);
    c0 = madd(d, v128.load(place), c0);
    place += row;
    c1 = madd(d, v128.load(place), c1);
    c2 = madd(d, v128.load(place + row), c2);
    place = window + offsetOf(index + 12, codes);
    d = v128.load32_splat(delta, 12);
    d0 = madd(d, v128.load(place), d0);
    place += row;
    d1 = madd(d, v128.load(place), d1);
    d2 = madd(d, v128.load(place + row), d2);
    delta += pixel;
    index += pixel;
  }
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums1, b0);
  v128.store(sums1, b1, 16);
  v128.store(sums1, b2, 32);
  v128.store(sums2, c0);
  v128.store(sums2, c1, 16);
  v128.store(sums2, c2, 32);
  v128.store(sums3, d0);
  v128.store(sums3, d1, 16);
  v128.store(sums3, d2, 32);
}

/** The same for one output, of 3 or 5 rows of one or two vectors; `rows` and `vectors` are constants. */
@inline
function addOne(
  rows: i32, vectors: i32, delta: usize, index: usize, pixel: usize, codes: usize, bases: usize, stop: usize,
  image: usize, row: usize, sums: usize,
): void {
  const two = vectors == 2;
  const step: usize = two ? 32 : 16;
  let at = sums;
  let a0 = v128.load(at);
  let a1 = two ? v128.load(at, 16) : a0;
  at += step;
  let b0 = v128.load(at);
  let b1 = two ? v128.load(at, 16) : a0;
  at += step;
  let c0 = v128.load(at);
  let c1 = two ? v128.load(at, 16) : a0;
  let d0 = a0;
  let d1 = a0;
  let e0 = a0;
  let e1 = a0;
  if (rows == 5) {
    at += step;
    d0 = v128.load(at);
    if (two) d1 = v128.load(at, 16);
    at += step;
    e0 = v128.load(at);
    if (two) e1 = v128.load(at, 16);
  }
  for (; bases < stop; bases += 4) {
    let place = image + <usize>load<u32>(bases) + offsetOf(index, codes);
    const d = v128.load32_splat(delta);
    a0 = madd(d, v128.load(place), a0);
    if (two) a1 = madd(d, v128.load(place, 16), a1);
    place += row;
    b0 = madd(d, v128.load(place), b0);
    if (two) b1 = madd(d, v128.load(place, 16), b1);
    place += row;
    c0 = madd(d, v128.load(place), c0);
    if (two) c1 = madd(d, v128.load(place, 16), c1);
    if (rows == 5) {
      place += row;
      d0 = madd(d, v128.load(place), d0);
      if (two) d1 = madd(d, v128.load(place, 16), d1);
      place += row;
      e0 = madd(d, v128.load(place), e0);
      if (two) e1 = madd(d, v128.load(place, 16), e1);
    }
    delta += pixel;
    index += pixel;
  }
  at = sums;
  v128.store(at, a0);
  if (two) v128.store(at, a1, 16);
  at += step;
  v128.store(at, b0);
  if (two) v128.store(at, b1, 16);
  at += step;
  v128.store(at, c0);
  if (two) v128.store(at, c1, 16);
  if (rows == 5) {
    at += step;
    v128.store(at, d0);
    if (two) v128.store(at, d1, 16);
    at += step;
    v128.store(at, e0);
    if (two) v128.store(at, e1, 16);
  }
}

function addOne3x1(
  delta: usize, index: usize, pixel: usize, codes: usize, bases: usize, stop: usize, image: usize, row: usize, sums: usize,
): void {
  addOne(3, 1, delta, index, pixel, codes, bases, stop, image, row, sums);
}

function addOne5x2(
  delta: usize, index: usize, pixel: usize, codes: usize, bases: usize, stop: usize, image: usize, row: usize, sums: usize,
): void {
  addOne(5, 2, delta, index, pixel, codes, bases, stop, image, row, sums);
}

/** Whether there is a kernel for windows of so many rows of so many vectors. */
@inline
export function isSmall(rows: i32, vectors: i32): bool {
  return (rows == 3 && vectors == 1) || (rows == 5 && vectors == 2);
}

/**
 * Adds δ x at one image's places to the sums of the outputs from `from` to `to`, `sumBytes` bytes apart. δ and index are the first
 * output's at the first place, `pixel` bytes from place to place; where the places begin lies from `bases` to `stop`.
 */
export function addImage(
  rows: i32, delta: usize, index: usize, pixel: usize, codes: usize, bases: usize, stop: usize, image: usize, row: usize,
  sums: usize, sumBytes: usize, outputs: i32,
): void {
  for (; rows == 3 && outputs >= 4; outputs -= 4) {
    addFour3x1(delta, index, pixel, codes, bases, stop, image, row, sums, sumBytes);
    delta += 16;
    index += 16;
    sums += 4 * sumBytes;
  }
  for (; outputs > 0; outputs--) {
    if (rows == 3) addOne3x1(delta, index, pixel, codes, bases, stop, image, row, sums);
    else addOne5x2(delta, index, pixel, codes, bases, stop, image, row, sums);
    delta += 4;
    index += 4;
    sums += sumBytes;
  }
}
