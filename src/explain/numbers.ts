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
export const formatNumber = (value: number, { decimals, format }: NumberWriting): string =>
  written(digitsOf(value, decimals), format);

/** A given number, such as an input or a constant: as it stands where it is short enough, else as a computed one. */
export const formatGiven = (value: number, { decimals, format }: NumberWriting): string =>
  written(givenDigits(value, decimals), format);

/** A computed number as a reader of it has it. */
export const shownNumber = (value: number, { decimals }: NumberWriting): number => Number(digitsOf(value, decimals));

/** A given number as a reader of it has it. */
export const shownGiven = (value: number, { decimals }: NumberWriting): number => Number(givenDigits(value, decimals));

/** One in the last digit of a computed number as it is shown. */
export function shownStep(value: number, { decimals }: NumberWriting): number {
  const [mantissa, exponent] = digitsOf(value, decimals).split('e');
  return 10 ** (Number(exponent ?? 0) - (placesOf(mantissa) || decimals));
}

function digitsOf(value: number, decimals: number): string {
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : rounded(value, decimals);
}

function givenDigits(value: number, decimals: number): string {
  // 0.1 + 0.2 is meant to be 0.3: the last two of float64's sixteen digits may be rounding.
  const meant = Number(value.toPrecision(14));
  const computed = digitsOf(value, decimals);
  const shortest = computed.includes('e') ? meant.toExponential() : String(meant);
  return placesOf(shortest.split('e')[0]) <= decimals ? shortest : computed;
}

const placesOf = (digits: string): number => (digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0);

function rounded(value: number, decimals: number): string {
  const fixed = value.toFixed(decimals);
  const significant = fixed.replace(/^-?0*\.?0*/, '').replace('.', '').length;
  return significant < 4 || Math.abs(value) >= 1e15 ? value.toExponential(Math.max(3, decimals)) : fixed;
}

function written(digits: string, format: NumberWriting['format']): string {
  if (format === 'text') return digits.replace(/^-/, '−');
  return digits
    .replace('Infinity', '\\infty')
    .replace('NaN', '\\mathrm{NaN}')
    .replace(/e\+?(-?\d+)$/, ' \\times 10^{$1}');
}
