// Files read whole, no larger than is sensible for what they are.
import { readFile, stat } from 'node:fs/promises';
import { UsageError } from './errors.ts';

/**
 * The bytes of a file, its size asked before any is read.
 * @throws UsageError where it is too large or cannot be read
 */
export async function readBytes(path: string, most: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > most) {
      throw new UsageError(
        `${path} has ${size.toLocaleString('en')} bytes where at most ${most.toLocaleString('en')} are read; give the file that was meant.`,
      );
    }
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const reason =
      code === 'ENOENT' ? 'it does not exist' : code === 'EISDIR' ? 'it is a folder' : `the system says ${code}`;
    throw new UsageError(`${path} cannot be read: ${reason}; check the path.`);
  }
}

/**
 * The UTF-8 text of a file, or of standard input for `-`.
 * @throws UsageError where it is too large, no text, or cannot be read
 */
export async function readSmallText(path: string, most: number): Promise<string> {
  const bytes = path === '-' ? await standardInput(most) : await readBytes(path, most);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${path} is not UTF-8 text; save it as UTF-8.`);
  }
}

async function standardInput(most: number): Promise<Uint8Array> {
  if (process.stdin.isTTY) throw new UsageError('nothing is piped to standard input; name a file.');
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk));
    total += chunk.length;
    if (total > most) {
      throw new UsageError(
        `standard input has more than the ${most.toLocaleString('en')} bytes that are read; give a file that is smaller.`,
      );
    }
  }
  return Buffer.concat(chunks);
}
