// Images from files: PNG, JPEG and WebP, unpacked by sharp and brought to one size by the library. Which have which labels is image-folder.ts's.
import { open, readFile, stat } from 'node:fs/promises';
import {
  type Bitmap,
  emptyImageSet,
  type ImageHeader,
  type ImageOptions,
  type ImageSet,
  imageBytes,
  imageHeader,
  imageSetShape,
  unreadableImage,
} from 'chainrule/images';
import { UsageError } from './errors.ts';

const extensions = ['.png', '.jpg', '.jpeg', '.webp'];

/** Names that an image without an ending may have. */
export const withExtensions = (name: string): string[] => extensions.map((extension) => name + extension);

/** Whether a file's name is an image's. */
export const isPictureName = (name: string): boolean =>
  extensions.some((extension) => name.toLowerCase().endsWith(extension));

/** Whether a file's first bytes are an image's: PNG, JPEG or WebP. */
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

/**
 * Reads images, each stretched to the same size; what is transparent becomes white.
 * @param source what they are together, for messages
 * @throws UsageError or ChainruleError naming a file that is damaged or too large
 */
export async function readPictures(files: readonly string[], source: string, options: ImageOptions): Promise<ImageSet> {
  const headers: ImageHeader[] = [];
  for (const file of files) headers.push(imageHeader(await bytesOf(file), file));
  const { shape, notices } = imageSetShape(headers, options);
  const images = emptyImageSet(files.length, shape, source);
  const each = images.values.length / files.length;
  for (const turn of turns(headers))
    await Promise.all(turn.map(async (i) => images.values.set(imageBytes(await unpack(files[i]), shape), i * each)));
  return {
    images,
    notices: notices.map((notice) => notice.replace(/\.$/, ' (another size: --image-size 64x64).')),
  };
}

/** A file's bytes may be this many. */
const mostFileBytes = 2 ** 28;

async function bytesOf(file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size <= mostFileBytes) return readFile(file);
  throw new UsageError(`${file} has more than ${mostFileBytes} bytes, too many for an image; scale it down.`);
}

/** Unpacked at once: so many files, as long as they have no more pixels together. */
const atOnce = { files: 8, pixels: 2 ** 24 };

/** Which images are unpacked together, a few small ones or one large one at a time. */
function turns(headers: readonly ImageHeader[]): number[][] {
  const all: number[][] = [];
  let pixels = Number.POSITIVE_INFINITY;
  headers.forEach(({ height, width }, i) => {
    pixels += height * width;
    if (pixels > atOnce.pixels || all[all.length - 1].length === atOnce.files) {
      all.push([]);
      pixels = height * width;
    }
    all[all.length - 1].push(i);
  });
  return all;
}

/** An image's pixels: turned as its camera was held, its colours as the screen's. */
async function unpack(file: string): Promise<Bitmap> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(await bytesOf(file), { limitInputPixels: false, failOn: 'truncated' })
    .rotate()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw unreadableImage(file, error);
    });
  return { width: info.width, height: info.height, rgba: data };
}
