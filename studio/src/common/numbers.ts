// Numbers as people type them and as fields show them.

/** What was typed as a decimal number, which may be too large to be finite; undefined where it is none. */
export function typedNumber(text: string): number | undefined {
  // Input methods type digits, signs and points at full width; a typographic minus is what fields show.
  const plain = text.normalize('NFKC').trim().replace(/[−–]/g, '-');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}

/** A number in a field: in full, so that nothing is lost by looking at it. */
export const fieldNumber = (value: number): string => String(value).replaceAll('-', '−');
