// Data files, read whole: tables (CSV, TSV, JSON) and IDX images, gzipped or not. What they mean is src/data's business.
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { promisify, TextDecoder } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type CsvOptions, parseDelimited } from '../data/delimited.ts';
import { type IdxArray, imageShape, isIdx, parseIdx } from '../data/idx.ts';
import { looksLikeJson, parseJsonTable } from '../data/json.ts';
import type { Table } from '../data/table.ts';
import { ChainruleError } from '../errors.ts';

/** How to read a table's file. */
export interface ReadTableOptions extends CsvOptions {
  /** The encoding of its text, as `TextDecoder` names it; UTF-8, or UTF-16 with a byte order mark, unless given. */
  readonly encoding?: string;
  /** Bytes that the file may hold, unpacked; 1 GiB unless given. */
  readonly limit?: number;
}

/** An images file and the labels file beside it. */
export interface IdxPair {
  readonly images: IdxArray;
  readonly labels: IdxArray;
}

/** What a data file holds. Images come without labels where no labels file lies beside them. */
export type FileData =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'images'; readonly images: IdxArray; readonly labels?: IdxArray };

const oneGibibyte = 2 ** 30;
const unzip = promisify(gunzip);

/**
 * Reads a table from a CSV, TSV or JSON file, gzipped or not.
 * @throws ChainruleError `bad-file` where the file cannot be read or is of another kind, `bad-data` naming the line
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  return tableFromBytes(await readBytes(path, options.limit), path, options);
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
  if (!isIdx(bytes)) return { kind: 'table', table: tableFromBytes(bytes, path, options) };
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

/** Unpacked bytes up to this many come of any gzip file; beyond, no more than so many times its own. */
const unpacking = { free: 2 ** 26, times: 100 };

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
  if (bytes.length === 0) throw new ChainruleError('bad-file', `${path} is empty; give a file with data in it.`);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const most = Math.max(unpacking.free, unpacking.times * bytes.length);
  try {
    return plain(await unzip(bytes, { maxOutputLength: Math.min(limit, most) }));
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      throw most < limit
        ? new ChainruleError(
            'bad-file',
            `${path} unpacks to more than ${unpacking.times} times its size, as no table does; unpack it yourself if it is meant.`,
          )
        : tooLarge(path, limit);
    throw new ChainruleError('bad-file', `${path} is a gzip file that is damaged or cut short; fetch it again.`, {
      cause: error,
    });
  }
}

/** The bytes of a Buffer, without its methods: a Buffer's `slice` shares memory, an array's copies. */
function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function tooLarge(path: string, limit: number): ChainruleError {
  return new ChainruleError(
    'bad-file',
    `${path} holds more than ${limit} bytes, the most that is read whole; split it into smaller files.`,
  );
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

function tableFromBytes(bytes: Uint8Array, path: string, options: ReadTableOptions): Table {
  refuseOtherKinds(bytes, path);
  const text = decode(bytes, path, options.encoding);
  const extension = extname(path.replace(/\.gz$/i, '')).toLowerCase();
  const delimited = options.delimiter !== undefined || extension === '.csv' || extension === '.tsv';
  const json = ['.json', '.jsonl', '.ndjson'].includes(extension);
  if (json || (!delimited && looksLikeJson(text))) return parseJsonTable(text, path);
  return parseDelimited(parse, text, path, extension === '.tsv' ? { delimiter: '\t', ...options } : options);
}

const otherKinds: readonly (readonly [name: string, bytes: readonly number[], remedy: string])[] = [
  ['a ZIP archive or Excel workbook', [0x50, 0x4b, 0x03, 0x04], 'unpack it, or save the sheet as CSV'],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0], 'save the sheet as CSV'],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31], 'save the table as CSV'],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47], 'give a table or an IDX images file'],
  ['a JPEG image', [0xff, 0xd8, 0xff], 'give a table or an IDX images file'],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46], 'save its table as CSV'],
];

function refuseOtherKinds(bytes: Uint8Array, path: string): void {
  if (isIdx(bytes))
    throw new ChainruleError(
      'bad-file',
      `${path} is an IDX file where a table is expected; give a CSV, TSV or JSON file.`,
    );
  for (const [name, start, remedy] of otherKinds) {
    if (start.every((byte, i) => bytes[i] === byte)) {
      throw new ChainruleError('bad-file', `${path} is ${name} where a table of text is expected; ${remedy}.`);
    }
  }
}

function decode(bytes: Uint8Array, path: string, given: string | undefined): string {
  const encoding = given ?? markedEncoding(bytes);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    throw new ChainruleError(
      'bad-option',
      `encoding is "${encoding}", which is unknown; name one such as utf-8, gb18030 or windows-1252.`,
      { cause: error },
    );
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (codeOf(error) === 'ERR_STRING_TOO_LONG') throw tooLarge(path, 2 ** 29);
    throw new ChainruleError(
      'bad-file',
      `${path} is not ${encoding.toUpperCase()} text; save it as UTF-8, or name its encoding (such as gb18030 or windows-1252).`,
      { cause: error },
    );
  }
}

/** The encoding that a byte order mark declares, else UTF-8. */
function markedEncoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
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
