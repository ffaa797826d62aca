// Many images as one array: which size they are brought to, and which label each has. The pixels are pixels.ts's.
import { ChainruleError } from '../errors.ts';
import type { Shape } from '../memory/shape.ts';
import type { IdxArray } from './idx.ts';
import type { ImageHeader } from './image-header.ts';

/** How images are to be. */
export interface ImageOptions {
  /** Channels, height and width, where they are known: a network's. */
  readonly shape?: Shape | undefined;
  /** Height and width asked for. */
  readonly size?: readonly [height: number, width: number] | undefined;
  /** Whether colours are left out. */
  readonly grey?: boolean | undefined;
}

/** Images of one size, and sentences about choices made. */
export interface ImageSet {
  readonly images: IdxArray;
  readonly notices: readonly string[];
}

/** Images of one size are taken as they are up to this many pixels, and brought to the usual size beyond. */
const mostOwnPixels = 128 * 128;
const usualSize = [32, 32] as const;
/** Numbers of all images together. */
const mostBytes = 2 ** 31;

/** The channels, height and width that images are brought to. */
export function imageSetShape(
  headers: readonly ImageHeader[],
  { shape, size, grey }: ImageOptions,
): { readonly shape: Shape; readonly notices: readonly string[] } {
  if (shape !== undefined) return { shape, notices: [] };
  const channels = grey || !headers.some(({ colored }) => colored) ? 1 : 3;
  if (size !== undefined) return { shape: [channels, ...size], notices: [] };
  const [{ height, width }] = headers;
  const same = headers.every((one) => one.height === height && one.width === width);
  if (same && height * width <= mostOwnPixels) return { shape: [channels, height, width], notices: [] };
  const found = same ? `are ${width}×${height} pixels` : 'differ in size';
  return {
    shape: [channels, ...usualSize],
    notices: [`The images ${found}: each is brought to ${usualSize.join('×')}.`],
  };
}

/**
 * An array for `count` images of one shape, its bytes still to be filled in.
 * @throws ChainruleError `bad-option` where they would not fit in memory
 */
export function emptyImageSet(count: number, shape: Shape, source: string): IdxArray {
  const [channels, height, width] = shape;
  const length = count * channels * height * width;
  if (length > mostBytes)
    throw new ChainruleError(
      'bad-option',
      `${source} would become ${count.toLocaleString('en')} images of ${shape.join('×')}, more than fits in memory; give a smaller size for the images.`,
    );
  return { source, shape: [count, ...(channels === 1 ? [height, width] : shape)], values: new Uint8Array(length) };
}

/** Labels are bytes. */
const mostClasses = 256;

/**
 * The labels of images from the name of each one's class, such as its folder's. Classes are in the order of their names' code units.
 * @throws ChainruleError `bad-data` where there are more than 256
 * @example labelImages(['cat', 'dog', 'cat'], 'pets').classNames // ['cat', 'dog']
 */
export function labelImages(
  names: readonly string[],
  source: string,
): { readonly labels: IdxArray; readonly classNames: readonly string[] } {
  const classNames = [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
  if (classNames.length > mostClasses)
    throw new ChainruleError(
      'bad-data',
      `${source} has ${classNames.length.toLocaleString('en')} classes where images may have ${mostClasses}; take fewer.`,
    );
  const places = new Map(classNames.map((name, i) => [name, i]));
  const values = Uint8Array.from(names, (name) => places.get(name) ?? 0);
  return { labels: { source, shape: [names.length], values }, classNames };
}
