// Numbers as people type them and as fields show them.

/** What was typed as a number; undefined where it is no finite one. A typographic minus and a decimal comma are understood. */
export function typedNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/^([+-]?\d*),(\d+)$/, '$1.$2');
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? undefined : value;
}

/** A number in a field: in full, so that nothing is lost by looking at it. */
export const fieldNumber = (value: number): string => String(value).replace('-', '−');
