// Reads and writes safetensors files, from the format's specification, over bytes in memory.
// Not the model file: what chainrule keeps in the metadata is other files' business.
// Specification: https://github.com/huggingface/safetensors#format
import { ChainruleError } from '../errors.ts';
import { showShape, sizeOf } from '../memory/shape.ts';
import { dtypeOf, type Tensor } from '../memory/tensor.ts';
import { storedDtype } from './safetensors-dtypes.ts';
import { copyOf, type Entry, longestHeader, metadataKey, readHeader } from './safetensors-header.ts';
import { hasLoneSurrogate, quoted } from './safetensors-scanner.ts';

/** What a safetensors file holds. The two records have no prototype, so that any name is only a name. */
export interface SafetensorsFile {
  readonly tensors: Record<string, Tensor>;
  readonly metadata: Record<string, string>;
}

/**
 * Reads a safetensors file. F64 and F32 come with their bits unchanged; F16 and BF16 become float32, integers float64,
 * each exactly. The tensors are copies: changing them does not change `bytes`.
 * @param source the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where the file breaks the format, `unsupported` at a dtype that is not read
 *   (BOOL, C64, floats of 8 bits and fewer) and at 64-bit integers beyond ±(2⁵³ − 1)
 * @example
 * const bytes = writeSafetensors({ w: { shape: [2], data: Float32Array.of(1, 2) } });
 * readSafetensors(bytes, 'w.safetensors').tensors.w.data[1] // 2
 */
export function readSafetensors(bytes: Uint8Array, source: string): SafetensorsFile {
  const { entries, metadata, data } = readHeader(bytes, source);
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const entry of entries) tensors[entry.name] = readTensor(entry, data, source);
  return { tensors, metadata };
}

function readTensor({ name, dtype, shape, begin, end }: Entry, data: Uint8Array, source: string): Tensor {
  const { decode } = storedDtype(dtype);
  if (decode === undefined) {
    throw new ChainruleError(
      'unsupported',
      `${source}: tensor ${quoted(name)} holds ${dtype}, which chainrule does not read; convert it to F32 or F64.`,
    );
  }
  // The copy also aligns: a tensor may begin at any byte of the file.
  const values = decode(copyOf(data, begin, end));
  if (values === undefined) {
    throw new ChainruleError(
      'unsupported',
      `${source}: tensor ${quoted(name)} holds ${dtype} beyond ±(2^53 - 1), which float64 does not hold exactly; convert it to F64.`,
    );
  }
  return { shape, data: values };
}

/**
 * Writes a safetensors file. The bytes depend on the names and values alone, not on the order they are given in:
 * tensors lie by descending alignment (F64, then F32), then by name, as the reference implementation writes them.
 * @throws ChainruleError `bad-shape` where a shape does not count its numbers, `bad-option` at a name that the format
 *   cannot hold and at names and metadata over 100 MB
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = byName(tensors).sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  const header = headerText(sorted, byName(metadata));
  // Spaces after the header make the data, and so every tensor, begin at a multiple of its element size.
  const dataStart = 8 + Math.ceil(header.length / 8) * 8;
  const size = sorted.reduce((sum, [, { data }]) => sum + data.byteLength, dataStart);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.set(header, 8);
  bytes.fill(0x20, 8 + header.length, dataStart);
  let offset = dataStart;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** Joined by hand because an object would move names such as "0" to the front. */
function headerText(
  tensors: readonly (readonly [string, Tensor])[],
  metadata: readonly (readonly [string, string])[],
): Uint8Array {
  const parts: string[] = [];
  if (metadata.length > 0) {
    const members = metadata.map(([key, value]) => `${json(key)}:${json(value)}`);
    parts.push(`"${metadataKey}":{${members.join(',')}}`);
  }
  let begin = 0;
  for (const [name, tensor] of tensors) {
    checkTensor(name, tensor);
    const end = begin + tensor.data.byteLength;
    const shape = JSON.stringify(tensor.shape);
    parts.push(`${json(name)}:{"dtype":"${dtypeOf(tensor)}","shape":${shape},"data_offsets":[${begin},${end}]}`);
    begin = end;
  }
  const header = new TextEncoder().encode(`{${parts.join(',')}}`);
  if (header.length > longestHeader) {
    throw new ChainruleError(
      'bad-option',
      `The names and metadata of a safetensors file take ${header.length} bytes and readers take at most ${longestHeader}; shorten the metadata.`,
    );
  }
  return header;
}

function checkTensor(name: string, { shape, data }: Tensor): void {
  if (name === metadataKey) {
    throw new ChainruleError(
      'bad-option',
      `A tensor cannot be named "${metadataKey}" in a safetensors file; rename it.`,
    );
  }
  if (!shape.every((axis) => Number.isSafeInteger(axis) && axis >= 0) || sizeOf(shape) !== data.length) {
    throw new ChainruleError(
      'bad-shape',
      `Tensor ${quoted(name)} has ${data.length} numbers, which its shape ${showShape(shape)} does not count; give it the shape of its numbers.`,
    );
  }
}

/** A record's entries in the order of their names' UTF-8 bytes, which is that of the reference (and not JavaScript's). */
function byName<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareBytes(encoded(a), encoded(b)));
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

function json(text: string): string {
  if (hasLoneSurrogate(text)) {
    throw new ChainruleError(
      'bad-option',
      `The text ${quoted(text)} has half of a surrogate pair, which a safetensors file cannot hold; remove it.`,
    );
  }
  return JSON.stringify(text);
}
