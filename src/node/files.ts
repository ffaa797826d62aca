// Network and model files on disk: read whole, and written whole or not at all. What is in them is src/formats' business.
import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { TextDecoder } from 'node:util';
import { ChainruleError } from '../errors.ts';
import { type Extensions, type Model, networkFrom, readModel, writeModel } from '../formats/index.ts';
import { parseJson } from '../formats/network-file.ts';
import { headerLength, longestHeader, readHeader } from '../formats/safetensors-header.ts';

/** How to read a network or model. */
export interface LoadOptions extends Extensions {
  /** Goes before the seed that a network file names, so that parameters whose values it does not give are drawn from it. */
  readonly seed?: number;
}

/**
 * Reads a model file (`.safetensors`) or a network file (`.json`); of a file with another name the first bytes tell.
 * A network file is a model without preprocessing.
 * @example
 * const { network, preprocessing } = await loadModel('model.safetensors');
 * @throws ChainruleError `bad-file` where it cannot be read or is damaged, `bad-network` where it describes no network
 */
export async function loadModel(path: string, { seed, ...extensions }: LoadOptions = {}): Promise<Model> {
  await checkBeginning(path);
  const bytes = await readWhole(path);
  if (isSafetensors(bytes, path)) return readModel(bytes, path, extensions);
  const description = parseJson(decode(bytes, path), path);
  const seeded = seed !== undefined && isObject(description) ? { ...description, seed } : description;
  return { network: networkFrom(seeded, path, extensions) };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Writes a model file. The file at `path` is the whole model or, whatever happens, what it was before.
 * @throws ChainruleError `bad-file` where it cannot be written
 */
export async function saveModel(path: string, model: Model): Promise<void> {
  await writeWhole(path, writeModel(model));
}

/**
 * The text of a file in UTF-8.
 * @throws ChainruleError `bad-file` where it cannot be read or is no text
 */
export async function readText(path: string): Promise<string> {
  return decode(await readWhole(path), path);
}

/**
 * Writes a file whole: to a temporary file beside it, which then takes its name.
 * @throws ChainruleError `bad-file` where it cannot be written
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  try {
    const target = await destination(path);
    if (target.special) return await writeTo(target.path, 'w', content);
    const temporary = temporaryName(target.path);
    try {
      await writeTo(temporary, 'wx', content);
      await rename(temporary, target.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw error instanceof ChainruleError ? error : unusable(path, 'written', error);
  }
}

/**
 * Makes sure that a file can be written, before work is done whose result goes there. Leaves nothing behind.
 * @throws ChainruleError `bad-file` where it cannot
 */
export async function requireWritable(path: string): Promise<void> {
  try {
    const target = await destination(path);
    if (target.special) return;
    const temporary = temporaryName(target.path);
    await writeTo(temporary, 'wx', '');
    await rm(temporary, { force: true });
  } catch (error) {
    throw error instanceof ChainruleError ? error : unusable(path, 'written', error);
  }
}

/** Where to write: behind symbolic links; a device or pipe is written in place, since nothing can take its name. */
async function destination(path: string): Promise<{ path: string; special: boolean }> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return { path, special: false };
  if (found.isDirectory()) {
    throw new ChainruleError(
      'bad-file',
      `${path} is a folder; name a file to write, such as ${join(path, 'model.safetensors')}.`,
    );
  }
  if (!found.isFile()) return { path, special: true };
  // Whoever may replace a file by way of its folder may still not be meant to: ask the file itself.
  await (await open(path, 'r+')).close();
  return { path: await realpath(path), special: false };
}

const temporaryName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

async function writeTo(path: string, flags: 'w' | 'wx', content: Uint8Array | string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(content);
    if (flags === 'wx') await file.sync();
  } finally {
    await file.close();
  }
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).isDirectory())
      throw new ChainruleError('bad-file', `${path} is a folder; name a file in it.`);
    const bytes = await readFile(path);
    if (bytes.length === 0) throw new ChainruleError('bad-file', `${path} is empty; give a file with something in it.`);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    throw error instanceof ChainruleError ? error : unusable(path, 'read', error);
  }
}

/** Files are looked at before they are read from this size on. */
const largeFile = 2 ** 24;

/** Refuses a large file by its header, if that of a model, before the rest is read. */
async function checkBeginning(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  if (size < largeFile) return;
  const file = await open(path);
  try {
    const start = await file.read(new Uint8Array(8), 0, 8, 0);
    if (!isSafetensors(start.buffer, path)) return;
    const length = Math.min(8 + Math.min(Number(headerLength(start.buffer)), longestHeader), size);
    const { buffer } = await file.read(new Uint8Array(length), 0, length, 0);
    readHeader(buffer, path, size);
  } finally {
    await file.close();
  }
}

/** By its name, else by its first bytes: a length of eight bytes, the upper ones zero, where text has none. */
function isSafetensors(bytes: Uint8Array, path: string): boolean {
  const extension = extname(path).toLowerCase();
  if (extension === '.safetensors') return true;
  return extension !== '.json' && bytes.length >= 8 && bytes.subarray(5, 8).every((byte) => byte === 0);
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ChainruleError('bad-file', `${path} is not UTF-8 text; give a model file, or save the text as UTF-8.`, {
      cause: error,
    });
  }
}

const reasons = new Map([
  ['ENOENT', 'the file or a folder on its path does not exist; check the path'],
  ['ENOTDIR', 'a part of its path is a file; check the path'],
  ['EACCES', 'permission is denied; check its permissions and those of its folder'],
  ['EPERM', 'permission is denied; check its permissions and those of its folder'],
  ['EROFS', 'its file system is read-only; choose another folder'],
  ['ENOSPC', 'no space is left on the disk; make room or choose another folder'],
  ['ENAMETOOLONG', 'its name is too long; choose a shorter one'],
]);

function unusable(path: string, verb: 'read' | 'written', error: unknown): ChainruleError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const reason = reasons.get(code) ?? `the system says ${code}; check the path`;
  return new ChainruleError('bad-file', `${path} cannot be ${verb}: ${reason}.`, { cause: error });
}
