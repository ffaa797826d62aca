// Numbers and lists as the doctor writes them. Sentences are the illnesses' own.

/** About three significant digits: `0.0412`, `1.2e−7`, `1,230`. */
export function short(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const digits = (() => {
    if (size === 0) return '0';
    if (size >= 1e6 || size < 1e-4) return value.toExponential(1).replace('e+', 'e');
    if (size >= 1000) return Math.round(value).toLocaleString('en');
    return String(Number(value.toPrecision(3)));
  })();
  return digits.replaceAll('-', '−');
}

/** A share as a percentage, one decimal near its ends: `98 %`, `99.3 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  const near = Math.min(value, 100 - value);
  return `${near < 10 && near > 0 ? value.toFixed(1) : Math.round(value)} %`;
}

/** A setting for a command or for code: at most two significant digits. */
export function setting(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** `a, b and 3 more`, names in quotation marks. */
export function some(
  names: readonly string[],
  { and, most = 4 }: { and: (n: number) => string; most?: number },
): string {
  const shown = names.slice(0, most).map((name) => JSON.stringify(name));
  return names.length > most ? `${shown.join(', ')} ${and(names.length - most)}` : shown.join(', ');
}

/** Column names as the value of a flag: between commas, in quotation marks where the shell needs them. */
export function columnsFlag(names: readonly string[]): string {
  const list = names.map((name) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(',');
  return /^[\w,.-]+$/.test(list) ? list : `'${list.replaceAll("'", "'\\''")}'`;
}
