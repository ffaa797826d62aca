// The dtypes of the safetensors format: their widths, and how each becomes numbers of ours.
// Not where a file's layout is checked.
import type { FloatArray } from '../memory/tensor.ts';

/** How a dtype is stored, and how it is read. */
interface StoredDtypeRule {
  readonly bits: number;
  /**
   * The numbers in `bytes` (little-endian, starting at the beginning of its buffer) without loss;
   * `undefined` where one of them has no exact float64. A dtype without this is recognized, but not read.
   */
  readonly decode?: (bytes: Uint8Array<ArrayBuffer>) => FloatArray | undefined;
}

// Typed arrays have the host's byte order, which is the file's on every host that browsers and our kernels run on.
const float64 = (values: Iterable<number> & ArrayLike<number>) => Float64Array.from(values);

/** Every dtype the format names, in the order of the format's own list (that is, by alignment). */
export const storedDtypes = {
  BOOL: { bits: 8 },
  F4: { bits: 4 },
  F6_E2M3: { bits: 6 },
  F6_E3M2: { bits: 6 },
  U8: { bits: 8, decode: (bytes) => float64(bytes) },
  I8: { bits: 8, decode: (bytes) => float64(new Int8Array(bytes.buffer)) },
  F8_E5M2: { bits: 8 },
  F8_E4M3: { bits: 8 },
  F8_E8M0: { bits: 8 },
  F8_E4M3FNUZ: { bits: 8 },
  F8_E5M2FNUZ: { bits: 8 },
  I16: { bits: 16, decode: (bytes) => float64(new Int16Array(bytes.buffer)) },
  U16: { bits: 16, decode: (bytes) => float64(new Uint16Array(bytes.buffer)) },
  F16: { bits: 16, decode: (bytes) => widen(bytes, halfToSingle) },
  BF16: { bits: 16, decode: (bytes) => widen(bytes, (half) => half << 16) },
  I32: { bits: 32, decode: (bytes) => float64(new Int32Array(bytes.buffer)) },
  U32: { bits: 32, decode: (bytes) => float64(new Uint32Array(bytes.buffer)) },
  F32: { bits: 32, decode: (bytes) => new Float32Array(bytes.buffer) },
  C64: { bits: 64 },
  F64: { bits: 64, decode: (bytes) => new Float64Array(bytes.buffer) },
  I64: { bits: 64, decode: (bytes) => exactIntegers(new BigInt64Array(bytes.buffer)) },
  U64: { bits: 64, decode: (bytes) => exactIntegers(new BigUint64Array(bytes.buffer)) },
} as const satisfies Record<string, StoredDtypeRule>;

/** A dtype a safetensors file may name. */
export type StoredDtype = keyof typeof storedDtypes;

/** The rule of a dtype. */
export function storedDtype(name: StoredDtype): StoredDtypeRule {
  return storedDtypes[name];
}

/** Whether the format knows a dtype of this name. */
export function isStoredDtype(name: string): name is StoredDtype {
  return Object.hasOwn(storedDtypes, name);
}

/** 16-bit floats as float32, made by their bits so that the payload of a NaN comes through. */
function widen(bytes: Uint8Array<ArrayBuffer>, toSingleBits: (half: number) => number): Float32Array {
  return new Float32Array(Uint32Array.from(new Uint16Array(bytes.buffer), toSingleBits).buffer);
}

/** The bits of an IEEE 754 binary16 as those of the binary32 of the same value. */
function halfToSingle(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent - 15 + 127) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: fraction · 2⁻²⁴, whose leading one becomes the hidden bit of a normal float32.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((127 - 14 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}

/** Integers as float64, or `undefined` where one lies beyond ±(2⁵³ − 1). */
function exactIntegers(values: BigInt64Array | BigUint64Array): Float64Array | undefined {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    out[i] = Number(values[i]);
    if (!Number.isSafeInteger(out[i])) return undefined;
  }
  return out;
}
