// The house's random numbers: each is a function of seed, stream, step and index, so none depends on the order of asking.

/** Separate sequences for separate purposes, so that one more draw in one never shifts another. */
export const streams = {
  initialize: 1,
  shuffle: 2,
  split: 3,
  mask: 4,
  augment: 5,
  search: 6,
  check: 7,
  worksheet: 8,
} as const;

/** A purpose of random numbers. */
export type Stream = (typeof streams)[keyof typeof streams];

/** One sequence of random numbers, addressed by index. */
export interface Random {
  /** 32 random bits as an integer from 0 to 2³² − 1. */
  bits(index: number): number;
  /** Uniform on [0, 1), with 53 random bits. */
  uniform(index: number): number;
  /** Standard normal N(0, 1). */
  normal(index: number): number;
}

/**
 * The sequence for one seed, stream and step.
 * The generator is Philox 4×32 with 10 rounds (Salmon et al., 2011): the counter is (index, step), the key (seed, stream).
 * @param seed an integer from 0 to 2⁵³ − 1
 * @param step separates sequences of one stream: an epoch, a layer, a training step; an integer from 0 to 2⁵³ − 1
 */
export function random(seed: number, stream: Stream, step = 0): Random {
  const keyLow = seed | 0;
  const keyHigh = (seed / 4294967296) ^ Math.imul(stream, 0x9e3779b9);
  const stepLow = step | 0;
  const stepHigh = (step / 4294967296) | 0;
  const block = new Uint32Array(4);
  let held = -1;
  const fill = (number: number): void => {
    if (number === held) return;
    philox(block, number | 0, (number / 4294967296) | 0, stepLow, stepHigh, keyLow, keyHigh);
    held = number;
  };
  const uniform = (index: number): number => {
    fill(Math.floor(index / 2));
    const half = (index % 2) * 2;
    return ((block[half] >>> 5) * 67108864 + (block[half + 1] >>> 6)) / 9007199254740992;
  };
  return {
    bits(index) {
      fill(Math.floor(index / 4));
      return block[index % 4];
    },
    uniform,
    normal: (index) => inverseNormal(uniform(index)),
  };
}

/** The numbers 0 … count − 1 in random order (Fisher–Yates). */
export function permutation(count: number, source: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(source.uniform(i) * (i + 1));
    const held = order[i];
    order[i] = order[j];
    order[j] = held;
  }
  return order;
}

/**
 * Four times 32 random bits from the counter (c0, c1, c2, c3) and the key (k0, k1): Philox 4×32-10 itself.
 * The multipliers are 0xd2511f53 and 0xcd9e8d57, a product's upper half is added up from those of 16-bit halves. All is written out
 * and in signed integers, whose bits are the same: a network's weights are drawn before an engine has begun to optimise.
 */
export function philox(out: Uint32Array, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void {
  for (let round = 0; round < 10; round++) {
    let high = c0 >>> 16;
    let low = c0 & 0xffff;
    let middle = (Math.imul(0xd251, low) + (Math.imul(0x1f53, low) >>> 16)) | 0;
    let carry = (Math.imul(0x1f53, high) + (middle & 0xffff)) >>> 16;
    const high0 = Math.imul(0xd251, high) + (middle >>> 16) + carry;
    high = c2 >>> 16;
    low = c2 & 0xffff;
    middle = (Math.imul(0xcd9e, low) + (Math.imul(0x8d57, low) >>> 16)) | 0;
    carry = (Math.imul(0x8d57, high) + (middle & 0xffff)) >>> 16;
    const high1 = Math.imul(0xcd9e, high) + (middle >>> 16) + carry;
    const low0 = Math.imul(0xd2511f53, c0);
    c0 = high1 ^ c1 ^ k0;
    c1 = Math.imul(0xcd9e8d57, c2);
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/**
 * The normal quantile, relative error about 1e-16: Wichura's algorithm AS 241 (1988).
 * It is taken at the middle of the cell [u, u + 2⁻⁵³) that a 53-bit uniform u stands for, so that neither 0 nor 1 is ever
 * inverted. The middle itself is no float64 above ½; its distances from ½ and from the nearer end are.
 */
export function inverseNormal(u: number): number {
  const q = u - 0.5 + 2 ** -54;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * ratio(r, central);
  }
  const tail = q < 0 ? u + 2 ** -54 : 1 - u - 2 ** -54;
  const r = Math.sqrt(-naturalLog(tail));
  const x = r <= 5 ? ratio(r - 1.6, middle) : ratio(r - 5, far);
  return q < 0 ? -x : x;
}

interface Rational {
  readonly above: readonly number[];
  readonly below: readonly number[];
}

function ratio(x: number, { above, below }: Rational): number {
  return polynomial(above, x) / polynomial(below, x);
}

/** Σ cₙ xⁿ by Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let n = coefficients.length - 1; n >= 0; n--) sum = sum * x + coefficients[n];
  return sum;
}

const central: Rational = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852546,
  ],
};

const middle: Rational = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

const far: Rational = {
  above: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  below: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/** ln x for 0 < x < 1 from additions and multiplications alone: Math.log may differ between engines in its last bit. */
function naturalLog(x: number): number {
  let exponent = 0;
  let mantissa = x;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  // ln m = 2 artanh((m − 1) / (m + 1)), |argument| ≤ 0.172: 13 terms reach 2⁻⁵³.
  const t = (mantissa - 1) / (mantissa + 1);
  const square = t * t;
  let sum = 0;
  for (let n = 25; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return 2 * t * sum + exponent * Math.LN2;
}
