// The bytes of a file, unpacked if it is gzipped: whole, or piece after piece. What they mean is others' business.
import { createReadStream, type ReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { createGunzip, type Gunzip } from 'node:zlib';
import { damagedGzip, emptyFile, isGzip, tooLarge, unpackingLimit } from '../data/table-bytes.ts';
import { ChainruleError } from '../errors.ts';
import type { Watch } from './row-source.ts';

/** Bytes that are read at once of a file, and unpacked at once. */
const [plainPiece, unpackedPiece] = [2 ** 22, 2 ** 20];

/**
 * All bytes of a file.
 * @throws ChainruleError `bad-file` where it cannot be read, is empty, damaged or larger than `limit`, unpacked
 */
export async function wholeFile(path: string, limit: number): Promise<Uint8Array> {
  const { size, packed } = await beginning(path);
  if (size > limit) throw tooLarge(path, limit);
  const bytes = packed === undefined ? plain(await readFile(path)) : await unpackedFile(path, limit, packed.stated);
  // A pipe has no size.
  if (bytes.length === 0) throw emptyFile(path);
  return bytes;
}

/** Unpacks into one buffer as large as the file says it must be: what comes in parts is held twice when they are joined. */
async function unpackedFile(path: string, limit: number, stated: number): Promise<Uint8Array> {
  let bytes = new Uint8Array(Math.min(stated, limit));
  let length = 0;
  for await (const piece of pieces(path, limit)) {
    // A file of several members states the size of the last alone.
    if (length + piece.length > bytes.length) {
      const larger = new Uint8Array(Math.max(2 * bytes.length, length + piece.length));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(piece, length);
    length += piece.length;
  }
  return bytes.subarray(0, length);
}

/**
 * A text file's bytes, piece after piece, in UTF-8 where a byte order mark says that they are in UTF-16.
 * @throws ChainruleError as {@link wholeFile}, but however large it is; the signal's reason
 */
export async function* textPieces(path: string, watch: Watch = {}): AsyncGenerator<Uint8Array> {
  const inUtf8 = transcoder();
  for await (const piece of pieces(path, Number.POSITIVE_INFINITY, watch)) yield inUtf8(piece);
}

async function* pieces(path: string, limit: number, { signal, onProgress }: Watch = {}): AsyncGenerator<Uint8Array> {
  const { size, packed } = await beginning(path);
  if (size === 0) throw emptyFile(path);
  const file = createReadStream(path, { highWaterMark: packed === undefined ? plainPiece : 2 ** 16 });
  const gunzip = packed && unpacking(file);
  let length = 0;
  try {
    for await (const piece of gunzip ?? file) {
      length += piece.length;
      // Compared with what was unpacked so far: a bomb is known by its first part.
      const { most, error } = unpackingLimit(gunzip?.bytesWritten ?? size, limit, path);
      if (length > most && gunzip !== undefined) throw error;
      onProgress?.(file.bytesRead, size);
      signal?.throwIfAborted();
      yield piece;
    }
  } catch (error) {
    if (gunzip !== undefined && codeOf(error).startsWith('Z_')) throw damagedGzip(path, error);
    throw error instanceof ChainruleError || signal?.aborted ? error : unreadable(path, error);
  } finally {
    file.destroy();
    gunzip?.destroy();
  }
}

function unpacking(file: ReadStream): Gunzip {
  const gunzip = createGunzip({ chunkSize: unpackedPiece });
  // A pipe does not hand errors on.
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

/** A file's size, and if it is gzipped the size that its end states. */
async function beginning(path: string): Promise<{ size: number; packed: { stated: number } | undefined }> {
  try {
    const found = await stat(path);
    const { size } = found;
    if (found.isDirectory()) throw new ChainruleError('bad-file', `${path} is a folder; name a file in it.`);
    // What is read of a pipe is gone.
    if (!found.isFile()) return { size, packed: undefined };
    const first = await bytesAt(path, 0, 2);
    if (!isGzip(first)) return { size, packed: undefined };
    const end = await bytesAt(path, Math.max(0, size - 4), 4);
    const stated = end.length < 4 ? 0 : new DataView(end.buffer, end.byteOffset, 4).getUint32(0, true);
    return { size, packed: { stated } };
  } catch (error) {
    throw error instanceof ChainruleError ? error : unreadable(path, error);
  }
}

async function bytesAt(path: string, position: number, count: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, position);
    return plain(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Turns UTF-16 with a byte order mark into UTF-8; other bytes stay as they are. */
function transcoder(): (piece: Uint8Array) => Uint8Array {
  let decoder: TextDecoder | undefined;
  let begun = false;
  return (piece) => {
    if (!begun) {
      const [first, second] = piece;
      if (first === 0xff && second === 0xfe) decoder = new TextDecoder('utf-16le');
      if (first === 0xfe && second === 0xff) decoder = new TextDecoder('utf-16be');
      begun = true;
    }
    return decoder === undefined ? piece : new TextEncoder().encode(decoder.decode(piece, { stream: true }));
  };
}

/** The bytes of a Buffer, without its methods: a Buffer's `slice` shares memory, an array's copies. */
function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function unreadable(path: string, error: unknown): ChainruleError {
  const reasons = new Map([
    ['ENOENT', 'does not exist; check the name and the folder'],
    ['EACCES', 'may not be read; check its permissions'],
    ['ENOTDIR', 'does not exist: a part of its path is a file; check the path'],
  ]);
  const code = codeOf(error);
  return new ChainruleError('bad-file', `${path} ${reasons.get(code) ?? `cannot be read (${code}); check the file`}.`, {
    cause: error,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
