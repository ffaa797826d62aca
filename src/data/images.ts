/**
 * Images from a page's files, unpacked by the browser; and what other unpackers need to make the same of them.
 * @module chainrule/images
 */
import { ChainruleError } from '../errors.ts';
import { bytesOf, type FileLike, nameOf } from './blob-bytes.ts';
import { type IdxArray, imageShape, parseIdx } from './idx.ts';
import { imageHeader, unreadableImage } from './image-header.ts';
import { emptyImageSet, type ImageOptions, type ImageSet, imageSetShape } from './image-set.ts';
import { type Bitmap, imageBytes } from './pixels.ts';

export type { FileLike } from './blob-bytes.ts';
export { type ImageHeader, imageHeader, unreadableImage } from './image-header.ts';
export { emptyImageSet, type ImageOptions, type ImageSet, imageSetShape, labelImages } from './image-set.ts';
export { type Bitmap, imageBytes } from './pixels.ts';

/** What images are together, for messages. */
const source = 'the images';

/** A file's bytes may be this many. */
const mostFileBytes = 2 ** 28;

/**
 * Reads PNG, JPEG and WebP files that were dropped or chosen, each stretched to the same size; what is transparent becomes white.
 * Images of one small size are taken as they are, others brought to 32×32 unless a size or a network's shape is given.
 * @throws ChainruleError `bad-file` naming a file that is damaged or too large, `unsupported` where the browser lacks a canvas
 * @example
 * const { images } = await readImages([file], { shape: net.input });
 * predictor(net).rows(rowsFromIdx(images));
 */
export async function readImages(files: readonly FileLike[], options: ImageOptions = {}): Promise<ImageSet> {
  if (files.length === 0)
    throw new ChainruleError('bad-data', 'no images are given; choose at least one PNG, JPEG or WebP file.');
  const headers = [];
  for (const file of files) headers.push(imageHeader(await bytesOf(file, mostFileBytes), nameOf(file)));
  const { shape, notices } = imageSetShape(headers, options);
  const images = emptyImageSet(files.length, shape, source);
  const each = images.values.length / files.length;
  // One at a time: several unpacked photos may be more than a page has memory for.
  for (const [i, file] of files.entries()) images.values.set(imageBytes(await unpack(file), shape), i * each);
  return { images, notices };
}

/**
 * Reads IDX images and their labels, gzipped or not.
 * @throws ChainruleError `bad-file` where either is damaged
 */
export async function readIdx(
  images: FileLike,
  labels: FileLike,
): Promise<{ readonly images: IdxArray; readonly labels: IdxArray }> {
  const pixels = parseIdx(await bytesOf(images), nameOf(images));
  imageShape(pixels);
  return { images: pixels, labels: parseIdx(await bytesOf(labels), nameOf(labels)) };
}

/** An unpacked image of the browser's, as far as it is used. */
interface BrowserImage {
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** A canvas's context, as far as it is used. */
interface Context {
  fillStyle: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  drawImage(image: BrowserImage, x: number, y: number): void;
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

interface Canvas {
  getContext(kind: '2d', options: { willReadFrequently: boolean }): Context | null;
}

const isUnpacker = (value: unknown): value is (blob: Blob) => Promise<BrowserImage> => typeof value === 'function';
const isCanvas = (value: unknown): value is new (width: number, height: number) => Canvas =>
  typeof value === 'function';

/** An image's pixels, as the browser unpacks it: turned as its camera was held, its colours as the screen's, on white. */
async function unpack(file: FileLike): Promise<Bitmap> {
  const createImageBitmap: unknown = Reflect.get(globalThis, 'createImageBitmap');
  const OffscreenCanvas: unknown = Reflect.get(globalThis, 'OffscreenCanvas');
  if (!isUnpacker(createImageBitmap) || !isCanvas(OffscreenCanvas)) throw noCanvas();
  const bytes = await bytesOf(file, mostFileBytes);
  const image = await createImageBitmap(new Blob([bytes])).catch((error: unknown) => {
    throw unreadableImage(nameOf(file), error);
  });
  try {
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw noCanvas();
    // Not left to the arithmetic here: a canvas keeps colours only as far as they are opaque.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0);
    return { width, height, rgba: context.getImageData(0, 0, width, height).data };
  } finally {
    image.close();
  }
}

function noCanvas(): ChainruleError {
  return new ChainruleError(
    'unsupported',
    'images cannot be unpacked here: createImageBitmap and OffscreenCanvas are lacking; use a newer browser, or chainrule train on a folder of them.',
  );
}
