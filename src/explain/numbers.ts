// Numbers as a reader sees them: float64 rounded once, exact where the number is short.

/** How a number is written. */
export interface NumberWriting {
  readonly decimals: number;
  readonly format: 'text' | 'latex';
}

/**
 * A computed number: with so many decimals, in scientific notation where those would show fewer than four significant
 * digits, an integer as it stands.
 */
export function formatNumber(value: number, { decimals, format }: NumberWriting): string {
  return written(Number.isInteger(value) || !Number.isFinite(value) ? String(value) : rounded(value, decimals), format);
}

/** A given number, such as an input or a constant: as it stands where it is short enough, else as a computed one. */
export function formatGiven(value: number, writing: NumberWriting): string {
  // 0.1 + 0.2 is meant to be 0.3: the last two of float64's sixteen digits may be rounding.
  const shortest = String(Number(value.toPrecision(14)));
  const places = shortest.length - shortest.indexOf('.') - 1;
  const short = !shortest.includes('e') && places <= writing.decimals;
  return short ? written(shortest, writing.format) : formatNumber(value, writing);
}

function rounded(value: number, decimals: number): string {
  const fixed = value.toFixed(decimals);
  const significant = fixed.replace(/^-?0*\.?0*/, '').replace('.', '').length;
  return significant < 4 || Math.abs(value) >= 1e15 ? value.toExponential(Math.max(3, decimals)) : fixed;
}

function written(digits: string, format: NumberWriting['format']): string {
  if (format === 'text') return digits.replace(/^-/, '−');
  return digits.replace(/e\+?(-?\d+)$/, ' \\times 10^{$1}');
}
