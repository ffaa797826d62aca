// The bytes of a file that a page was given, unpacked if it is gzipped. Files by their paths are node/data.ts's.
import { ChainruleError } from '../errors.ts';
import { damagedGzip, emptyFile, isGzip, oneGibibyte, tooLarge, unpackingLimit } from './table-bytes.ts';

/** A file as a page gets it, dropped or chosen; anything with bytes and, for messages, a name. */
export interface FileLike {
  readonly name?: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What a file is called in messages. */
export const nameOf = ({ name = 'the file' }: FileLike): string => name;

/**
 * The bytes of a file, unpacked if it is gzipped.
 * @throws ChainruleError `bad-file` where it is empty, too large, damaged, or cannot be read
 */
export async function bytesOf(file: FileLike, limit = oneGibibyte): Promise<Uint8Array<ArrayBuffer>> {
  const name = nameOf(file);
  if (file.size > limit) throw tooLarge(name, limit);
  const bytes = new Uint8Array(
    await file.arrayBuffer().catch((error: unknown) => {
      throw new ChainruleError(
        'bad-file',
        `${name} cannot be read; it may have been moved or changed: choose it again.`,
        {
          cause: error,
        },
      );
    }),
  );
  if (bytes.length === 0) throw emptyFile(name);
  return isGzip(bytes) ? unpacked(bytes, limit, name) : bytes;
}

async function unpacked(
  packed: Uint8Array<ArrayBuffer>,
  limit: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { most, error: tooMuch } = unpackingLimit(packed.length, limit, name);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
      if (length > most) throw tooMuch;
    }
  } catch (error) {
    throw error === tooMuch ? error : damagedGzip(name, error);
  } finally {
    await reader.cancel().catch(() => {});
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
