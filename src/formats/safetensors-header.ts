// The header of a safetensors file: found, read and checked against the bytes it describes.
// Not where numbers are decoded.
import { didYouMean } from '../errors.ts';
import { showShape } from '../memory/shape.ts';
import { isStoredDtype, type StoredDtype, storedDtype, storedDtypes } from './safetensors-dtypes.ts';
import { badFile, HeaderScanner, quoted } from './safetensors-scanner.ts';

/** The key under which the header keeps its text-to-text map, and which no tensor may have. */
export const metadataKey = '__metadata__';

/** The longest header the format's reference implementation reads, in bytes. */
export const longestHeader = 100_000_000;

/** Where a tensor lies: bytes `begin` to `end` (not included), counted from the end of the header. */
export interface Entry {
  readonly name: string;
  readonly dtype: StoredDtype;
  readonly shape: number[];
  readonly begin: number;
  readonly end: number;
}

/** A header whose entries cover the data exactly. */
interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: Record<string, string>;
  /** The file's bytes after the header. */
  readonly data: Uint8Array;
}

/** The length of the header that the first 8 bytes give, in bytes. */
export const headerLength = (bytes: Uint8Array): bigint =>
  new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);

/**
 * Reads the header and checks all that the format promises of it.
 * @param size the whole file's, where `bytes` are only its beginning
 * @throws ChainruleError `bad-file` at anything else
 */
export function readHeader(bytes: Uint8Array, source: string, size = bytes.length): Header {
  const { text, data } = split(bytes, source);
  const dataLength = data.length + size - bytes.length;
  const scanner = new HeaderScanner(text, source);
  const entries: Entry[] = [];
  // Without a prototype, a key such as `__proto__` is a key like any other.
  const metadata: Record<string, string> = Object.create(null);
  scanner.object('the header', (name) => {
    if (name === metadataKey) {
      scanner.object(`"${metadataKey}"`, (key) => {
        metadata[key] = scanner.string(`"${metadataKey}"`);
      });
    } else entries.push(readEntry(scanner, name, source));
  });
  scanner.end();
  for (const entry of entries) checkSize(entry, dataLength, source);
  checkCover(entries, dataLength, source);
  return { entries, metadata, data };
}

/** 8 bytes of length N (little-endian), N bytes of JSON in UTF-8, then the data. */
function split(bytes: Uint8Array, source: string): { text: string; data: Uint8Array } {
  if (bytes.length < 8) {
    throw badFile(source, `it has ${bytes.length} bytes where the length of the header alone takes 8`);
  }
  const length = headerLength(bytes);
  if (length > longestHeader) {
    throw badFile(source, `its first 8 bytes give a header of ${length} bytes, and at most ${longestHeader} are read`);
  }
  const end = 8 + Number(length);
  if (end > bytes.length) {
    throw badFile(source, `its header should end at byte ${end} and the file has ${bytes.length} bytes`);
  }
  if (end === 8 || bytes[8] !== 0x7b) {
    const found = end === 8 ? 'is empty' : `begins with the byte 0x${bytes[8].toString(16).padStart(2, '0')}`;
    throw badFile(source, `its header ${found} where "{" (0x7b) is expected`);
  }
  try {
    // A copy, because TextDecoder does not take memory shared between threads.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(copyOf(bytes, 8, end));
    return { text, data: bytes.subarray(end) };
  } catch (cause) {
    throw badFile(source, 'its header is not valid UTF-8', { cause });
  }
}

/** A copy of bytes `begin` to `end` in memory of its own (which a Node Buffer's `slice` would not be). */
export function copyOf(bytes: Uint8Array, begin: number, end: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.subarray(begin, end));
}

function readEntry(scanner: HeaderScanner, name: string, source: string): Entry {
  const place = `tensor ${quoted(name)}`;
  const found: { dtype?: StoredDtype; shape?: number[]; offsets?: number[] } = {};
  scanner.object(place, (field) => {
    if (field === 'dtype') found.dtype = readDtype(scanner, place, source);
    else if (field === 'shape') found.shape = scanner.wholeNumbers(`the shape of ${place}`);
    else if (field === 'data_offsets') found.offsets = scanner.wholeNumbers(`the data_offsets of ${place}`, 2);
    else throw badFile(source, `${place} has the key ${quoted(field)} besides "dtype", "shape" and "data_offsets"`);
  });
  const { dtype, shape, offsets } = found;
  if (dtype === undefined || shape === undefined || offsets === undefined) {
    const missing = dtype === undefined ? 'dtype' : shape === undefined ? 'shape' : 'data_offsets';
    throw badFile(source, `${place} has no "${missing}"`);
  }
  if (offsets.length !== 2) throw badFile(source, `${place} has ${offsets.length} data_offsets where 2 are expected`);
  return { name, dtype, shape, begin: offsets[0], end: offsets[1] };
}

function readDtype(scanner: HeaderScanner, place: string, source: string): StoredDtype {
  const name = scanner.string(`the dtype of ${place}`);
  if (isStoredDtype(name)) return name;
  const hint = name.length > 20 ? '' : didYouMean(name, Object.keys(storedDtypes));
  throw badFile(source, `${place} has the dtype ${quoted(name)}${hint}, which is none of the format's`);
}

/** The bytes a tensor occupies must lie in the file and be as many as its shape and dtype need. */
function checkSize({ name, dtype, shape, begin, end }: Entry, available: number, source: string): void {
  const place = `tensor ${quoted(name)}`;
  if (begin > end) throw badFile(source, `${place} begins at byte ${begin} of the data, after its end at ${end}`);
  if (end > available) {
    throw badFile(source, `${place} ends at byte ${end} of the data, of which the file has ${available}`);
  }
  const shown = shape.length > 8 ? `of ${shape.length} axes` : showShape(shape);
  // Every partial product is checked, as the reference does: [2^40, 2^40, 0] overflows though it holds nothing.
  let bits = storedDtype(dtype).bits;
  for (const axis of shape) {
    bits *= axis;
    if (!Number.isSafeInteger(bits)) throw badFile(source, `${place} has the shape ${shown}, too large to count`);
  }
  if ((end - begin) * 8 !== bits) {
    throw badFile(source, `${place} takes ${end - begin} bytes where its shape ${shown} of ${dtype} needs ${bits / 8}`);
  }
}

/** In order of their bytes, each tensor must begin where the one before ends, and the last end with the file. */
function checkCover(entries: readonly Entry[], available: number, source: string): void {
  let covered = 0;
  let before = '';
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < covered) {
      throw badFile(
        source,
        `tensor ${quoted(name)} begins at byte ${begin} of the data, inside tensor ${quoted(before)}`,
      );
    }
    if (begin > covered) throw badFile(source, `no tensor uses bytes ${covered} to ${begin} of the data`);
    covered = end;
    before = name;
  }
  if (covered < available) throw badFile(source, `no tensor uses bytes ${covered} to ${available} of the data`);
}
