// Where fetched data sets are kept, and whether their bytes are right.
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from 'chainrule/node';
import { UsageError } from '../errors.ts';
import type { DataSet, DataSetFile } from './catalogue.ts';

/** The folder of a data set: under CHAINRULE_DATA, else where the platform keeps what can be fetched again. */
export function folderOf(name: string): string {
  const { env, platform } = process;
  if (env.CHAINRULE_DATA) return join(env.CHAINRULE_DATA, name);
  const caches: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(homedir(), 'Library', 'Caches'),
    win32: env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'),
  };
  return join(caches[platform] ?? (env.XDG_CACHE_HOME || join(homedir(), '.cache')), 'chainrule', name);
}

/** Whether a file is there in its full length; its bytes were checked when it came. */
async function isHere(folder: string, { name, bytes }: DataSetFile): Promise<boolean> {
  const found = await stat(join(folder, name)).catch(() => undefined);
  return found?.isFile() === true && found.size === bytes;
}

/** Whether every file of a data set is there. */
export async function isComplete(name: string, { files }: DataSet): Promise<boolean> {
  const here = await Promise.all(files.map((file) => isHere(folderOf(name), file)));
  return here.every((one) => one);
}

/** Whether a file is there, byte for byte. */
export async function isIntact(folder: string, file: DataSetFile): Promise<boolean> {
  return (await isHere(folder, file)) && matches(await readFile(join(folder, file.name)), file);
}

/** Whether bytes are a file's. */
export function matches(bytes: Uint8Array, { bytes: length, sha256 }: DataSetFile): boolean {
  return bytes.length === length && createHash('sha256').update(bytes).digest('hex') === sha256;
}

/** Keeps a file whose bytes were checked: the whole of it or nothing. */
export async function keep(folder: string, { name }: DataSetFile, bytes: Uint8Array): Promise<void> {
  await makeFolder(folder);
  await writeWhole(join(folder, name), bytes);
}

/** Makes a folder for data. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(
      `${folder} cannot be made: the system says ${code}; name a folder for data sets in CHAINRULE_DATA.`,
    );
  }
}
