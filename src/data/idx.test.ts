import { expect, test } from 'vitest';
import { imageShape, isIdx, parseIdx, rowsFromIdx, samplesFromIdx } from './idx.ts';

function idx(shape: readonly number[], values: readonly number[], type = 8): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, type, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

const images = parseIdx(idx([2, 1, 2], [0, 255, 51, 102]), 'images');

test('images keep their bytes and mean 0 … 1', () => {
  expect(samplesFromIdx(images, parseIdx(idx([2], [1, 0]), 'labels'))).toEqual({
    inputs: { count: 2, width: 2, values: Uint8Array.of(0, 255, 51, 102), scale: 1 / 255 },
    targets: { count: 2, classes: 2, labels: Uint32Array.of(1, 0) },
  });
});

test('a file inside a larger buffer is read from its own bytes', () => {
  const large = new Uint8Array(40);
  const file = idx([3], [7, 8, 9]);
  large.set(file, 5);
  expect(parseIdx(large.subarray(5, 5 + file.length), 't').values).toEqual(Uint8Array.of(7, 8, 9));
});

test('four axes are images with channels', () => {
  const coloured = parseIdx(idx([1, 3, 1, 2], [1, 2, 3, 4, 5, 6]), 't');
  expect(imageShape(coloured)).toEqual([3, 1, 2]);
  expect(rowsFromIdx(coloured).width).toBe(6);
});

test.each([
  [new Uint8Array(), 't is empty; an IDX file begins with 0 0 8'],
  [Uint8Array.of(80, 75, 3, 4), 't begins with bytes 80 75 3 4'],
  [idx([1], [1], 0x0d), 't holds 32-bit floats; only IDX files of unsigned bytes'],
  [Uint8Array.of(0, 0, 8, 3, 0, 0), 't ends after 6 bytes, inside its header of 16'],
  [idx([60000, 28, 28], [1, 2, 3]), 't has 3 bytes of data where its header [60000, 28, 28] promises 47040000'],
  [idx([4294967295, 4294967295], []), 't has 0 bytes of data where its header [4294967295, 4294967295] promises'],
  [idx([1], [1, 2]), 't has 2 bytes of data where its header [1] promises 1'],
  [idx([0, 28, 28], []), 't has the shape [0, 28, 28] and so holds no data'],
])('a damaged file %# is refused in one sentence', (bytes, sentence) => {
  expect(() => parseIdx(bytes, 't')).toThrow(sentence);
});

test('files that do not belong together are refused', () => {
  const labels = (values: readonly number[]) => parseIdx(idx([values.length], values), 'labels');
  expect(() => samplesFromIdx(images, labels([1]))).toThrow('labels has 1 labels where images has 2 images');
  expect(() => samplesFromIdx(images, images)).toThrow('images has the shape [2, 1, 2]; labels are one list');
  expect(() => samplesFromIdx(labels([1]), labels([1]))).toThrow('this looks like a labels file');
  expect(() => samplesFromIdx(images, labels([1, 12]), { classes: 10 })).toThrow(
    'labels, label 1 (counting from 0) is 12 where 10 classes allow 0 to 9',
  );
  expect(() => samplesFromIdx(images, labels([0, 0]))).toThrow('labels has a single class');
});

test('only IDX is taken for IDX', () => {
  expect(isIdx(idx([1], [1]))).toBe(true);
  expect(isIdx(Uint8Array.of(0, 0, 7, 1))).toBe(false);
  expect(isIdx(Uint8Array.of(0, 0, 8))).toBe(false);
});
