// Fetches the files of a data set from mirrors, an address or a folder, checks every byte, and keeps them.
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UsageError } from '../errors.ts';
import { folderOf, isIntact, keep, makeFolder, matches } from './cache.ts';
import type { DataSet, DataSetFile } from './catalogue.ts';
import { DownloadError, download } from './download.ts';

/** How to fetch. */
export interface FetchOptions {
  /** A folder, or an address that stands for one; the set's mirrors unless given. */
  readonly from?: string | undefined;
  /** Seconds without a byte before a server is given up. */
  readonly timeout: number;
  /** Told of bytes of a file as they come. */
  readonly onProgress?: (file: DataSetFile, bytes: number) => void;
}

/** What came of it. */
export interface Fetched {
  readonly folder: string;
  /** The names of the files that were not there before. */
  readonly fetched: readonly string[];
}

/** Room for what a gzip file has beside its content. */
const packing = 2 ** 16;
const unzip = promisify(gunzip);

/**
 * Makes sure that every file of a data set is in its folder.
 * @throws UsageError in one sentence where a file cannot be had, or is not what it should be
 */
export async function fetchDataSet(name: string, set: DataSet, options: FetchOptions): Promise<Fetched> {
  const folder = folderOf(name);
  const fetched: string[] = [];
  for (const file of set.files) {
    if (await isIntact(folder, file)) continue;
    await makeFolder(folder);
    const places = placesFor(set, options.from);
    const bytes =
      places === undefined ? await fromFolder(options.from ?? '', file) : await fromWeb(places, folder, file, options);
    await keep(folder, file, bytes);
    fetched.push(file.name);
  }
  return { folder, fetched };
}

/** The addresses to try, each standing for a folder; undefined where a folder of this machine is named. */
function placesFor({ mirrors }: DataSet, from: string | undefined): readonly string[] | undefined {
  if (from !== undefined) return /^https?:\/\//i.test(from) ? [addressOf(from, '--from')] : undefined;
  const own = process.env.CHAINRULE_MIRRORS?.split(/[\s,]+/).filter((one) => one !== '') ?? [];
  return [...own.map((one) => addressOf(one, 'CHAINRULE_MIRRORS')), ...mirrors];
}

function addressOf(text: string, option: string): string {
  if (URL.canParse(text) && /^https?:/i.test(text)) return text.endsWith('/') ? text : `${text}/`;
  throw new UsageError(`${option} has ${JSON.stringify(text)}; give an address such as https://example.org/mnist/.`);
}

async function fromFolder(folder: string, file: DataSetFile): Promise<Uint8Array> {
  for (const name of [file.name, `${file.name}.gz`]) {
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    if (bytes === undefined) continue;
    const plain = await unpacked(bytes, file);
    if (plain !== undefined) return plain;
    throw new UsageError(
      `${join(folder, name)} is not the file of the data set: its bytes have another SHA-256 than ${file.sha256.slice(0, 12)}…; fetch it again.`,
    );
  }
  throw new UsageError(`${folder} holds neither ${file.name} nor ${file.name}.gz; name the folder that does.`);
}

async function fromWeb(
  places: readonly string[],
  folder: string,
  file: DataSetFile,
  { timeout, onProgress }: FetchOptions,
): Promise<Uint8Array> {
  const failures: string[] = [];
  for (const place of places) {
    const url = new URL(`${file.name}.gz`, place);
    // Mirrors pack the same bytes differently, so that what came from one is of no use to another.
    const part = join(folder, `.${file.name}.${createHash('sha256').update(url.href).digest('hex').slice(0, 8)}.part`);
    try {
      await download(url, part, {
        most: file.bytes + packing,
        idle: timeout * 1000,
        onProgress: (bytes) => onProgress?.(file, bytes),
      });
      const plain = await unpacked(await readFile(part), file);
      await rm(part, { force: true });
      if (plain !== undefined) return plain;
      failures.push(`${url.host} sends other bytes than SHA-256 ${file.sha256.slice(0, 12)}…`);
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      failures.push(`${url.host}: ${error.message}`);
    }
  }
  throw new UsageError(
    `${file.name} could not be fetched (${failures.join('; ')}); try again later to go on, or name a folder or address that has it with --from.`,
  );
}

/** The bytes of a file, unpacked if need be; undefined where they are not its. */
async function unpacked(bytes: Buffer, file: DataSetFile): Promise<Uint8Array | undefined> {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = zipped ? await unzip(bytes, { maxOutputLength: file.bytes }).catch(() => undefined) : bytes;
  return plain !== undefined && matches(plain, file) ? plain : undefined;
}
