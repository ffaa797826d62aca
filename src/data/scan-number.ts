// Numbers from the bytes of a text, without a string for each. It reads what most numbers look like and leaves the rest to number-style.ts.

const [plus, minus, point, zero, nine, exponent] = [0x2b, 0x2d, 0x2e, 0x30, 0x39, 0x65];

/** Powers of ten that are exact in double precision. */
const tens = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Significant digits whose number is exact in double precision, and those of which two doubles hold it. */
const [shortDigits, longDigits] = [15, 18];

/** Reads numbers, each correctly rounded: what `Number` makes of the same text. */
export class NumberScanner {
  /** Where the number read last ended. */
  at = 0;

  /** The number that begins at `start`; NaN where there is none, or none of the common forms. */
  read(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    const sign = at < end ? bytes[at] : 0;
    if (sign === minus || sign === plus) at++;
    let digits = 0;
    let byte = 0;
    const first = at;
    for (; at < end; at++) {
      byte = bytes[at];
      if (byte < zero || byte > nine) break;
      digits = digits * 10 + (byte - zero);
    }
    let length = at - first;
    let places = 0;
    if (byte === point && at < end) {
      const fraction = ++at;
      for (; at < end; at++) {
        byte = bytes[at];
        if (byte < zero || byte > nine) break;
        digits = digits * 10 + (byte - zero);
      }
      places = at - fraction;
      length += places;
    }
    if (length === 0 || (at < end && (byte | 0x20) === exponent)) return Number.NaN;
    this.at = at;
    const size = length <= shortDigits ? digits / tens[places] : this.long(bytes, first, at, places);
    return sign === minus ? -size : size;
  }

  /** The number of many digits that stand from `first` to before `after`, `places` of them behind the point. */
  private long(bytes: Uint8Array, first: number, after: number, places: number): number {
    let high = 0;
    let low = 0;
    let digits = 0;
    for (let at = first; at < after; at++) {
      const digit = bytes[at] - zero;
      if (bytes[at] === point || (digits === 0 && digit === 0)) continue;
      if (digits < shortDigits) high = high * 10 + digit;
      else low = low * 10 + digit;
      digits++;
    }
    if (digits > longDigits || places >= tens.length) return Number.NaN;
    const scale = tens[places];
    return digits <= shortDigits ? high / scale : longQuotient(high, low, digits - shortDigits, scale);
  }
}

/** (high × 10^more + low) / scale, correctly rounded; NaN where two doubles do not tell which way to round. */
function longQuotient(high: number, low: number, more: number, scale: number): number {
  // Both parts are exact: the first is nine digits times at most 5^9 × 2^9, the second below 10^9.
  const upper = Math.floor(high / 1e6);
  const top = upper * tens[6 + more];
  const rest = (high - upper * 1e6) * tens[more] + low;
  const sum = top + rest;
  const error = rest - (sum - top);
  const quotient = sum / scale;
  const [product, productError] = [quotient * scale, errorOfProduct(quotient, scale)];
  const correction = (sum - product - productError + error) / scale;
  const [least, most] = [correction * (1 - 2 ** -40), correction * (1 + 2 ** -40)];
  return quotient + least === quotient + most ? quotient + correction : Number.NaN;
}

/** a × b as it is, less what it is rounded to (Dekker, 1971). */
function errorOfProduct(a: number, b: number): number {
  const [splitA, splitB] = [a * 134217729, b * 134217729];
  const [highA, highB] = [splitA - (splitA - a), splitB - (splitB - b)];
  const [lowA, lowB] = [a - highA, b - highB];
  return lowA * lowB - (a * b - highA * highB - lowA * highB - highA * lowB);
}
