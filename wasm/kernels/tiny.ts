// Steps of batch 1 for networks whose layers are at most four wide: a layer's numbers are one vector, and a step has no calls
// to look up. Plain SGD without penalties.
import { scaledOf, valueOf } from './activations';
import { termOf } from './losses';
import { madd, splat, sumOfLanes, tailMask } from './math';

// The description of a network, in words: layers, inputs' rows, targets' rows or labels, whether labels, outputs,
// code of the loss's terms, of its derivative (or −1 where δ = a − y), whether the terms are from z, the learning rate's
// address; as float32 the factors of terms and derivative; then the layers' records.
const header: usize = 44;

// A layer's record, in words: weight, bias, inputs, activation, whether its weight and its bias are trained.
const recordBytes: usize = 24;

// What a step keeps of a layer: x, z, a.
const keptBytes: usize = 48;

@inline
function word(p: usize, i: usize): i32 {
  return load<i32>(p + (i << 2));
}

/** z = x W + b */
@inline
function affine(layer: usize, x: v128): v128 {
  const w = <usize>word(layer, 0);
  const first = madd(v128.shuffle<f32>(x, x, 0, 0, 0, 0), v128.load(w), v128.load(word(layer, 1)));
  const second = f32x4.mul(v128.shuffle<f32>(x, x, 1, 1, 1, 1), v128.load(w, 16));
  const z = f32x4.add(first, second);
  if (word(layer, 2) <= 2) return z;
  const third = f32x4.mul(v128.shuffle<f32>(x, x, 2, 2, 2, 2), v128.load(w, 32));
  return f32x4.add(z, madd(v128.shuffle<f32>(x, x, 3, 3, 3, 3), v128.load(w, 48), third));
}

/** da = δ Wᵀ */
@inline
function backpropagate(w: usize, delta: v128): v128 {
  const a = f32x4.mul(v128.load(w), delta);
  const b = f32x4.mul(v128.load(w, 16), delta);
  const c = f32x4.mul(v128.load(w, 32), delta);
  const d = f32x4.mul(v128.load(w, 48), delta);
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** w⁺ = w − η x δᵀ and b⁺ = b − η δ, in the rows that there are */
@inline
function update(layer: usize, x: v128, delta: v128, rate: v128): void {
  const step = f32x4.mul(rate, delta);
  if (word(layer, 4)) {
    const w = <usize>word(layer, 0);
    const inputs = word(layer, 2);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(v128.shuffle<f32>(x, x, 0, 0, 0, 0), step)));
    if (inputs > 1) v128.store(w, f32x4.sub(v128.load(w, 16), f32x4.mul(v128.shuffle<f32>(x, x, 1, 1, 1, 1), step)), 16);
    if (inputs > 2) v128.store(w, f32x4.sub(v128.load(w, 32), f32x4.mul(v128.shuffle<f32>(x, x, 2, 2, 2, 2), step)), 32);
    if (inputs > 3) v128.store(w, f32x4.sub(v128.load(w, 48), f32x4.mul(v128.shuffle<f32>(x, x, 3, 3, 3, 3), step)), 48);
  }
  if (word(layer, 5)) {
    const b = <usize>word(layer, 1);
    v128.store(b, f32x4.sub(v128.load(b), step));
  }
}

/** One step on row `row` of the data; gives its loss. */
export function tinyStep(p: usize, row: usize, kept: usize): f32 {
  const layers = word(p, 0);
  const rate = v128.load32_splat(word(p, 8));
  const one = splat(1);
  let x = v128.load(<usize>word(p, 1) + (row << 4));
  const targets = <usize>word(p, 2);
  const y = word(p, 3)
    ? v128.and(i32x4.eq(i32x4.splat(load<i32>(targets + (row << 2))), i32x4(0, 1, 2, 3)), one)
    : v128.load(targets + (row << 4));
  let layer = p + header;
  let z = x;
  for (let l = 0; l < layers; l++) {
    v128.store(kept, x);
    z = affine(layer, x);
    x = valueOf(word(layer, 3), z);
    v128.store(kept, z, 16);
    v128.store(kept, x, 32);
    kept += keptBytes;
    layer += recordBytes;
  }
  const mask = tailMask(word(p, 4));
  const terms = v128.and(mask, termOf(word(p, 5), word(p, 7) ? z : x, y, v128.load32_splat(p, 36)));
  const slope = word(p, 6);
  layer -= recordBytes;
  let delta = f32x4.sub(x, y);
  if (slope >= 0) delta = scaledOf(word(layer, 3), termOf(slope, x, y, v128.load32_splat(p, 40)), z, x);
  delta = v128.and(mask, delta);
  for (let l = layers - 1; ; l--) {
    kept -= keptBytes;
    const input = v128.load(kept);
    if (l == 0) {
      update(layer, input, delta, rate);
      break;
    }
    const da = backpropagate(word(layer, 0), delta);
    update(layer, input, delta, rate);
    layer -= recordBytes;
    const below = kept - keptBytes;
    delta = scaledOf(word(layer, 3), da, v128.load(below, 16), v128.load(below, 32));
  }
  return sumOfLanes(terms);
}
