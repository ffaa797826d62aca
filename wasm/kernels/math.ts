// Elementary functions of four float32 numbers at once. Relative errors stay below 3e-7; NaN stays NaN.
// Results below the smallest normal number become 0, because arithmetic with denormals is many times slower.

/** x y + z, rounded twice: fused multiply-add is not the same on every processor. */
@inline
export function madd(x: v128, y: v128, z: v128): v128 {
  return f32x4.add(f32x4.mul(x, y), z);
}

@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** Where the exponential of a number is no longer normal: ln 2⁻¹²⁶. */
const lowest: f32 = -87.33654;

/** e^r − 1 for |r| ≤ ln 2 / 2, as r + r² p(r). */
@inline
function expm1Reduced(r: v128): v128 {
  const r2 = f32x4.mul(r, r);
  const low = madd(splat(1.6666665459e-1), r, splat(5.0000001201e-1));
  const middle = madd(splat(8.3334519073e-3), r, splat(4.1665795894e-2));
  const high = madd(splat(1.9875691500e-4), r, splat(1.3981999507e-3));
  return madd(madd(madd(high, r2, middle), r2, low), r2, r);
}

// x = n ln 2 + r: adding 1.5 · 2²³ rounds to an integer n, which is then in the low bits.
const rounder: f32 = 12582912;

@inline
function shifted(x: v128): v128 {
  return madd(x, splat(1.44269504088896341), splat(rounder));
}

@inline
function reduced(x: v128, n: v128): v128 {
  // ln 2 in two parts, the first so short that n times it is exact.
  const r = f32x4.sub(x, f32x4.mul(n, splat(0.693359375)));
  return madd(n, splat(2.12194440e-4), r);
}

/** 2ⁿ for −126 ≤ n ≤ 127 from the low bits of `rounded`. */
@inline
function powerOfTwo(rounded: v128): v128 {
  return i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
}

/** e^x for x ≤ 0. */
@inline
export function expOfNegative(x: v128): v128 {
  const clamped = f32x4.pmax(x, splat(lowest));
  const rounded = shifted(clamped);
  const r = reduced(clamped, f32x4.sub(rounded, splat(rounder)));
  const power = powerOfTwo(rounded);
  const e = madd(expm1Reduced(r), power, power);
  return v128.andnot(e, f32x4.lt(x, splat(lowest)));
}

/** e^x − 1 for x ≤ 0. */
@inline
export function expm1OfNegative(x: v128): v128 {
  const clamped = f32x4.pmax(x, splat(-60));
  const rounded = shifted(clamped);
  const r = reduced(clamped, f32x4.sub(rounded, splat(rounder)));
  const power = powerOfTwo(rounded);
  return madd(expm1Reduced(r), power, f32x4.sub(power, splat(1)));
}

/** 1 / (1 + e^{−z}) */
@inline
export function sigmoid(z: v128): v128 {
  const e = expOfNegative(f32x4.neg(f32x4.abs(z)));
  const above = v128.bitselect(e, splat(1), f32x4.lt(z, splat(0)));
  return f32x4.div(above, f32x4.add(splat(1), e));
}

/** tanh z = −t / (2 + t) for z ≥ 0, where t = e^{−2z} − 1. */
@inline
export function tanh(z: v128): v128 {
  const t = expm1OfNegative(f32x4.mul(f32x4.abs(z), splat(-2)));
  const size = f32x4.div(f32x4.neg(t), f32x4.add(splat(2), t));
  return v128.bitselect(z, size, i32x4.splat(0x80000000));
}

/** ln(1 + t) for 0 ≤ t ≤ 1, as 2 artanh(t / (2 + t)). */
@inline
export function log1p(t: v128): v128 {
  const s = f32x4.div(t, f32x4.add(splat(2), t));
  const u = f32x4.mul(s, s);
  let p = madd(splat(1.0 / 13.0), u, splat(1.0 / 11.0));
  p = madd(p, u, splat(1.0 / 9.0));
  p = madd(p, u, splat(1.0 / 7.0));
  p = madd(p, u, splat(1.0 / 5.0));
  p = madd(p, u, splat(1.0 / 3.0));
  const s2 = f32x4.add(s, s);
  return madd(f32x4.mul(p, u), s2, s2);
}

/** ln x for x ≥ 0; ln 0 is the logarithm of the smallest float64, as in the reference: costly, not infinite. */
@inline
export function log(x: v128): v128 {
  const tiny = f32x4.lt(x, splat(1.17549435e-38));
  const normal = v128.bitselect(f32x4.mul(x, splat(8388608)), x, tiny);
  // Mantissa between √½ and √2: 0x3f3504f3 is √½.
  const shiftedBits = i32x4.sub(normal, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.sub(i32x4.shr_s(shiftedBits, 23), v128.and(tiny, i32x4.splat(23)));
  const mantissa = i32x4.add(v128.and(shiftedBits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const n = f32x4.convert_i32x4_s(exponent);
  const s = f32x4.div(f32x4.sub(mantissa, splat(1)), f32x4.add(mantissa, splat(1)));
  const u = f32x4.mul(s, s);
  let p = madd(splat(1.0 / 9.0), u, splat(1.0 / 7.0));
  p = madd(p, u, splat(1.0 / 5.0));
  p = madd(p, u, splat(1.0 / 3.0));
  const s2 = f32x4.add(s, s);
  const ln = madd(n, splat(0.693359375), madd(n, splat(-2.12194440e-4), madd(f32x4.mul(p, u), s2, s2)));
  const finite = v128.bitselect(splat(-744.4400719213812), ln, f32x4.le(x, splat(0)));
  // Infinity and NaN pass through.
  return v128.bitselect(finite, x, f32x4.lt(x, splat(Infinity)));
}

/** The normal distribution Φ(z) = ½ erfc(−z / √2), by the Chebyshev fit of Press et al., Numerical Recipes 6.2. */
@inline
export function cumulativeNormal(z: v128): v128 {
  const x = f32x4.mul(f32x4.abs(z), splat(0.7071067811865476));
  const t = f32x4.div(splat(1), madd(x, splat(0.5), splat(1)));
  let p = madd(splat(0.17087277), t, splat(-0.82215223));
  p = madd(p, t, splat(1.48851587));
  p = madd(p, t, splat(-1.13520398));
  p = madd(p, t, splat(0.27886807));
  p = madd(p, t, splat(-0.18628806));
  p = madd(p, t, splat(0.09678418));
  p = madd(p, t, splat(0.37409196));
  p = madd(p, t, splat(1.00002368));
  p = f32x4.sub(madd(p, t, splat(-1.26551223)), f32x4.mul(x, x));
  // At x = 0 rounding may leave p a little above 0, which the exponential does not take amiss.
  const tail = f32x4.mul(f32x4.mul(t, splat(0.5)), expOfNegative(p));
  return v128.bitselect(tail, f32x4.sub(splat(1), tail), f32x4.lt(z, splat(0)));
}

/** The sum of the four lanes, always in the same order. */
@inline
export function sumOfLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** Ones in the lanes that a row of `width` numbers fills in its last vector. */
@inline
export function tailMask(width: i32): v128 {
  const rest = ((width - 1) & 3) + 1;
  return i32x4.gt_s(i32x4.splat(rest), i32x4(0, 1, 2, 3));
}
