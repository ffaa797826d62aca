// Parameters, gradients and states by blocks: penalties and the steps of the optimizers.
// What is done to a block is a list of records, so that a gradient is used up while it is in the nearest cache.
import * as code from '../../src/backends/wasm/opcodes';
import { expOfNegative, madd, splat, sumOfLanes } from './math';

// A record: its code, four addresses of slots, the learning rate's address, then four float64 numbers.
// Address 0 stands for the block of the gradient at hand.
const recordBytes: usize = 56;

@inline
function operand(record: usize, index: usize, gradient: usize, offset: usize): usize {
  const address = <usize>load<u32>(record + 4 + (index << 2));
  return address == 0 ? gradient : address + offset;
}

@inline
function setting(record: usize, index: usize): f64 {
  return load<f64>(record + 24 + (index << 3));
}

@inline
function rateOf(record: usize): f32 {
  return load<f32>(load<u32>(record + 20));
}

/** Carries out `count` records on `bytes` bytes from `offset` of their slots, the gradient's block being at `gradient`. */
export function runRecords(record: usize, count: i32, gradient: usize, offset: usize, bytes: usize, step: f64): void {
  for (; count > 0; count--) {
    runRecord(record, gradient, offset, bytes, step);
    record += recordBytes;
  }
}

function runRecord(record: usize, gradient: usize, offset: usize, bytes: usize, step: f64): void {
  const x = operand(record, 0, gradient, offset);
  const y = operand(record, 1, gradient, offset);
  const z = operand(record, 2, gradient, offset);
  const out = operand(record, 3, gradient, offset);
  switch (load<i32>(record)) {
    case code.penalize: return penalize(x, y, out, <f32>setting(record, 0), <f32>setting(record, 1), bytes);
    case code.sgd: return sgd(x, y, rateOf(record), out, bytes);
    case code.momentum: return momentum(x, y, rateOf(record), out, <f32>setting(record, 0), bytes);
    case code.adam: return adam(record, x, y, z, rateOf(record), out, step, bytes);
    case code.momentumVelocity: return momentumVelocity(x, y, rateOf(record), out, <f32>setting(record, 0), bytes);
    case code.momentumUpdate: return sum(x, y, out, bytes);
    case code.adamFirstMoment: return mean(false, x, y, out, setting(record, 0), bytes);
    case code.adamSecondMoment: return mean(true, x, y, out, setting(record, 0), bytes);
    case code.adamCorrection: return divide(x, out, <f32>oneMinusPower(setting(record, 0), step), bytes);
    case code.adamUpdate: return adamUpdate(x, y, z, rateOf(record), out, <f32>setting(record, 0), bytes);
    // w − η λ w
    case code.weightDecay: return scale(x, <f32>(1 - <f64>rateOf(record) * setting(record, 0)), out, bytes);
    case code.nesterovUpdate:
      return nesterovUpdate(x, y, z, rateOf(record), out, <f32>setting(record, 0), bytes);
    case code.adagradSum: return addSquare(x, y, out, bytes);
    case code.bounded: return clamp(x, out, <f32>setting(record, 0), <f32>setting(record, 1), bytes);
    case code.scaledGradient: return scale(x, rateOf(record), out, bytes);
    case code.nadamMean: return nadamMean(record, x, y, out, bytes);
    case code.rpropStepSize:
      return rpropStepSize(record, x, y, z, step == 1, out, bytes);
    case code.rpropGradient: return rpropGradient(x, y, out, bytes);
    case code.rpropUpdate: return rpropUpdate(x, y, z, out, bytes);
    default: memory.copy(out, x, bytes);
  }
}

/** g + c₂ w + c₁ sign w */
function penalize(gradient: usize, weight: usize, out: usize, l2: f32, l1: f32, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(weight + i);
    const above = v128.and(f32x4.gt(w, splat(0)), splat(l1));
    const below = v128.and(f32x4.lt(w, splat(0)), splat(l1));
    const shrink = madd(splat(l2), w, f32x4.sub(above, below));
    v128.store(out + i, f32x4.add(v128.load(gradient + i), shrink));
  }
}

/** w⁺ = w − η g */
function sgd(weight: usize, gradient: usize, rate: f32, out: usize, bytes: usize): void {
  const step = splat(-rate);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, madd(step, v128.load(gradient + i), v128.load(weight + i)));
  }
}

/** v⁺ = μ v − η g */
function momentumVelocity(velocity: usize, gradient: usize, rate: f32, out: usize, keep: f32, bytes: usize): void {
  const step = splat(-rate);
  for (let i: usize = 0; i < bytes; i += 16) {
    const kept = f32x4.mul(splat(keep), v128.load(velocity + i));
    v128.store(out + i, madd(step, v128.load(gradient + i), kept));
  }
}

/** v⁺ = μ v − η g and w⁺ = w + v⁺, in place */
function momentum(velocity: usize, gradient: usize, rate: f32, weight: usize, keep: f32, bytes: usize): void {
  const step = splat(-rate);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = madd(step, v128.load(gradient + i), f32x4.mul(splat(keep), v128.load(velocity + i)));
    v128.store(velocity + i, v);
    v128.store(weight + i, f32x4.add(v128.load(weight + i), v));
  }
}

function sum(x: usize, y: usize, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, f32x4.add(v128.load(x + i), v128.load(y + i)));
}

/** β m + (1 − β) g, or with g² */
function mean(squared: bool, moment: usize, gradient: usize, out: usize, beta: f64, bytes: usize): void {
  const keep = splat(<f32>beta);
  const take = splat(<f32>(1 - beta));
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gradient + i);
    const part = f32x4.mul(take, squared ? f32x4.mul(g, g) : g);
    v128.store(out + i, madd(keep, v128.load(moment + i), part));
  }
}

function divide(x: usize, out: usize, by: f32, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, f32x4.div(v128.load(x + i), splat(by)));
}

function scale(x: usize, factor: f32, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, f32x4.mul(v128.load(x + i), splat(factor)));
}

/** w⁺ = w + μ v⁺ − η g */
function nesterovUpdate(
  weight: usize, velocity: usize, gradient: usize, rate: f32, out: usize, keep: f32, bytes: usize,
): void {
  const step = splat(-rate);
  for (let i: usize = 0; i < bytes; i += 16) {
    const ahead = madd(splat(keep), v128.load(velocity + i), v128.load(weight + i));
    v128.store(out + i, madd(step, v128.load(gradient + i), ahead));
  }
}

/** G + g² */
function addSquare(x: usize, gradient: usize, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gradient + i);
    v128.store(out + i, madd(g, g, v128.load(x + i)));
  }
}

function clamp(x: usize, out: usize, least: f32, most: f32, bytes: usize): void {
  // The padding of gradients stays 0, their bounds being on both sides of it; elsewhere nobody looks at it.
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, f32x4.pmin(f32x4.pmax(v128.load(x + i), splat(least)), splat(most)));
  }
}

/** w⁺ = w − η m̂ / (√v̂ + ε) */
function adamUpdate(
  weight: usize, moment: usize, square: usize, rate: f32, out: usize, epsilon: f32, bytes: usize,
): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const below = f32x4.add(f32x4.sqrt(v128.load(square + i)), splat(epsilon));
    const step = f32x4.div(f32x4.mul(splat(rate), v128.load(moment + i)), below);
    v128.store(out + i, f32x4.sub(v128.load(weight + i), step));
  }
}

/** μ_t = β (1 − ½ 0.96^{tψ}) */
export function nadamMomentum(t: f64, beta: f64, decay: f64): f32 {
  const logarithm = -0.040821994520255166; // ln 0.96
  const shrunk = f32x4.extract_lane(expOfNegative(splat(<f32>(t * decay * logarithm))), 0);
  return <f32>(beta * (1 - 0.5 * <f64>shrunk));
}

/** m̂ = μ_{t+1} m⁺ / (1 − μ_{t+1} (1 − c⁺)) + (1 − μ_t) g / c⁺; the record's rate is μ_t, its numbers where μ_{t+1} and c⁺ lie. */
function nadamMean(record: usize, moment: usize, gradient: usize, out: usize, bytes: usize): void {
  const ahead = <f64>load<f32>(<usize>setting(record, 0));
  const correction = <f64>load<f32>(<usize>setting(record, 1));
  const ofMoment = splat(<f32>(ahead / (1 - ahead * (1 - correction))));
  const ofGradient = splat(<f32>((1 - <f64>rateOf(record)) / correction));
  for (let i: usize = 0; i < bytes; i += 16) {
    const part = f32x4.mul(ofGradient, v128.load(gradient + i));
    v128.store(out + i, madd(ofMoment, v128.load(moment + i), part));
  }
}

/** Δ grown where g and the previous gradient agree in sign, shrunk where they differ, else as it is; at the first step it is η. */
function rpropStepSize(
  record: usize, size: usize, gradient: usize, previous: usize, isFirst: bool, out: usize, bytes: usize,
): void {
  const shrink = splat(<f32>setting(record, 0));
  const grow = splat(<f32>setting(record, 1));
  for (let i: usize = 0; i < bytes; i += 16) {
    const agreement = f32x4.mul(v128.load(gradient + i), v128.load(previous + i));
    const old = v128.load(size + i);
    let next = isFirst ? splat(rateOf(record)) : old;
    next = v128.bitselect(f32x4.mul(grow, old), next, f32x4.gt(agreement, splat(0)));
    v128.store(out + i, v128.bitselect(f32x4.mul(shrink, old), next, f32x4.lt(agreement, splat(0))));
  }
}

/** g, but 0 where its sign has changed. */
function rpropGradient(gradient: usize, previous: usize, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gradient + i);
    v128.store(out + i, v128.andnot(g, f32x4.lt(f32x4.mul(g, v128.load(previous + i)), splat(0))));
  }
}

/** w⁺ = w − Δ sign g; what is no number stays none. */
function rpropUpdate(weight: usize, gradient: usize, size: usize, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gradient + i);
    const step = v128.bitselect(g, v128.load(size + i), i32x4.splat(0x80000000));
    const moved = v128.or(v128.and(step, f32x4.ne(g, splat(0))), f32x4.ne(g, g));
    v128.store(out + i, f32x4.sub(v128.load(weight + i), moved));
  }
}

/** All of Adam in one pass, in place: addresses m, v, g, w; numbers β₁, β₂, ε. */
function adam(
  record: usize, first: usize, second: usize, gradient: usize, rate: f32, weight: usize, step: f64, bytes: usize,
): void {
  const beta1 = setting(record, 0);
  const beta2 = setting(record, 1);
  correct(beta1, beta2, step);
  const keep1 = splat(<f32>beta1);
  const take1 = splat(<f32>(1 - beta1));
  const keep2 = splat(<f32>beta2);
  const take2 = splat(<f32>(1 - beta2));
  // η m̂ = (η / (1 − β₁ᵗ)) m and √v̂ = √v / √(1 − β₂ᵗ)
  const scale = splat(<f32>(<f64>rate * correction1));
  const root = splat(correction2);
  const epsilon = splat(<f32>setting(record, 2));
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gradient + i);
    const m = madd(keep1, v128.load(first + i), f32x4.mul(take1, g));
    const v = madd(keep2, v128.load(second + i), f32x4.mul(take2, f32x4.mul(g, g)));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const below = madd(f32x4.sqrt(v), root, epsilon);
    v128.store(weight + i, f32x4.sub(v128.load(weight + i), f32x4.div(f32x4.mul(scale, m), below)));
  }
}

// 1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ), worked out once a step for as long as β₁ and β₂ stay the same.
let correctedStep: f64 = -1;
let correctedBeta1: f64 = -1;
let correctedBeta2: f64 = -1;
let correction1: f64 = 1;
let correction2: f32 = 1;

function correct(beta1: f64, beta2: f64, step: f64): void {
  if (step == correctedStep && beta1 == correctedBeta1 && beta2 == correctedBeta2) return;
  correctedStep = step;
  correctedBeta1 = beta1;
  correctedBeta2 = beta2;
  correction1 = 1 / oneMinusPower(beta1, step);
  correction2 = <f32>(1 / Math.sqrt(oneMinusPower(beta2, step)));
}

/** 1 − βᵗ for a whole number t ≥ 0. */
function oneMinusPower(beta: f64, t: f64): f64 {
  let power: f64 = 1;
  let square = beta;
  for (let rest = <u64>t; rest > 0; rest >>= 1) {
    if (rest & 1) power *= square;
    square *= square;
  }
  return 1 - power;
}

/** Σ w², or Σ |w|, over a slot, whose padding is 0. */
export function norm(squared: bool, weight: usize, bytes: usize): f64 {
  let total: f64 = 0;
  // Stretches of 256 numbers are added up in float32, and the stretches in float64.
  for (let start: usize = 0; start < bytes; start += 1024) {
    const stop = min(start + 1024, bytes);
    let part = splat(0);
    for (let i = start; i < stop; i += 16) {
      const w = v128.load(weight + i);
      part = f32x4.add(part, squared ? f32x4.mul(w, w) : f32x4.abs(w));
    }
    total += sumOfLanes(part);
  }
  return total;
}
