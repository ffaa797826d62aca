// Numbers as people read them in reports.

/** A share as a percentage: `98.3 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** About `digits` significant digits, without needless zeros and without long tails: `0.0412`, `1.2e-7`. */
export function significant(value: number, digits = 4): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(digits - 1);
  return size >= 10 ** (digits - 1) ? String(Math.round(value)) : value.toPrecision(digits);
}

/** A setting as its user wrote it, or nearly: at most six significant digits. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A count with separators: `23,860`. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** A count and its noun: `1 row`, `2 rows`. */
export function counted(value: number, noun: string): string {
  const plural = noun.endsWith('s') ? `${noun}es` : `${noun}s`;
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** Seconds as a stopwatch shows them: `0:07`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
