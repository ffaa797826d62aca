// A tensor of an ONNX file: its numbers, wherever in the message they are kept, once they are as many as its shape says.
import { ChainruleError } from '../errors.ts';
import { type StoredDtype, storedDtype } from '../formats/safetensors-dtypes.ts';
import { quoted } from '../formats/safetensors-scanner.ts';
import type { FloatArray } from '../memory/index.ts';
import { damaged, type FieldSource } from './fields.ts';
import { type DataType, dataTypes, type OnnxTensor } from './messages.ts';

/** How each type of numbers is stored: as safetensors stores it, under its name there. */
const stored: Readonly<Record<Exclude<DataType, 'bool'>, StoredDtype>> = {
  float: 'F32',
  int32: 'I32',
  int64: 'I64',
  float16: 'F16',
  double: 'F64',
  bfloat16: 'BF16',
};

const isStored = (name: string): name is keyof typeof stored => Object.hasOwn(stored, name);

/** The parts of the message that may hold the numbers. */
interface Parts {
  readonly raw: Uint8Array[];
  readonly floats: Uint8Array[];
  readonly doubles: Uint8Array[];
  readonly int32s: number[];
  readonly int64s: number[];
}

/** The tensor in a message's bytes. */
export function readTensor(bytes: Uint8Array, from: FieldSource): OnnxTensor {
  const found = { name: '', type: 0, external: false };
  const shape: number[] = [];
  const parts: Parts = { raw: [], floats: [], doubles: [], int32s: [], int64s: [] };
  from.message(bytes, {
    1: from.ints(shape),
    2: from.int((value) => {
      found.type = value;
    }),
    4: from.fixed(4, parts.floats),
    5: from.ints(parts.int32s),
    7: from.ints(parts.int64s),
    8: from.text((value) => {
      found.name = value;
    }),
    9: from.bytes((value) => parts.raw.push(value)),
    10: from.fixed(8, parts.doubles),
    13: from.bytes(() => {
      found.external = true;
    }),
    14: from.int((value) => {
      found.external ||= value === 1;
    }),
  });
  const place = `tensor ${quoted(found.name)}`;
  if (found.external) {
    throw new ChainruleError(
      'unsupported',
      `${from.source}: ${place} keeps its numbers in another file, and other files are never read; export the model with its weights inside.`,
    );
  }
  const type = typeOf(found.type, place, from.source);
  const data = numbersOf(type, parts);
  if (data === undefined) throw damaged(from.source, `${place} has numbers that are no ${type}`);
  const size = sizeOf(shape, place, from.source);
  if (data.length !== size) {
    const shown = shape.length > 8 ? `of ${shape.length} axes` : `[${shape.join(', ')}]`;
    throw damaged(from.source, `${place} holds ${data.length} numbers where its shape ${shown} needs ${size}`);
  }
  return { name: found.name, type, shape, data };
}

function typeOf(number: number, place: string, source: string): keyof typeof stored {
  const name = Object.entries(dataTypes).find(([, one]) => one === number)?.[0];
  if (name !== undefined && isStored(name)) return name;
  throw new ChainruleError(
    'unsupported',
    `${source}: ${place} has the data type ${number}, which is not read; export the model with weights of type float (1), double (11), float16 (10) or bfloat16 (16).`,
  );
}

/** How many numbers a shape has; every partial product is checked, since [2^40, 2^40, 0] overflows though it holds nothing. */
function sizeOf(shape: readonly number[], place: string, source: string): number {
  return shape.reduce((size, axis) => {
    const product = size * axis;
    if (axis >= 0 && Number.isSafeInteger(product)) return product;
    throw damaged(source, `${place} has an axis of ${axis}, which cannot be counted`);
  }, 1);
}

/** The numbers, from the part of the message that has them; `undefined` where they do not come out whole. */
function numbersOf(type: keyof typeof stored, { raw, floats, doubles, int32s, int64s }: Parts): FloatArray | undefined {
  if (raw.length > 0) return decode(type, raw);
  if (type === 'float') return decode(type, floats);
  if (type === 'double') return decode(type, doubles);
  if (type === 'int64') return Float64Array.from(int64s);
  if (type === 'int32') return Float64Array.from(int32s);
  // Numbers of 16 bits stand in the list of integers by their bits.
  return decode(type, [new Uint8Array(Uint16Array.from(int32s).buffer)]);
}

function decode(type: keyof typeof stored, parts: readonly Uint8Array[]): FloatArray | undefined {
  const { bits, decode } = storedDtype(stored[type]);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length % (bits / 8) !== 0) return undefined;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return decode?.(bytes);
}
