// The first layer of sparse inputs under plain SGD with an L2 penalty, its weights held as W = s V: what the penalty takes from every
// weight at every step is taken from s alone, and a step touches only the rows of inputs that occur.
// 784-100-10 in batches of 10: 100 → 41 µs a step.
import { splat, sumOfLanes } from './math';
import { weightedRow } from './sparse';

const panel = 32;

// A panel's record: s, and Σ v² over the panel, for the penalty. Each panel has its own, so that its thread asks nobody for it.
const recordBytes: usize = 16;

/** Below this V takes s in, lest it grow without bounds; and where a step takes more than all of W away. */
const leastScale: f64 = 1.0 / 1048576;

@inline
function recordOf(scales: usize, n: i32): usize {
  return scales + <usize>(n / panel) * recordBytes;
}

/** z = s x V + b for the rows from `from` to `to`; lists as in sparse.ts. */
export function affineScaled(
  lists: usize, distance: usize, stops: usize, inputs: i32, weight: usize, outputs: i32, bias: usize,
  z: usize, ldz: usize, scales: usize, from: i32, to: i32,
): void {
  for (let n = 0; n < outputs; n += panel) {
    const bytes = <usize>min(panel, outputs - n) << 2;
    const v = weight + ((<usize>n * inputs) << 2);
    const column = <usize>n << 2;
    const scale = <f32>load<f64>(recordOf(scales, n));
    for (let s = from; s < to; s++) {
      const entry = lists + <usize>s * distance;
      const stop = <usize>load<u32>(stops + (<usize>s << 2));
      const out = z + <usize>s * ldz + column;
      weightedRow(entry, stop, v, bytes, 0, scale, out);
      for (let i: usize = 0; i < bytes; i += 16) {
        v128.store(out + i, f32x4.add(v128.load(out + i), v128.load(bias + column + i)));
      }
    }
  }
}

/**
 * w⁺ = (1 − η c) w − η/m Σ_s x δᵀ: s⁺ = (1 − η c) s, and v⁺ = v − η/(m s⁺) Σ_s x δᵀ in the rows of inputs that occur; for the panels
 * from `from` to `to`.
 */
export function weightStepScaled(
  lists: usize, distance: usize, stops: usize, inputs: i32, weight: usize, outputs: i32, delta: usize, ldd: usize,
  samples: i32, rate: f64, penalty: f64, scales: usize, from: i32, to: i32,
): void {
  for (let n = from * panel; n < min(to * panel, outputs); n += panel) {
    const bytes = <usize>min(panel, outputs - n) << 2;
    const v = weight + ((<usize>n * inputs) << 2);
    const record = recordOf(scales, n);
    let scale = load<f64>(record) * (1 - rate * penalty);
    let squares = load<f64>(record, 8);
    // Written so that NaN is taken in as well.
    if (!(scale >= leastScale)) {
      squares = takeIn(v, <usize>inputs * bytes, <f32>scale);
      scale = 1;
    }
    const step = splat(<f32>(-rate / (<f64>samples * scale)));
    for (let s = 0; s < samples; s++) {
      const entry = lists + <usize>s * distance;
      const stop = <usize>load<u32>(stops + (<usize>s << 2));
      const d = delta + <usize>s * ldd + (<usize>n << 2);
      squares += bytes == 128 ? addTo32(entry, stop, v, d, step) : addTo(entry, stop, v, bytes, d, step);
    }
    store<f64>(record, scale);
    store<f64>(record, squares, 8);
  }
}

/** v ← s v, and Σ v² of what comes of it. */
function takeIn(v: usize, bytes: usize, scale: f32): f64 {
  let squares: f64 = 0;
  // Stretches of 256 numbers are added up in float32, and the stretches in float64.
  for (let start: usize = 0; start < bytes; start += 1024) {
    const stop = min(start + 1024, bytes);
    let part = splat(0);
    for (let i = start; i < stop; i += 16) {
      const x = f32x4.mul(v128.load(v + i), splat(scale));
      v128.store(v + i, x);
      part = f32x4.add(part, f32x4.mul(x, x));
    }
    squares += sumOfLanes(part);
  }
  return squares;
}

/** Adds x d to one vector of v, and v⁺² − v² to `change`. */
@inline
function step(v: usize, x: v128, d: v128, change: v128): v128 {
  const old = v128.load(v);
  const next = f32x4.add(old, f32x4.mul(x, d));
  v128.store(v, next);
  return f32x4.add(change, f32x4.mul(f32x4.sub(next, old), f32x4.add(next, old)));
}

/** v⁺ = v + x d in the rows of a list; gives what Σ v² grows by. */
function addTo32(entry: usize, stop: usize, v: usize, d: usize, scale: v128): f64 {
  const d0 = f32x4.mul(scale, v128.load(d));
  const d1 = f32x4.mul(scale, v128.load(d, 16));
  const d2 = f32x4.mul(scale, v128.load(d, 32));
  const d3 = f32x4.mul(scale, v128.load(d, 48));
  const d4 = f32x4.mul(scale, v128.load(d, 64));
  const d5 = f32x4.mul(scale, v128.load(d, 80));
  const d6 = f32x4.mul(scale, v128.load(d, 96));
  const d7 = f32x4.mul(scale, v128.load(d, 112));
  let change = splat(0);
  for (; entry < stop; entry += 8) {
    const p = v + (<usize>load<u32>(entry) << 7);
    const x = v128.load32_splat(entry, 4);
    change = step(p, x, d0, change);
    change = step(p + 16, x, d1, change);
    change = step(p + 32, x, d2, change);
    change = step(p + 48, x, d3, change);
    change = step(p + 64, x, d4, change);
    change = step(p + 80, x, d5, change);
    change = step(p + 96, x, d6, change);
    change = step(p + 112, x, d7, change);
  }
  return <f64>sumOfLanes(change);
}

function addTo(entry: usize, stop: usize, v: usize, bytes: usize, d: usize, scale: v128): f64 {
  let change = splat(0);
  for (let column: usize = 0; column < bytes; column += 16) {
    const move = f32x4.mul(scale, v128.load(d + column));
    for (let e = entry; e < stop; e += 8) {
      change = step(v + column + <usize>load<u32>(e) * bytes, v128.load32_splat(e, 4), move, change);
    }
  }
  return <f64>sumOfLanes(change);
}

/** Σ w² = s² Σ v², over all panels. */
export function squaresOfScaled(scales: usize, panels: i32): f64 {
  let total: f64 = 0;
  for (; panels > 0; panels--) {
    const scale = load<f64>(scales);
    total += scale * scale * load<f64>(scales, 8);
    scales += recordBytes;
  }
  return total;
}
