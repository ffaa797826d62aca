// NumPy's .npy files to tensors. Pickled objects are refused: reading them would run what is in them.
import { ChainruleError } from '../../errors.ts';
import { sizeOf, type Tensor } from '../../memory/index.ts';

const magic = '\u0093NUMPY';

/** Longer than any header of plain numbers. */
const mostHeader = 10_000;

/** Whether bytes begin as an .npy file does. */
export const isNpy = (bytes: Uint8Array): boolean => latin(bytes.subarray(0, magic.length)) === magic;

/** How each number of a dtype is read; by NumPy's name without the byte order. */
const kinds: Readonly<
  Record<string, { readonly size: number; read(view: DataView, at: number, little: boolean): number }>
> = {
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
};

/**
 * Reads one array.
 * @throws ChainruleError `bad-file` where it is damaged, of another kind of numbers, or holds objects
 */
export function readNpy(bytes: Uint8Array, source: string): Tensor {
  const fail = (found: string): never => {
    throw new ChainruleError('bad-file', `${source} ${found}; save the array with numpy.save or numpy.savez.`);
  };
  if (!isNpy(bytes) || bytes.length < 10) return fail('is no .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] >= 2;
  if (wide && bytes.length < 12) return fail('ends in the middle of its header');
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length || end > mostHeader) return fail('ends in the middle of its header');
  const { descr, fortran, shape } = headerOf(latin(bytes.subarray(start, end)), source);
  const kind = Object.hasOwn(kinds, descr.slice(1)) ? kinds[descr.slice(1)] : undefined;
  if (kind === undefined)
    return fail(`holds numbers of the dtype ${descr}, which is not read; convert them with .astype("float64")`);
  const count = sizeOf(shape);
  if (count * kind.size !== bytes.length - end) {
    return fail(
      `says its shape is [${shape.join(', ')}] and has ${bytes.length - end} bytes of numbers where ${count * kind.size} are expected`,
    );
  }
  const data = Float64Array.from({ length: count }, (_, i) => kind.read(view, end + i * kind.size, descr[0] !== '>'));
  return { shape, data: fortran ? fromColumns(data, shape) : data };
}

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
}

/** The header is a Python dictionary: {'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } */
function headerOf(text: string, source: string): Header {
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (descr?.includes('O')) {
    throw new ChainruleError(
      'bad-file',
      `${source} holds pickled Python objects, which are not read since that would run code from the file; save arrays of numbers, one for each parameter.`,
    );
  }
  if (descr === undefined || fortran === undefined || shape === undefined) {
    throw new ChainruleError(
      'bad-file',
      `${source} has a header that tells no dtype, order and shape of plain numbers; save the array with numpy.save.`,
    );
  }
  const sizes = shape
    .split(',')
    .map((part) => part.replace('L', '').trim())
    .filter((part) => part !== '')
    .map(Number);
  return { descr, fortran: fortran === 'True', shape: sizes };
}

/** Numbers in Fortran's order, the first index fastest, put into C's. */
function fromColumns(data: Float64Array, shape: readonly number[]): Float64Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  return data.map((_, i) => {
    let rest = i;
    let at = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return data[at];
  });
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
