// NumPy's .npz files, which are zip archives of .npy files, stored or deflated. No other zip features are known.
import { ChainruleError } from '../../errors.ts';
import { crc32 } from '../../formats/crc32.ts';
import type { Tensor } from '../../memory/index.ts';
import { readNpy } from './npy.ts';

/** The most bytes that an archive's arrays may come to: 1 GiB. */
const mostBytes = 2 ** 30;

const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;
const localSignature = 0x04034b50;

/** Whether bytes begin as a zip archive does. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** One file of an archive. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * Reads every array of an archive, by its name without `.npy`.
 * @throws ChainruleError `bad-file` where it is damaged, lies about its sizes, or holds something else
 */
export async function readNpz(bytes: Uint8Array, source: string): Promise<Map<string, Tensor>> {
  const entries = entriesOf(bytes, source);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes)
    throw damaged(source, `says its arrays come to ${total.toLocaleString('en')} bytes, more than are read`);
  const tensors = new Map<string, Tensor>();
  for (const entry of entries) {
    const name = entry.name.replace(/\.npy$/, '');
    const place = `${source}: ${entry.name}`;
    if (tensors.has(name)) throw damaged(source, `has two arrays "${name}"`);
    tensors.set(name, readNpy(await unpacked(bytes, entry, place), place));
  }
  return tensors;
}

const damaged = (source: string, found: string) =>
  new ChainruleError('bad-file', `${source} ${found}; save it again with numpy.savez.`);

/** The archive's directory, which stands at its end. */
function entriesOf(bytes: Uint8Array, source: string): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - 22 - 65_535 && view.getUint32(end, true) !== endSignature) end--;
  if (end < 0 || view.getUint32(end, true) !== endSignature) throw damaged(source, 'is a zip archive without its end');
  const count = view.getUint16(end + 10, true);
  const entries: Entry[] = [];
  for (let i = 0, at = view.getUint32(end + 16, true); i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) throw damaged(source, 'has a damaged directory');
    const nameLength = view.getUint16(at + 28, true);
    const entry = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (entry.size === 0xffffffff || entry.offset === 0xffffffff) throw damaged(source, 'is larger than 4 GiB');
    entries.push(entry);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

async function unpacked(
  bytes: Uint8Array,
  { method, crc, packed, size, offset }: Entry,
  place: string,
): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localSignature)
    throw damaged(place, 'is not where the directory says');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw damaged(place, 'ends too early');
  const body = bytes.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw damaged(place, `is packed by the unknown method ${method}`);
  const content = method === 0 ? body : await inflated(body, size, place);
  if (content.length !== size) throw damaged(place, `has ${content.length} bytes where ${size} are declared`);
  if (crc32(content) !== crc) throw damaged(place, 'has a wrong checksum');
  return content;
}

/** Inflates no more than was declared: what grows beyond it is refused before it fills the memory. */
async function inflated(body: Uint8Array, size: number, place: string): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let filled = 0;
  try {
    const stream = new Blob([Uint8Array.from(body)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (filled + next.value.length > size) {
        await reader.cancel();
        throw damaged(place, `has more than the ${size} bytes that are declared`);
      }
      out.set(next.value, filled);
      filled += next.value.length;
    }
  } catch (error) {
    if (error instanceof ChainruleError) throw error;
    throw damaged(place, 'cannot be unpacked');
  }
  return out.subarray(0, filled);
}
