// Data files, read whole: tables (CSV, TSV, JSON) and IDX images, gzipped or not. What they mean is src/data's business.
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type IdxArray, imageShape, isIdx, parseIdx } from '../data/idx.ts';
import type { Table } from '../data/table.ts';
import {
  damagedGzip,
  emptyFile,
  isGzip,
  oneGibibyte,
  type ReadTableOptions,
  tableFromBytes,
  tooLarge,
  unpackingLimit,
} from '../data/table-bytes.ts';
import { ChainruleError } from '../errors.ts';

export type { ReadTableOptions } from '../data/table-bytes.ts';

/** An images file and the labels file beside it. */
export interface IdxPair {
  readonly images: IdxArray;
  readonly labels: IdxArray;
}

/** What a data file holds. Images come without labels where no labels file lies beside them. */
export type FileData =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'images'; readonly images: IdxArray; readonly labels?: IdxArray };

const unzip = promisify(gunzip);

/**
 * Reads a table from a CSV, TSV or JSON file, gzipped or not.
 * @throws ChainruleError `bad-file` where the file cannot be read or is of another kind, `bad-data` naming the line
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  return tableFromBytes(parse, await readBytes(path, options.limit), path, options);
}

/**
 * Reads an IDX images file and the labels file beside it: `train-images-idx3-ubyte.gz` goes with `train-labels-idx1-ubyte.gz`.
 * @throws ChainruleError `bad-file` where either is missing or damaged
 */
export async function readIdx(path: string): Promise<IdxPair> {
  const images = imagesFromBytes(await readBytes(path), path);
  const beside = await labelsPath(path);
  if (beside === undefined) {
    const [expected] = labelsNames(path);
    const looked =
      expected === undefined
        ? 'its name lacks "images", so the name of its labels file is unknown'
        : `${expected} is not beside it`;
    throw new ChainruleError(
      'bad-file',
      `${path} has no labels: ${looked}; put the labels file there, named like the images file with "labels" for "images".`,
    );
  }
  return { images, labels: parseIdx(await readBytes(beside), beside) };
}

/**
 * Reads a data file, whose first bytes tell its kind.
 * @throws ChainruleError `bad-file` or `bad-data`
 */
export async function readData(path: string, options: ReadTableOptions = {}): Promise<FileData> {
  const bytes = await readBytes(path, options.limit);
  if (!isIdx(bytes)) return { kind: 'table', table: tableFromBytes(parse, bytes, path, options) };
  const images = imagesFromBytes(bytes, path);
  const beside = await labelsPath(path);
  if (beside === undefined) return { kind: 'images', images };
  return { kind: 'images', images, labels: parseIdx(await readBytes(beside), beside) };
}

function imagesFromBytes(bytes: Uint8Array, path: string): IdxArray {
  const images = parseIdx(bytes, path);
  imageShape(images);
  return images;
}

/** The bytes of a file, unpacked if it is gzipped. */
async function readBytes(path: string, limit = oneGibibyte): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new ChainruleError('bad-file', `${path} is a folder; name a file in it.`);
    if (found.size > limit) throw tooLarge(path, limit);
    bytes = plain(await readFile(path));
  } catch (error) {
    throw error instanceof ChainruleError ? error : unreadable(path, error);
  }
  if (bytes.length === 0) throw emptyFile(path);
  if (!isGzip(bytes)) return bytes;
  const { most, error: tooMuch } = unpackingLimit(bytes.length, limit, path);
  try {
    return plain(await unzip(bytes, { maxOutputLength: most }));
  } catch (error) {
    throw codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooMuch : damagedGzip(path, error);
  }
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

/** The first of the names a labels file may have that is there. */
async function labelsPath(path: string): Promise<string | undefined> {
  for (const name of labelsNames(path)) {
    const candidate = join(dirname(path), name);
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile()) return candidate;
  }
  return undefined;
}

/** Names a labels file may have, likeliest first: `images` becomes `labels` and `idx3` (or `idx4`) `idx1`, packed as the images are or not. */
function labelsNames(path: string): string[] {
  const name = basename(path);
  if (!/images/i.test(name)) return [];
  const labels = name.replace(/images/i, 'labels').replace(/idx[34]/i, 'idx1');
  return [labels, /\.gz$/i.test(labels) ? labels.slice(0, -3) : `${labels}.gz`];
}
