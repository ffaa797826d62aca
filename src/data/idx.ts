// IDX, the format MNIST comes in: big-endian sizes, then bytes. Files and compression are node/data.ts's business.
import { ChainruleError } from '../errors.ts';
import type { Labels, Rows, Samples } from '../memory/samples.ts';
import { type Shape, showShape, sizeOf } from '../memory/shape.ts';

/** An array of bytes with a shape. */
export interface IdxArray {
  readonly source: string;
  readonly shape: Shape;
  readonly values: Uint8Array;
}

const typeNames = new Map([
  [0x08, 'unsigned bytes'],
  [0x09, 'signed bytes'],
  [0x0b, '16-bit integers'],
  [0x0c, '32-bit integers'],
  [0x0d, '32-bit floats'],
  [0x0e, '64-bit floats'],
]);

/** Whether bytes begin as an IDX file does: two zeros, a known type, and how many sizes follow. */
export function isIdx(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && typeNames.has(bytes[2]) && bytes[3] > 0;
}

/**
 * Reads an IDX array of unsigned bytes; the values are a view of `bytes`.
 * @param source the file's name, for messages
 * @throws ChainruleError `bad-file` where the header lies or bytes are lacking, `unsupported` for another type of number
 */
export function parseIdx(bytes: Uint8Array, source: string): IdxArray {
  if (!isIdx(bytes)) {
    const found = bytes.length === 0 ? 'is empty' : `begins with bytes ${[...bytes.subarray(0, 4)].join(' ')}`;
    throw new ChainruleError(
      'bad-file',
      `${source} ${found}; an IDX file begins with 0 0 8 and its number of axes: is this the right file?`,
    );
  }
  const [, , type, axes] = bytes;
  if (type !== 0x08) {
    throw new ChainruleError(
      'unsupported',
      `${source} holds ${typeNames.get(type)}; only IDX files of unsigned bytes (type 8) can be read: convert it.`,
    );
  }
  const start = 4 + 4 * axes;
  if (bytes.length < start) {
    throw new ChainruleError(
      'bad-file',
      `${source} ends after ${bytes.length} bytes, inside its header of ${start}; fetch the file again.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const found = bytes.length - start;
  if (sizeOf(shape) !== found) {
    throw new ChainruleError(
      'bad-file',
      `${source} has ${found} bytes of data where its header ${showShape(shape)} promises ${sizeOf(shape)}; the file is damaged or cut short: fetch it again.`,
    );
  }
  if (found === 0)
    throw new ChainruleError(
      'bad-file',
      `${source} has the shape ${showShape(shape)} and so holds no data; use a file with at least one entry.`,
    );
  return { source, shape, values: bytes.subarray(start) };
}

/** An IDX file's images as `[channels, height, width]`: `[n, h, w]` is grey, `[n, c, h, w]` has channels. */
export function imageShape(images: IdxArray): Shape {
  const { shape, source } = images;
  if (shape.length === 3) return [1, shape[1], shape[2]];
  if (shape.length === 4) return shape.slice(1);
  throw new ChainruleError(
    'bad-data',
    `${source} has the shape ${showShape(shape)}; images are [count, height, width] or [count, channels, height, width]${shape.length === 1 ? ': this looks like a labels file, so name its images file instead' : ''}.`,
  );
}

/** Images as rows of pixels: the bytes as they are, meant as 0 … 1. */
export function rowsFromIdx(images: IdxArray): Rows {
  return { count: images.shape[0], width: sizeOf(imageShape(images)), values: images.values, scale: 1 / 255 };
}

/**
 * Images and their labels.
 * @param options.classes how many classes there are; one more than the greatest label unless given
 * @throws ChainruleError `bad-data` where counts differ or a label is out of range
 */
export function samplesFromIdx(
  images: IdxArray,
  labels: IdxArray,
  options: { readonly classes?: number } = {},
): Samples {
  const inputs = rowsFromIdx(images);
  if (labels.shape.length !== 1) {
    throw new ChainruleError(
      'bad-data',
      `${labels.source} has the shape ${showShape(labels.shape)}; labels are one list [count]: name the labels file.`,
    );
  }
  if (labels.shape[0] !== inputs.count) {
    throw new ChainruleError(
      'bad-data',
      `${labels.source} has ${labels.shape[0]} labels where ${images.source} has ${inputs.count} images; use the two files that belong together.`,
    );
  }
  return { inputs, targets: labelsOf(labels, options.classes) };
}

function labelsOf({ values, source }: IdxArray, given: number | undefined): Labels {
  const classes = given ?? values.reduce((most, label) => Math.max(most, label), 0) + 1;
  const wrong = values.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new ChainruleError(
      'bad-data',
      `${source}, label ${wrong} (counting from 0) is ${values[wrong]} where ${classes} classes allow 0 to ${classes - 1}; mend the label or ask for more classes.`,
    );
  }
  if (classes < 2)
    throw new ChainruleError(
      'bad-data',
      `${source} has a single class: every label is 0; classification needs at least two.`,
    );
  return { count: values.length, classes, labels: Uint32Array.from(values) };
}
