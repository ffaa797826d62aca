// Sums over channels, and batch normalization; channels are last, so a sample's pixels follow each other with all their channels.
import * as code from '../../src/backends/wasm/opcodes';
import { madd, splat } from './math';
import { storeLanes } from './pooling';

/** A term of a channel's sum: x, x y, or (x − y)² where y is one number a channel. */
@inline
function term(kind: i32, x: v128, y: v128): v128 {
  if (kind == code.sumOfProducts) return f32x4.mul(x, y);
  if (kind == code.sumOfSquares) {
    const difference = f32x4.sub(x, y);
    return f32x4.mul(difference, difference);
  }
  return x;
}

/** Σ over samples and pixels of four channels: pixels first, so that it rounds less. */
@inline
function channelSum(
  kind: i32, x: usize, ldx: usize, y: usize, ldy: usize, pixels: i32, pixel: usize, samples: i32,
): v128 {
  let sum = splat(0);
  for (; samples > 0; samples--) {
    let part = splat(0);
    let at = x;
    let other = y;
    for (let p = 0; p < pixels; p++) {
      part = f32x4.add(part, term(kind, v128.load(at), kind == code.sumOfNumbers ? part : v128.load(other)));
      at += pixel;
      if (kind == code.sumOfProducts) other += pixel;
    }
    sum = f32x4.add(sum, part);
    x += ldx;
    if (kind == code.sumOfProducts) y += ldy;
  }
  return sum;
}

@inline
function sums(
  kind: i32, x: usize, ldx: usize, y: usize, ldy: usize, channels: i32, pixels: i32, samples: i32, scale: f32,
  out: usize, from: usize, to: usize,
): void {
  const pixel = <usize>channels << 2;
  for (let i = from; i < to; i += 16) {
    const sum = channelSum(kind, x + i, ldx, y + i, ldy, pixels, pixel, samples);
    storeLanes(out + i, f32x4.mul(sum, splat(scale)), min(4, channels - <i32>(i >> 2)));
  }
}

/** Sums of terms times `scale`, for the channels whose bytes lie from `from` to `to`. */
export function channelSums(
  kind: i32, x: usize, ldx: usize, y: usize, ldy: usize, channels: i32, pixels: i32, samples: i32, scale: f32,
  out: usize, from: usize, to: usize,
): void {
  switch (kind) {
    case code.sumOfProducts:
      return sums(code.sumOfProducts, x, ldx, y, ldy, channels, pixels, samples, scale, out, from, to);
    case code.sumOfSquares:
      return sums(code.sumOfSquares, x, ldx, y, ldy, channels, pixels, samples, scale, out, from, to);
    default: return sums(code.sumOfNumbers, x, ldx, y, ldy, channels, pixels, samples, scale, out, from, to);
  }
}

/** 1 / √(σ² + ε) */
@inline
function inverseDeviation(variance: usize, epsilon: f32): v128 {
  return f32x4.div(splat(1), f32x4.sqrt(f32x4.add(v128.load(variance), splat(epsilon))));
}

/** x̂ = (x − μ) / √(σ² + ε) for one sample. */
export function normalize(
  x: usize, mean: usize, variance: usize, epsilon: f32, channels: i32, pixels: i32, out: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    const column = <usize>c << 2;
    const centre = v128.load(mean + column);
    const deviation = f32x4.sqrt(f32x4.add(v128.load(variance + column), splat(epsilon)));
    const lanes = min(4, channels - c);
    for (let p = 0, at = column; p < pixels; p++, at += <usize>channels << 2) {
      storeLanes(out + at, f32x4.div(f32x4.sub(v128.load(x + at), centre), deviation), lanes);
    }
  }
}

/** z = γ x̂ + β for one sample. */
export function scaleChannels(x: usize, weight: usize, bias: usize, channels: i32, pixels: i32, out: usize): void {
  for (let c = 0; c < channels; c += 4) {
    const column = <usize>c << 2;
    const scale = v128.load(weight + column);
    const shift = v128.load(bias + column);
    const lanes = min(4, channels - c);
    for (let p = 0, at = column; p < pixels; p++, at += <usize>channels << 2) {
      storeLanes(out + at, madd(scale, v128.load(x + at), shift), lanes);
    }
  }
}

/** γ / √(σ² + ε) · (δ − ∂C/∂β / P − x̂ ∂C/∂γ / P) for one sample. */
export function normalizationBackward(
  delta: usize, normalized: usize, variance: usize, weight: usize, weightGradient: usize, biasGradient: usize,
  epsilon: f32, channels: i32, pixels: i32, out: usize,
): void {
  const share = splat(<f32>(1 / <f64>pixels));
  for (let c = 0; c < channels; c += 4) {
    const column = <usize>c << 2;
    const scale = f32x4.mul(v128.load(weight + column), inverseDeviation(variance + column, epsilon));
    const slope = f32x4.mul(v128.load(weightGradient + column), share);
    const shift = f32x4.mul(v128.load(biasGradient + column), share);
    const lanes = min(4, channels - c);
    for (let p = 0, at = column; p < pixels; p++, at += <usize>channels << 2) {
      const rest = f32x4.sub(v128.load(delta + at), madd(v128.load(normalized + at), slope, shift));
      storeLanes(out + at, f32x4.mul(scale, rest), lanes);
    }
  }
}

/** running⁺ = (1 − α) running + α value · factor */
export function runningMean(running: usize, value: usize, momentum: f64, factor: f64, out: usize, bytes: usize): void {
  const keep = splat(<f32>(1 - momentum));
  const take = splat(<f32>(momentum * factor));
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, madd(keep, v128.load(running + i), f32x4.mul(take, v128.load(value + i))));
  }
}
