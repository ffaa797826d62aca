// From an image's pixels to a network's: one size, one channel after another. The same arithmetic in a page and on the command
// line, so that both make the same bytes; what unpacks the file is theirs.
import type { Shape } from '../memory/shape.ts';

/** An unpacked image: red, green, blue and opacity of each pixel, row by row. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/**
 * The bytes of an image stretched to `[channels, height, width]`, channel by channel: on white where it is transparent, with one
 * channel in greys. Smaller by averaging with weights that fall off in a straight line, larger by linear interpolation.
 */
export function imageBytes({ width, height, rgba }: Bitmap, [channels, toHeight, toWidth]: Shape): Uint8Array {
  const across = resampling(width, toWidth);
  const down = resampling(height, toHeight);
  const row = new Uint8Array(channels * width);
  // Row by row, since a photo as numbers of its own would take several times its memory.
  const narrow = new Float64Array(channels * toWidth * height);
  for (let y = 0; y < height; y++) {
    readRow(rgba.subarray(4 * width * y, 4 * width * (y + 1)), channels, row);
    for (let channel = 0; channel < channels; channel++) {
      for (let x = 0; x < toWidth; x++) {
        narrow[(channel * toWidth + x) * height + y] = weighted(row, channel * width, across[x]);
      }
    }
  }
  const bytes = new Uint8Array(channels * toHeight * toWidth);
  for (let column = 0; column < channels * toWidth; column++) {
    const [channel, x] = [Math.floor(column / toWidth), column % toWidth];
    for (let y = 0; y < toHeight; y++) {
      bytes[(channel * toHeight + y) * toWidth + x] = Math.round(weighted(narrow, column * height, down[y]));
    }
  }
  return bytes;
}

/** One row's channels, one after another. */
function readRow(rgba: Bitmap['rgba'], channels: number, row: Uint8Array): void {
  const width = rgba.length / 4;
  for (let x = 0; x < width; x++) {
    const opacity = rgba[4 * x + 3];
    const red = onWhite(rgba[4 * x], opacity);
    const green = onWhite(rgba[4 * x + 1], opacity);
    const blue = onWhite(rgba[4 * x + 2], opacity);
    if (channels === 1) row[x] = grey(red, green, blue);
    else {
      row[x] = red;
      row[width + x] = green;
      row[2 * width + x] = blue;
    }
  }
}

const onWhite = (value: number, opacity: number): number =>
  opacity === 255 ? value : Math.round((value * opacity) / 255) + 255 - opacity;

/** The luma of ITU-R 601-2, 0.299 R + 0.587 G + 0.114 B, in 16 bits after the point: greys stay as they are. */
const grey = (red: number, green: number, blue: number): number =>
  (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;

/** The pixels that make one pixel of another size, and their weights, which add up to 1. */
interface Weights {
  readonly first: number;
  readonly weights: Float64Array;
}

function weighted(values: ArrayLike<number>, start: number, { first, weights }: Weights): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * values[start + first + i];
  return sum;
}

/** For each pixel of a line of `to`, those of a line of `from` that lie under a triangle about its middle. */
function resampling(from: number, to: number): Weights[] {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(middle - reach + 0.5));
    const end = Math.min(from, Math.floor(middle + reach + 0.5));
    const weights = Float64Array.from({ length: end - first }, (_, j) =>
      Math.max(0, 1 - Math.abs(first + j + 0.5 - middle) / reach),
    );
    const sum = weights.reduce((a, b) => a + b);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
