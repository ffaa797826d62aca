// Losses by rows: terms, their derivatives, softmax, and what δ simplifies to. Lanes beyond a row's width are kept 0.
import * as code from '../../src/backends/wasm/opcodes';
import { expOfNegative, log, log1p, madd, splat, sumOfLanes, tailMask } from './math';

/** A loss's term or its derivative by a, for a constant code; `factor` is what a squared loss multiplies by. */
@inline
function term(loss: i32, a: v128, y: v128, factor: v128): v128 {
  const difference = f32x4.sub(a, y);
  if (loss == code.squaredTerms) return f32x4.mul(factor, f32x4.mul(difference, difference));
  if (loss == code.squaredGradient) return f32x4.mul(factor, difference);
  if (loss == code.crossEntropyTerms) {
    // −(y ln a + (1 − y) ln(1 − a))
    const one = splat(1);
    const right = f32x4.mul(y, log(a));
    return f32x4.neg(madd(f32x4.sub(one, y), log(f32x4.sub(one, a)), right));
  }
  if (loss == code.crossEntropyGradient) {
    const slope = f32x4.mul(a, f32x4.sub(splat(1), a));
    return f32x4.div(difference, f32x4.pmax(slope, splat(1.17549435e-38)));
  }
  if (loss == code.absoluteTerms) return f32x4.mul(factor, f32x4.abs(difference));
  if (loss == code.absoluteGradient) {
    return v128.and(f32x4.ne(difference, splat(0)), v128.bitselect(difference, factor, i32x4.splat(0x80000000)));
  }
  if (loss == code.huberTerms) {
    const distance = f32x4.abs(difference);
    const near = f32x4.mul(f32x4.mul(splat(0.5), distance), distance);
    const far = f32x4.sub(distance, splat(0.5));
    return f32x4.mul(factor, v128.bitselect(far, near, f32x4.gt(distance, splat(1))));
  }
  if (loss == code.huberGradient) return f32x4.mul(factor, f32x4.pmin(f32x4.pmax(difference, splat(-1)), splat(1)));
  const margin = f32x4.sub(splat(1), f32x4.mul(y, a));
  if (loss == code.hingeTerms) return f32x4.mul(factor, f32x4.pmax(margin, splat(0)));
  if (loss == code.hingeGradient) {
    return v128.and(f32x4.gt(margin, splat(0)), f32x4.neg(f32x4.mul(factor, y)));
  }
  const zero = f32x4.eq(y, splat(0));
  if (loss == code.logLikelihoodTerms) return v128.andnot(f32x4.neg(f32x4.mul(y, log(a))), zero);
  if (loss == code.logLikelihoodGradient) {
    return v128.andnot(f32x4.neg(f32x4.div(y, f32x4.pmax(a, splat(1.17549435e-38)))), zero);
  }
  // ln(1 + e^z) − y z, where `a` is z
  const tail = log1p(expOfNegative(f32x4.neg(f32x4.abs(a))));
  return f32x4.add(f32x4.sub(f32x4.pmax(a, splat(0)), f32x4.mul(y, a)), tail);
}

@inline
function eachTerm(
  loss: i32, a: usize, lda: usize, y: usize, ldy: usize, out: usize, ldo: usize, factor: f32, width: i32, rows: i32,
): void {
  const last = (<usize>(width - 1) & ~3) << 2;
  const mask = tailMask(width);
  const scale = splat(factor);
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < last; i += 16) {
      v128.store(out + i, term(loss, v128.load(a + i), v128.load(y + i), scale));
    }
    v128.store(out + last, v128.and(mask, term(loss, v128.load(a + last), v128.load(y + last), scale)));
    a += lda;
    y += ldy;
    out += ldo;
  }
}

/** Terms of a loss or their derivatives for `rows` rows of `width` outputs. */
export function pointwiseLoss(
  loss: i32, a: usize, lda: usize, y: usize, ldy: usize, out: usize, ldo: usize, factor: f32, width: i32, rows: i32,
): void {
  switch (loss) {
    case code.squaredTerms: return eachTerm(code.squaredTerms, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.squaredGradient: return eachTerm(code.squaredGradient, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.crossEntropyTerms: return eachTerm(code.crossEntropyTerms, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.crossEntropyGradient:
      return eachTerm(code.crossEntropyGradient, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.logLikelihoodTerms:
      return eachTerm(code.logLikelihoodTerms, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.logLikelihoodGradient:
      return eachTerm(code.logLikelihoodGradient, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.absoluteTerms: return eachTerm(code.absoluteTerms, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.absoluteGradient: return eachTerm(code.absoluteGradient, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.huberTerms: return eachTerm(code.huberTerms, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.huberGradient: return eachTerm(code.huberGradient, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.hingeTerms: return eachTerm(code.hingeTerms, a, lda, y, ldy, out, ldo, factor, width, rows);
    case code.hingeGradient: return eachTerm(code.hingeGradient, a, lda, y, ldy, out, ldo, factor, width, rows);
    default: return eachTerm(code.crossEntropyFromLogits, a, lda, y, ldy, out, ldo, factor, width, rows);
  }
}

/** One vector of terms or their derivatives, for code that has few of them. */
export function termOf(loss: i32, a: v128, y: v128, factor: v128): v128 {
  switch (loss) {
    case code.squaredTerms: return term(code.squaredTerms, a, y, factor);
    case code.squaredGradient: return term(code.squaredGradient, a, y, factor);
    case code.crossEntropyTerms: return term(code.crossEntropyTerms, a, y, factor);
    case code.crossEntropyGradient: return term(code.crossEntropyGradient, a, y, factor);
    case code.crossEntropyFromLogits: return term(code.crossEntropyFromLogits, a, y, factor);
    case code.absoluteTerms: return term(code.absoluteTerms, a, y, factor);
    case code.absoluteGradient: return term(code.absoluteGradient, a, y, factor);
    case code.huberTerms: return term(code.huberTerms, a, y, factor);
    case code.huberGradient: return term(code.huberGradient, a, y, factor);
    case code.hingeTerms: return term(code.hingeTerms, a, y, factor);
    case code.hingeGradient: return term(code.hingeGradient, a, y, factor);
    default: return f32x4.sub(a, y);
  }
}

/** The largest of a row's numbers. */
@inline
function largest(z: usize, last: usize, mask: v128): f32 {
  let most = v128.bitselect(v128.load(z + last), splat(-Infinity), mask);
  for (let i: usize = 0; i < last; i += 16) most = f32x4.max(most, v128.load(z + i));
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

/** a_j = e^{z_j − max z} / Σ_k e^{z_k − max z} */
export function softmax(z: usize, ldz: usize, a: usize, lda: usize, width: i32, rows: i32): void {
  const last = (<usize>(width - 1) & ~3) << 2;
  const mask = tailMask(width);
  for (let row = 0; row < rows; row++) {
    const shift = splat(largest(z, last, mask));
    let total = splat(0);
    for (let i: usize = 0; i < last; i += 16) {
      const e = expOfNegative(f32x4.sub(v128.load(z + i), shift));
      v128.store(a + i, e);
      total = f32x4.add(total, e);
    }
    const e = v128.and(mask, expOfNegative(f32x4.sub(v128.load(z + last), shift)));
    v128.store(a + last, e);
    const sum = splat(sumOfLanes(f32x4.add(total, e)));
    for (let i: usize = 0; i <= last; i += 16) v128.store(a + i, f32x4.div(v128.load(a + i), sum));
    z += ldz;
    a += lda;
  }
}

/** dz_j = a_j (da_j − Σ_i da_i a_i) */
export function softmaxBackward(
  da: usize, ldda: usize, a: usize, lda: usize, dz: usize, lddz: usize, width: i32, rows: i32,
): void {
  const bytes = (<usize>(width + 3) & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    let total = splat(0);
    for (let i: usize = 0; i < bytes; i += 16) total = madd(v128.load(da + i), v128.load(a + i), total);
    const mean = splat(sumOfLanes(total));
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(dz + i, f32x4.mul(v128.load(a + i), f32x4.sub(v128.load(da + i), mean)));
    }
    da += ldda;
    a += lda;
    dz += lddz;
  }
}

/** terms_j = y_j (ln Σ_k e^{z_k} − z_j) */
export function logLikelihoodFromLogits(
  z: usize, ldz: usize, y: usize, ldy: usize, out: usize, ldo: usize, width: i32, rows: i32,
): void {
  const last = (<usize>(width - 1) & ~3) << 2;
  const mask = tailMask(width);
  for (let row = 0; row < rows; row++) {
    const most = splat(largest(z, last, mask));
    let total = v128.and(mask, expOfNegative(f32x4.sub(v128.load(z + last), most)));
    for (let i: usize = 0; i < last; i += 16) {
      total = f32x4.add(total, expOfNegative(f32x4.sub(v128.load(z + i), most)));
    }
    const logTotal = log(splat(sumOfLanes(total)));
    for (let i: usize = 0; i <= last; i += 16) {
      // ln Σ e^{z − max} − (z − max): the difference of two small numbers, not of two large ones.
      const targets = v128.load(y + i);
      const cost = f32x4.mul(targets, f32x4.sub(logTotal, f32x4.sub(v128.load(z + i), most)));
      v128.store(out + i, v128.andnot(cost, f32x4.eq(targets, splat(0))));
    }
    z += ldz;
    y += ldy;
    out += ldo;
  }
}

/** δ_j = a_j − y_j, or a_j Σ_i y_i − y_j behind a softmax. */
export function outputError(
  overSum: bool, a: usize, lda: usize, y: usize, ldy: usize, out: usize, ldo: usize, width: i32, rows: i32,
): void {
  const bytes = (<usize>(width + 3) & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    let sum = splat(1);
    if (overSum) {
      let total = splat(0);
      for (let i: usize = 0; i < bytes; i += 16) total = f32x4.add(total, v128.load(y + i));
      sum = splat(sumOfLanes(total));
    }
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(out + i, f32x4.sub(f32x4.mul(v128.load(a + i), sum), v128.load(y + i)));
    }
    a += lda;
    y += ldy;
    out += ldo;
  }
}

/** x ⊙ y */
export function hadamard(
  x: usize, ldx: usize, y: usize, ldy: usize, out: usize, ldo: usize, width: i32, rows: i32,
): void {
  const bytes = (<usize>(width + 3) & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, f32x4.mul(v128.load(x + i), v128.load(y + i)));
    x += ldx;
    y += ldy;
    out += ldo;
  }
}

/** v x: every number of a row by the row's one number in `weight`. */
export function weightedBySample(
  x: usize, ldx: usize, weight: usize, ldw: usize, out: usize, ldo: usize, width: i32, rows: i32,
): void {
  const bytes = (<usize>(width + 3) & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    const factor = v128.load32_splat(weight);
    for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, f32x4.mul(v128.load(x + i), factor));
    x += ldx;
    weight += ldw;
    out += ldo;
  }
}

/** v = Σ_j c_j y_j; of a single target c_0 (1 − y) + c_1 y. `classes` is c. */
export function classWeight(
  y: usize, ldy: usize, out: usize, ldo: usize, width: i32, classes: usize, rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let sum: f32 = 0;
    if (width == 1) sum = load<f32>(classes) * (1 - load<f32>(y)) + load<f32>(classes, 4) * load<f32>(y);
    else for (let j: usize = 0; j < <usize>width << 2; j += 4) sum += load<f32>(classes + j) * load<f32>(y + j);
    store<f32>(out, sum);
    y += ldy;
    out += ldo;
  }
}

/** C = 1/m Σ_s Σ_j terms_j, added up in float64. */
export function meanLoss(terms: usize, ldt: usize, width: i32, rows: i32): f64 {
  const bytes = (<usize>(width + 3) & ~3) << 2;
  let total: f64 = 0;
  for (let row = 0; row < rows; row++) {
    let sum = splat(0);
    for (let i: usize = 0; i < bytes; i += 16) sum = f32x4.add(sum, v128.load(terms + i));
    total += sumOfLanes(sum);
    terms += ldt;
  }
  return total / <f64>rows;
}
