// Pictures from files: PNG, JPEG and WebP, brought to one size, as the bytes of an IDX array. Which pictures have which labels is image-folder.ts's.
import { open } from 'node:fs/promises';
import type { IdxArray, Shape } from 'chainrule';
import { UsageError } from './errors.ts';
import { count } from './numbers.ts';

/** How pictures are to be. */
export interface PictureOptions {
  /** Channels, height and width, where they are known: a network's. */
  readonly shape?: Shape | undefined;
  /** Height and width asked for. */
  readonly size?: readonly [height: number, width: number] | undefined;
  /** Whether colours are left out. */
  readonly grey?: boolean | undefined;
}

/** Pictures of more pixels than this are refused by what their headers say. */
const mostPixels = 2 ** 26;
/** Numbers of all pictures together. */
const mostBytes = 2 ** 31;
/** Pictures of one size are taken as they are up to this many pixels, and brought to a smaller size beyond. */
const mostOwnPixels = 128 * 128;
const usualSize = [32, 32] as const;

const extensions = ['.png', '.jpg', '.jpeg', '.webp'];

/** Names that a picture without an ending may have. */
export const withExtensions = (name: string): string[] => extensions.map((extension) => name + extension);

/** Whether a file's name is a picture's. */
export const isPictureName = (name: string): boolean =>
  extensions.some((extension) => name.toLowerCase().endsWith(extension));

/** Whether a file's first bytes are a picture's: PNG, JPEG or WebP. */
export async function isPicture(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
    const text = buffer.toString('latin1');
    return /^(?:\x89PNG|\xff\xd8\xff|RIFF....WEBP)/s.test(text);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/** What a header says. */
interface Header {
  readonly height: number;
  readonly width: number;
  readonly colored: boolean;
}

/** Pictures, and what was chosen for them. */
export interface Pictures {
  readonly images: IdxArray;
  readonly notices: readonly string[];
}

/**
 * Reads pictures, each stretched to the same size; what is transparent becomes white.
 * @param source what they are together, for messages
 * @throws UsageError naming a file that is damaged or too large
 */
export async function readPictures(
  files: readonly string[],
  source: string,
  options: PictureOptions,
): Promise<Pictures> {
  const headers = await inTurns(files, headerOf);
  const { shape, notices } = shapeFor(headers, options);
  const [channels, height, width] = shape;
  const each = channels * height * width;
  if (files.length * each > mostBytes)
    throw new UsageError(
      `${source} would become ${count(files.length)} images of ${shape.join('×')}, more than fits in memory; give a smaller --image-size.`,
    );
  const values = new Uint8Array(files.length * each);
  await inTurns(files, async (file, i) => values.set(await pixelsOf(file, shape), i * each));
  return { images: { source, shape: [files.length, ...(channels === 1 ? [height, width] : shape)], values }, notices };
}

function shapeFor(
  headers: readonly Header[],
  { shape, size, grey }: PictureOptions,
): { shape: Shape; notices: string[] } {
  if (shape !== undefined) return { shape, notices: [] };
  const channels = grey || !headers.some(({ colored }) => colored) ? 1 : 3;
  if (size !== undefined) return { shape: [channels, ...size], notices: [] };
  const [{ height, width }] = headers;
  const same = headers.every((one) => one.height === height && one.width === width);
  if (same && height * width <= mostOwnPixels) return { shape: [channels, height, width], notices: [] };
  const found = same ? `are ${width}×${height} pixels` : 'differ in size';
  return {
    shape: [channels, ...usualSize],
    notices: [`The images ${found}: each is brought to ${usualSize.join('×')} (another size: --image-size 64x64).`],
  };
}

async function headerOf(file: string): Promise<Header> {
  // Before any decoder sees it: there are more of them than the three.
  if (!(await isPicture(file))) throw unreadable(file, 'its first bytes are not those of PNG, JPEG or WebP');
  const { default: sharp } = await import('sharp');
  const header = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(file, error);
    });
  const { height, width } = header;
  if (height * width > mostPixels)
    throw new UsageError(
      `${file} has ${count(width)}×${count(height)} pixels, more than the ${count(mostPixels)} that are read; scale it down.`,
    );
  return { height, width, colored: header.channels >= 3 && header.space !== 'b-w' };
}

/** A picture's bytes channel by channel. */
async function pixelsOf(file: string, [channels, height, width]: Shape): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const picture = sharp(file, { limitInputPixels: mostPixels, failOn: 'truncated' })
    .rotate()
    .flatten({ background: '#ffffff' })
    .resize(width, height, { fit: 'fill' });
  const colored = channels === 1 ? picture.greyscale().toColourspace('b-w') : picture.toColourspace('srgb');
  const { data, info } = await colored
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw unreadable(file, error);
    });
  if (channels === 1 && info.channels === 1) return data;
  const pixels = height * width;
  return Uint8Array.from(
    { length: channels * pixels },
    (_, i) => data[(i % pixels) * info.channels + Math.min(Math.floor(i / pixels), info.channels - 1)],
  );
}

function unreadable(file: string, error: unknown): UsageError {
  const said = (error instanceof Error ? error.message : String(error)).split('\n')[0].replace(/\.$/, '');
  return new UsageError(`${file} is no picture that can be read (${said}); replace it or take it away.`);
}

/** What comes of each file, a few at a time, in their order. */
async function inTurns<T>(files: readonly string[], use: (file: string, i: number) => Promise<T>): Promise<T[]> {
  const atOnce = 8;
  const results: T[] = [];
  for (let i = 0; i < files.length; i += atOnce)
    results.push(...(await Promise.all(files.slice(i, i + atOnce).map((file, j) => use(file, i + j)))));
  return results;
}
