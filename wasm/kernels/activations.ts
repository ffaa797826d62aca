// Activations by rows: a = f(z), and dz = da ⊙ f′. The lanes beyond a row's width are kept 0.
import * as code from '../../src/backends/wasm/opcodes';
import { cumulativeNormal, expm1OfNegative, expOfNegative, log1p, madd, sigmoid, splat, tailMask, tanh } from './math';

/** f(z) for a constant code. */
@inline
function value(activation: i32, z: v128): v128 {
  if (activation == code.sigmoid) return sigmoid(z);
  if (activation == code.tanh) return tanh(z);
  if (activation == code.relu) return f32x4.pmax(z, splat(0));
  if (activation == code.leakyRelu) return f32x4.pmax(z, f32x4.mul(z, splat(0.01)));
  if (activation == code.elu) {
    const positive = f32x4.gt(z, splat(0));
    return v128.bitselect(z, expm1OfNegative(f32x4.pmin(z, splat(0))), positive);
  }
  if (activation == code.gelu) return f32x4.mul(z, cumulativeNormal(z));
  if (activation == code.swish) return f32x4.mul(z, sigmoid(z));
  if (activation == code.softplus) {
    return f32x4.add(f32x4.pmax(z, splat(0)), log1p(expOfNegative(f32x4.neg(f32x4.abs(z)))));
  }
  if (activation == code.step) return v128.and(f32x4.gt(z, splat(0)), splat(1));
  return z;
}

/** da f′(z) for a constant code; only gelu and swish look at z. */
@inline
function scaled(activation: i32, da: v128, z: v128, a: v128): v128 {
  if (activation == code.sigmoid) return f32x4.mul(da, f32x4.mul(a, f32x4.sub(splat(1), a)));
  if (activation == code.tanh) return f32x4.mul(da, f32x4.sub(splat(1), f32x4.mul(a, a)));
  if (activation == code.relu) return v128.and(da, f32x4.gt(a, splat(0)));
  if (activation == code.leakyRelu) {
    return v128.bitselect(da, f32x4.mul(da, splat(0.01)), f32x4.gt(a, splat(0)));
  }
  if (activation == code.elu) {
    return v128.bitselect(da, f32x4.mul(da, f32x4.add(a, splat(1))), f32x4.gt(a, splat(0)));
  }
  if (activation == code.gelu) {
    const density = f32x4.mul(expOfNegative(f32x4.mul(f32x4.mul(z, z), splat(-0.5))), splat(0.3989422804014327));
    return f32x4.mul(da, madd(z, density, cumulativeNormal(z)));
  }
  if (activation == code.swish) return f32x4.mul(da, madd(sigmoid(z), f32x4.sub(splat(1), a), a));
  // σ(z) = 1 − e^{−ln(1 + e^z)}
  if (activation == code.softplus) return f32x4.mul(da, f32x4.neg(expm1OfNegative(f32x4.neg(a))));
  if (activation == code.step) return splat(0);
  return da;
}

@inline
function forward(activation: i32, z: usize, ldz: usize, a: usize, lda: usize, width: i32, rows: i32): void {
  const last = (width - 1) & ~3;
  const mask = tailMask(width);
  for (let row = 0; row < rows; row++) {
    let i: usize = 0;
    for (const stop = <usize>last << 2; i < stop; i += 16) v128.store(a + i, value(activation, v128.load(z + i)));
    v128.store(a + i, v128.and(mask, value(activation, v128.load(z + i))));
    z += ldz;
    a += lda;
  }
}

@inline
function backward(
  activation: i32, da: usize, ldda: usize, z: usize, ldz: usize, a: usize, lda: usize, dz: usize, lddz: usize,
  width: i32, rows: i32,
): void {
  const bytes = (<usize>(width + 3) & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(dz + i, scaled(activation, v128.load(da + i), v128.load(z + i), v128.load(a + i)));
    }
    da += ldda;
    z += ldz;
    a += lda;
    dz += lddz;
  }
}

/** One vector of a = f(z), for code that has few of them. */
export function valueOf(activation: i32, z: v128): v128 {
  switch (activation) {
    case code.sigmoid: return value(code.sigmoid, z);
    case code.tanh: return value(code.tanh, z);
    case code.relu: return value(code.relu, z);
    case code.leakyRelu: return value(code.leakyRelu, z);
    case code.elu: return value(code.elu, z);
    case code.gelu: return value(code.gelu, z);
    case code.swish: return value(code.swish, z);
    case code.softplus: return value(code.softplus, z);
    case code.step: return value(code.step, z);
    default: return z;
  }
}

/** One vector of da f′(z). */
export function scaledOf(activation: i32, da: v128, z: v128, a: v128): v128 {
  switch (activation) {
    case code.sigmoid: return scaled(code.sigmoid, da, z, a);
    case code.tanh: return scaled(code.tanh, da, z, a);
    case code.relu: return scaled(code.relu, da, z, a);
    case code.leakyRelu: return scaled(code.leakyRelu, da, z, a);
    case code.elu: return scaled(code.elu, da, z, a);
    case code.gelu: return scaled(code.gelu, da, z, a);
    case code.swish: return scaled(code.swish, da, z, a);
    case code.softplus: return scaled(code.softplus, da, z, a);
    case code.step: return scaled(code.step, da, z, a);
    default: return da;
  }
}

/** a = f(z) for `rows` rows of `width` numbers. */
export function activate(
  activation: i32, z: usize, ldz: usize, a: usize, lda: usize, width: i32, rows: i32,
): void {
  switch (activation) {
    case code.sigmoid: return forward(code.sigmoid, z, ldz, a, lda, width, rows);
    case code.tanh: return forward(code.tanh, z, ldz, a, lda, width, rows);
    case code.relu: return forward(code.relu, z, ldz, a, lda, width, rows);
    case code.leakyRelu: return forward(code.leakyRelu, z, ldz, a, lda, width, rows);
    case code.elu: return forward(code.elu, z, ldz, a, lda, width, rows);
    case code.gelu: return forward(code.gelu, z, ldz, a, lda, width, rows);
    case code.swish: return forward(code.swish, z, ldz, a, lda, width, rows);
    case code.softplus: return forward(code.softplus, z, ldz, a, lda, width, rows);
    case code.step: return forward(code.step, z, ldz, a, lda, width, rows);
    default: return forward(code.linear, z, ldz, a, lda, width, rows);
  }
}

/** dz = da ⊙ f′(z) for `rows` rows of `width` numbers. */
export function activateBackward(
  activation: i32, da: usize, ldda: usize, z: usize, ldz: usize, a: usize, lda: usize, dz: usize, lddz: usize,
  width: i32, rows: i32,
): void {
  switch (activation) {
    case code.sigmoid: return backward(code.sigmoid, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.tanh: return backward(code.tanh, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.relu: return backward(code.relu, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.leakyRelu: return backward(code.leakyRelu, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.elu: return backward(code.elu, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.gelu: return backward(code.gelu, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.swish: return backward(code.swish, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.softplus: return backward(code.softplus, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    case code.step: return backward(code.step, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
    default: return backward(code.linear, da, ldda, z, ldz, a, lda, dz, lddz, width, rows);
  }
}
