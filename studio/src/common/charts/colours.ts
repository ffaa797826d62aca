// Colours as numbers, and numbers as colours. Which colours the theme has is theme-colours.svelte.ts's business.

export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour written #rrggbb. */
export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** As many steps on either side of 0. */
const half = 127;

/** Colours for −1 … 1: negative, through the middle colour, to positive; as RGBA bytes in 255 steps. */
export function signedScale(negative: Rgb, middle: Rgb, positive: Rgb): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(4 * (2 * half + 1));
  for (let step = -half; step <= half; step++) {
    const end = step < 0 ? negative : positive;
    const share = Math.abs(step) / half;
    const colour = middle.map((value, i) => value + (end[i] - value) * share);
    bytes.set([...colour, 255], 4 * (step + half));
  }
  return bytes;
}

/** Where a value of −1 … 1 lies on a scale; what is beyond or no number counts as the nearest end or the middle. */
export function placeOnScale(value: number): number {
  const bounded = Number.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value));
  return 4 * (Math.round(bounded * half) + half);
}
