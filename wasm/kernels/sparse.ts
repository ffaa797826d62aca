// Dense layers whose input is mostly zero: a batch's inputs are lists of the others, one list a sample.
// An entry is the number of the input and its value.
import { madd, splat } from './math';
import { packPanel } from './tiles';
import { runRecords } from './updates';

const panel = 32;

/** init + Σ over the entries of value · W[index, 0 … 4·vectors − 1]. */
@inline
function weighted(
  vectors: i32, entry: usize, stop: usize, w: usize, row: usize, init: usize, scale: f32, out: usize,
): void {
  let c0 = init == 0 ? splat(0) : v128.load(init);
  let c1 = init == 0 || vectors < 2 ? splat(0) : v128.load(init, 16);
  let c2 = init == 0 || vectors < 4 ? splat(0) : v128.load(init, 32);
  let c3 = init == 0 || vectors < 4 ? splat(0) : v128.load(init, 48);
  let c4 = init == 0 || vectors < 8 ? splat(0) : v128.load(init, 64);
  let c5 = init == 0 || vectors < 8 ? splat(0) : v128.load(init, 80);
  let c6 = init == 0 || vectors < 8 ? splat(0) : v128.load(init, 96);
  let c7 = init == 0 || vectors < 8 ? splat(0) : v128.load(init, 112);
  for (; entry < stop; entry += 8) {
    const p = w + <usize>load<u32>(entry) * row;
    const x = v128.load32_splat(entry, 4);
    c0 = madd(x, v128.load(p), c0);
    if (vectors >= 2) c1 = madd(x, v128.load(p, 16), c1);
    if (vectors >= 4) {
      c2 = madd(x, v128.load(p, 32), c2);
      c3 = madd(x, v128.load(p, 48), c3);
    }
    if (vectors >= 8) {
      c4 = madd(x, v128.load(p, 64), c4);
      c5 = madd(x, v128.load(p, 80), c5);
      c6 = madd(x, v128.load(p, 96), c6);
      c7 = madd(x, v128.load(p, 112), c7);
    }
  }
  const factor = splat(scale);
  v128.store(out, f32x4.mul(c0, factor));
  if (vectors >= 2) v128.store(out, f32x4.mul(c1, factor), 16);
  if (vectors >= 4) {
    v128.store(out, f32x4.mul(c2, factor), 32);
    v128.store(out, f32x4.mul(c3, factor), 48);
  }
  if (vectors >= 8) {
    v128.store(out, f32x4.mul(c4, factor), 64);
    v128.store(out, f32x4.mul(c5, factor), 80);
    v128.store(out, f32x4.mul(c6, factor), 96);
    v128.store(out, f32x4.mul(c7, factor), 112);
  }
}

function weighted32(entry: usize, stop: usize, w: usize, init: usize, scale: f32, out: usize): void {
  weighted(8, entry, stop, w, 128, init, scale, out);
}

/** As {@link weighted}, for a row of `bytes` bytes. */
export function weightedRow(entry: usize, stop: usize, w: usize, bytes: usize, init: usize, scale: f32, out: usize): void {
  if (bytes == 128) return weighted32(entry, stop, w, init, scale, out);
  let column: usize = 0;
  for (; column + 64 <= bytes; column += 64) {
    weighted(4, entry, stop, w + column, bytes, init == 0 ? 0 : init + column, scale, out + column);
  }
  for (; column + 32 <= bytes; column += 32) {
    weighted(2, entry, stop, w + column, bytes, init == 0 ? 0 : init + column, scale, out + column);
  }
  if (column < bytes) weighted(1, entry, stop, w + column, bytes, init == 0 ? 0 : init + column, scale, out + column);
}

/** z = x W + b for the rows from `from` to `to`. List s begins at `lists` + s · `distance` and ends at `stops`[s]. */
export function affineSparse(
  lists: usize, distance: usize, stops: usize, inputs: i32, weight: usize, outputs: i32, bias: usize,
  z: usize, ldz: usize, from: i32, to: i32,
): void {
  for (let n = 0; n < outputs; n += panel) {
    const bytes = <usize>min(panel, outputs - n) << 2;
    const w = weight + ((<usize>n * inputs) << 2);
    const column = <usize>n << 2;
    for (let s = from; s < to; s++) {
      const entry = lists + <usize>s * distance;
      const stop = <usize>load<u32>(stops + (<usize>s << 2));
      weightedRow(entry, stop, w, bytes, bias + column, 1, z + <usize>s * ldz + column);
    }
  }
}

/** w⁺ = w − η/m Σ_s x δᵀ, in place, in the rows of inputs that occur; for the panels from `from` to `to`. */
export function weightStepSparse(
  lists: usize, distance: usize, stops: usize, inputs: i32, weight: usize, outputs: i32, delta: usize, ldd: usize,
  samples: i32, rate: f32, from: i32, to: i32,
): void {
  const scale = splat(<f32>(-<f64>rate / <f64>samples));
  for (let n = from * panel; n < min(to * panel, outputs); n += panel) {
    const bytes = <usize>min(panel, outputs - n) << 2;
    const w = weight + ((<usize>n * inputs) << 2);
    for (let s = 0; s < samples; s++) {
      const entry = lists + <usize>s * distance;
      const stop = <usize>load<u32>(stops + (<usize>s << 2));
      const d = delta + <usize>s * ldd + (<usize>n << 2);
      if (bytes == 128) addTo32(entry, stop, w, d, scale);
      else addTo(entry, stop, w, bytes, d, scale);
    }
  }
}

function addTo32(entry: usize, stop: usize, w: usize, d: usize, scale: v128): void {
  const d0 = f32x4.mul(scale, v128.load(d));
  const d1 = f32x4.mul(scale, v128.load(d, 16));
  const d2 = f32x4.mul(scale, v128.load(d, 32));
  const d3 = f32x4.mul(scale, v128.load(d, 48));
  const d4 = f32x4.mul(scale, v128.load(d, 64));
  const d5 = f32x4.mul(scale, v128.load(d, 80));
  const d6 = f32x4.mul(scale, v128.load(d, 96));
  const d7 = f32x4.mul(scale, v128.load(d, 112));
  for (; entry < stop; entry += 8) {
    const p = w + (<usize>load<u32>(entry) << 7);
    const x = v128.load32_splat(entry, 4);
    v128.store(p, madd(x, d0, v128.load(p)));
    v128.store(p, madd(x, d1, v128.load(p, 16)), 16);
    v128.store(p, madd(x, d2, v128.load(p, 32)), 32);
    v128.store(p, madd(x, d3, v128.load(p, 48)), 48);
    v128.store(p, madd(x, d4, v128.load(p, 64)), 64);
    v128.store(p, madd(x, d5, v128.load(p, 80)), 80);
    v128.store(p, madd(x, d6, v128.load(p, 96)), 96);
    v128.store(p, madd(x, d7, v128.load(p, 112)), 112);
  }
}

function addTo(entry: usize, stop: usize, w: usize, bytes: usize, d: usize, scale: v128): void {
  for (let column: usize = 0; column < bytes; column += 16) {
    const step = f32x4.mul(scale, v128.load(d + column));
    for (let e = entry; e < stop; e += 8) {
      const p = w + column + <usize>load<u32>(e) * bytes;
      v128.store(p, madd(v128.load32_splat(e, 4), step, v128.load(p)));
    }
  }
}

/**
 * The mean of x δᵀ for inputs `from` to `to`, eight a block, into `out` (0: into scratch), then the records.
 * The lists are first turned round, into one list of (sample, value) for each input.
 */
export function weightGradientSparse(
  lists: usize, distance: usize, stops: usize, inputs: i32, delta: usize, ldd: usize, outputs: i32, samples: i32,
  out: usize, records: usize, count: i32, from: i32, to: i32, scratch: usize, step: f64,
): void {
  const scale = <f32>(1 / <f64>samples);
  const block = scratch;
  const packed = scratch + 8 * panel * 4;
  const ends = packed + <usize>samples * panel * 4;
  const turned = ends + (<usize>(inputs + 4) << 2);
  turnRound(lists, distance, stops, samples, from, to, ends, turned);
  for (let n = 0; n < outputs; n += panel) {
    const bytes = <usize>min(panel, outputs - n) << 2;
    packPanel(delta + (<usize>n << 2), ldd, samples, bytes, packed);
    let entry = turned;
    let rows = 0;
    for (let k = from; k < to; k += rows) {
      rows = min(8, to - k);
      const offset = ((<usize>n * inputs) << 2) + <usize>k * bytes;
      const gradient = out == 0 ? block : out + offset;
      for (let r = 0; r < rows; r++) {
        const stop = <usize>load<u32>(ends + (<usize>(k + r) << 2));
        weightedRow(entry, stop, packed, bytes, 0, scale, gradient + <usize>r * bytes);
        entry = stop;
      }
      runRecords(records, count, gradient, offset, <usize>rows * bytes, step);
    }
  }
}

/** A counting sort of the batch's entries by input; the list of input k ends at `ends`[k], where the next begins. */
function turnRound(
  lists: usize, distance: usize, stops: usize, samples: i32, from: i32, to: i32, ends: usize, turned: usize,
): void {
  for (let k = from; k < to; k++) store<u32>(ends + (<usize>k << 2), 0);
  const first = <u32>from;
  const last = <u32>to;
  for (let s = 0; s < samples; s++) {
    const stop = <usize>load<u32>(stops + (<usize>s << 2));
    for (let e = lists + <usize>s * distance; e < stop; e += 8) {
      const k = load<u32>(e);
      if (k < first || k >= last) continue;
      const p = ends + (<usize>k << 2);
      store<u32>(p, load<u32>(p) + 8);
    }
  }
  // From lengths to beginnings; filling a list moves its beginning to its end.
  let next = <u32>turned;
  for (let k = from; k < to; k++) {
    const p = ends + (<usize>k << 2);
    const length = load<u32>(p);
    store<u32>(p, next);
    next += length;
  }
  for (let s = 0; s < samples; s++) {
    const stop = <usize>load<u32>(stops + (<usize>s << 2));
    for (let e = lists + <usize>s * distance; e < stop; e += 8) {
      const k = load<u32>(e);
      if (k < first || k >= last) continue;
      const p = ends + (<usize>k << 2);
      const place = <usize>load<u32>(p);
      store<u32>(place, s);
      store<f32>(place, load<f32>(e, 4), 4);
      store<u32>(p, <u32>(place + 8));
    }
  }
}
