// A grey picture as text: two pixels a character, the upper and the lower half of a block.

/** Rows of characters for `size`×`size` pixels from 0 to 1, without the empty ones above and below. */
export function picture(pixels: readonly number[], size: number): string[] {
  const dark = (row: number, column: number) => row < size && pixels[row * size + column] > 0.35;
  const lines = Array.from({ length: Math.ceil(size / 2) }, (_, line) =>
    Array.from({ length: size }, (_, column) => halves(dark(2 * line, column), dark(2 * line + 1, column))).join(''),
  );
  const inked = (line: string) => line.trim() !== '';
  return lines.slice(lines.findIndex(inked), lines.findLastIndex(inked) + 1);
}

function halves(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
