// A table from the bytes of a file, unpacked: its encoding and its kind are found out. Where the bytes come from is others' business.
import { ChainruleError } from '../errors.ts';
import { type CsvOptions, delimitedTable, parseDelimited } from './delimited.ts';
import { isIdx } from './idx.ts';
import { looksLikeJson, parseJsonTable } from './json.ts';
import type { Table } from './table.ts';

/** How to read a table's file. */
export interface ReadTableOptions extends CsvOptions {
  /** The encoding of its text, as `TextDecoder` names it; UTF-8, or UTF-16 with a byte order mark, unless given. */
  readonly encoding?: string;
  /** Bytes that the file may hold, unpacked; 1 GiB unless given. */
  readonly limit?: number;
}

export const oneGibibyte = 2 ** 30;

/**
 * The table in a CSV, TSV or JSON file's bytes.
 * @param name the file's, which may tell its kind
 * @throws ChainruleError `bad-file` where it is of another kind, `bad-data` naming the line
 */
export function tableFromBytes(
  bytes: Uint8Array,
  name: string,
  { encoding, ...options }: Omit<ReadTableOptions, 'limit'>,
): Table {
  refuseOtherKinds(bytes, name);
  const [extension = ''] = /\.[^./\\]+$/.exec(name.replace(/\.gz$/i, '').toLowerCase()) ?? [];
  const delimited = options.delimiter !== undefined || extension === '.csv' || extension === '.tsv';
  const csv = extension === '.tsv' ? { delimiter: '\t', ...options } : options;
  const isUtf8 = /^utf-?8$/i.test(encoding ?? markedEncoding(bytes));
  const json = ['.json', '.jsonl', '.ndjson'].includes(extension) || (!delimited && isUtf8 && beginsAsJson(bytes));
  if (!json && isUtf8) return utf8Table(bytes, name, csv);
  const text = decode(bytes, name, encoding);
  return json || (!delimited && looksLikeJson(text)) ? parseJsonTable(text, name) : parseDelimited(text, name, csv);
}

/** Whether a text in UTF-8 begins as JSON does, of which its first line tells. */
function beginsAsJson(bytes: Uint8Array): boolean {
  const line = bytes.indexOf(0x0a, 2 ** 16);
  return looksLikeJson(new TextDecoder().decode(bytes.subarray(0, Math.min(line < 0 ? bytes.length : line, 2 ** 28))));
}

/** Delimited text as it comes, which needs no text of the whole. */
function utf8Table(bytes: Uint8Array, name: string, options: CsvOptions): Table {
  try {
    return delimitedTable(bytes, name, options);
  } catch (error) {
    throw asNoText(name, error);
  }
}

/** An error of reading a text in UTF-8, of which a decoder says in its own way that it is none. */
export const asNoText = (name: string, error: unknown): unknown =>
  error instanceof TypeError ? noText(name, 'utf-8', error) : error;

/** Bytes unpacked up to this many come of any gzip file; beyond, no more than so many times its own. */
const unpacking = { free: 2 ** 26, times: 100 };

export const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

/** How many bytes may come of a gzip file of `packed` bytes, and what is to be said where there are more. */
export function unpackingLimit(packed: number, limit: number, name: string): { most: number; error: ChainruleError } {
  const most = Math.max(unpacking.free, unpacking.times * packed);
  if (most >= limit) return { most: limit, error: tooLarge(name, limit) };
  const sentence = `${name} unpacks to more than ${unpacking.times} times its size, as no table does; unpack it yourself if it is meant.`;
  return { most, error: new ChainruleError('bad-file', sentence) };
}

export function tooLarge(name: string, limit: number): ChainruleError {
  return new ChainruleError(
    'bad-file',
    `${name} holds more than ${limit} bytes, the most that is read whole; split it into smaller files.`,
  );
}

export function damagedGzip(name: string, cause: unknown): ChainruleError {
  return new ChainruleError('bad-file', `${name} is a gzip file that is damaged or cut short; fetch it again.`, {
    cause,
  });
}

export function emptyFile(name: string): ChainruleError {
  return new ChainruleError('bad-file', `${name} is empty; give a file with data in it.`);
}

const otherKinds: readonly (readonly [name: string, bytes: readonly number[], remedy: string])[] = [
  ['a ZIP archive or Excel workbook', [0x50, 0x4b, 0x03, 0x04], 'unpack it, or save the sheet as CSV'],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0], 'save the sheet as CSV'],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31], 'save the table as CSV'],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47], 'give a table or an IDX images file'],
  ['a JPEG image', [0xff, 0xd8, 0xff], 'give a table or an IDX images file'],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46], 'save its table as CSV'],
];

/** @throws ChainruleError `bad-file` where the first bytes are those of something else than text */
export function refuseOtherKinds(bytes: Uint8Array, name: string): void {
  if (isIdx(bytes))
    throw new ChainruleError(
      'bad-file',
      `${name} is an IDX file where a table is expected; give a CSV, TSV or JSON file.`,
    );
  for (const [kind, start, remedy] of otherKinds) {
    if (start.every((byte, i) => bytes[i] === byte))
      throw new ChainruleError('bad-file', `${name} is ${kind} where a table of text is expected; ${remedy}.`);
  }
}

/** Characters that a text may have in this process or page; a little less than V8's own bound. */
const longestText = 2 ** 29;

function decode(bytes: Uint8Array, name: string, given: string | undefined): string {
  const encoding = given ?? markedEncoding(bytes);
  const decoder = decoderFor(encoding);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    // Bytes that are no text are a TypeError; anything else is a text that is too long.
    if (!(error instanceof TypeError)) throw tooLarge(name, longestText);
    throw noText(name, encoding, error);
  }
}

function noText(name: string, encoding: string, cause: unknown): ChainruleError {
  return new ChainruleError(
    'bad-file',
    `${name} is not ${encoding.toUpperCase()} text; save it as UTF-8, or name its encoding (such as gb18030 or windows-1252).`,
    { cause },
  );
}

function decoderFor(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    throw new ChainruleError(
      'bad-option',
      `encoding is "${encoding}", which is unknown; name one such as utf-8, gb18030 or windows-1252.`,
      { cause: error },
    );
  }
}

/** The encoding that a byte order mark declares, else UTF-8. */
function markedEncoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
