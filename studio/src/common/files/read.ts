// Files that a reader chose or dropped, to bytes, text or a model. Nothing of them is executed, and nothing leaves the page.
import { type Model, parseNetwork, readModel } from 'chainrule/formats';
import { inEach, PageError } from '../../words/sentences.ts';
import { safeName } from './names.ts';
import { words } from './words.ts';

/** The largest files that are read, in bytes, by what they are. */
export const mostBytes = { sheet: 4 * 2 ** 20, network: 8 * 2 ** 20, model: 64 * 2 ** 20, data: 96 * 2 ** 20 } as const;

/**
 * The bytes of a file. Its size is asked before it is read.
 * @throws PageError where it is larger or cannot be read
 */
export async function bytesOf(file: File, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const name = safeName(file.name);
  if (file.size > most)
    throw new PageError(inEach(words, (w) => w.tooLarge(name, megabytes(file.size), megabytes(most))));
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new PageError(
      inEach(words, (w) => w.unreadable(name)),
      { cause: error },
    );
  }
}

/** The text of a file in UTF-8. @throws PageError where it is larger, cannot be read or is no text */
export async function textOf(file: File, most: number): Promise<string> {
  return decoded(await bytesOf(file, most), safeName(file.name));
}

/**
 * The network of a network file, or all of a model file.
 * @throws PageError where it cannot be read, ChainruleError where it is no network
 */
export async function modelOf(file: File): Promise<Model> {
  const name = safeName(file.name);
  const bytes = await bytesOf(file, mostBytes.model);
  if (isModelFile(bytes, name)) return readModel(bytes, name);
  if (bytes.length > mostBytes.network)
    throw new PageError(inEach(words, (w) => w.tooLarge(name, megabytes(bytes.length), megabytes(mostBytes.network))));
  return { network: parseNetwork(decoded(bytes, name), name) };
}

/** Safetensors begin with the length of a header that begins with a brace. */
function isModelFile(bytes: Uint8Array, name: string): boolean {
  return name.toLowerCase().endsWith('.safetensors') || (bytes.length > 8 && bytes[8] === 0x7b && bytes[7] === 0);
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new PageError(
      inEach(words, (w) => w.noText(name)),
      { cause: error },
    );
  }
}

const megabytes = (bytes: number): string =>
  bytes < 2 ** 20 ? `${Math.max(1, Math.round(bytes / 2 ** 10))} kB` : `${(bytes / 2 ** 20).toFixed(0)} MB`;
