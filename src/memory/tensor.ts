// Tensors people hold (a shape and its numbers) and the nested arrays they write.
import { ChainruleError } from '../errors.ts';
import { type Shape, sameShape, showShape, sizeOf } from './shape.ts';

/** Numbers in memory, in one of the two precisions the house computes in. */
export type FloatArray = Float64Array | Float32Array;

/** The precision of a tensor's numbers, in safetensors' spelling. */
export type Dtype = 'F64' | 'F32';

/** Numbers with a shape, in row-major order. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: FloatArray;
}

/** Numbers as people write them: `[[0.15, 0.2], [0.25, 0.3]]`. */
export type Nested = number | readonly Nested[];

/** The precision a tensor is held in. */
export function dtypeOf(tensor: Tensor): Dtype {
  return tensor.data instanceof Float64Array ? 'F64' : 'F32';
}

/** An array of `length` zeros in the given precision. */
export function floats(dtype: Dtype, length: number): FloatArray {
  return dtype === 'F64' ? new Float64Array(length) : new Float32Array(length);
}

/** A tensor as nested arrays of numbers; a `[]` tensor as one number. */
export function toNested(tensor: Tensor): Nested {
  let next = 0;
  const build = (axis: number): Nested =>
    axis === tensor.shape.length
      ? tensor.data[next++]
      : Array.from({ length: tensor.shape[axis] }, () => build(axis + 1));
  return build(0);
}

/**
 * Nested arrays as a float64 tensor of the given shape.
 * @param name what the numbers are, for the error's sentence
 * @throws ChainruleError `bad-shape` where the nesting differs from `shape`, `bad-data` at a number that is not finite
 */
export function fromNested(values: Nested, shape: Shape, name: string): Tensor {
  const data = new Float64Array(sizeOf(shape));
  let next = 0;
  const place = (path: readonly number[]) => `${name}${path.length === 0 ? '' : `[${path.join(',')}]`}`;
  const fill = (value: Nested, axis: number, path: readonly number[]): void => {
    if (axis === shape.length) {
      if (typeof value !== 'number') {
        throw new ChainruleError('bad-shape', `${place(path)} is nested deeper than its shape ${showShape(shape)}.`);
      }
      if (!Number.isFinite(value))
        throw new ChainruleError('bad-data', `${place(path)} is ${value}; every value must be a finite number.`);
      data[next++] = value;
      return;
    }
    if (!Array.isArray(value) || value.length !== shape[axis]) {
      const found = Array.isArray(value) ? `${value.length} ${value.length === 1 ? 'entry' : 'entries'}` : 'one value';
      throw new ChainruleError(
        'bad-shape',
        `${place(path)} has ${found} where ${shape[axis]} are expected; its shape must be ${showShape(shape)}.`,
      );
    }
    for (const [i, entry] of value.entries()) fill(entry, axis + 1, [...path, i]);
  };
  fill(values, 0, []);
  return { shape, data };
}

/** Whether two tensors have the same shape, precision and bits (so that NaN equals NaN and 0 differs from −0). */
export function sameTensor(a: Tensor, b: Tensor): boolean {
  if (!sameShape(a.shape, b.shape) || dtypeOf(a) !== dtypeOf(b)) return false;
  const bytes = (t: Tensor) => new Uint8Array(t.data.buffer, t.data.byteOffset, t.data.byteLength);
  const [x, y] = [bytes(a), bytes(b)];
  return x.every((byte, i) => byte === y[i]);
}
