// Rows of text files too large for memory: delimited text, and JSON with one object a line, gzipped or not.

import { extname } from 'node:path';
import { missingMarks } from '../data/columns.ts';
import { delimiterOf, mistakenAtFirst } from '../data/delimited.ts';
import { longestRow, noRow, tooLong } from '../data/delimited-errors.ts';
import { cellText, lineObject, looksLikeJson } from '../data/json.ts';
import { readPlain } from '../data/number-style.ts';
import { type ColumnKind, type RowGroup, RowScanner } from '../data/scan-rows.ts';
import { quoted, requireNames } from '../data/table.ts';
import { asNoText, refuseOtherKinds } from '../data/table-bytes.ts';
import { ChainruleError } from '../errors.ts';
import { textPieces } from './file-bytes.ts';
import type { ReadingOptions, RowSource } from './row-source.ts';

/**
 * The rows of a text file: CSV, TSV or NDJSON, gzipped or not.
 * @throws ChainruleError `bad-file` where it cannot be read or has to be read whole, `bad-data` where its beginning is no table
 */
export async function textRows(path: string): Promise<RowSource> {
  const rows = await rowsOf(path).catch((error: unknown) => {
    throw asNoText(path, error);
  });
  const read = (options: ReadingOptions): Promise<ReadonlySet<string>> =>
    rows.read(options).catch((error: unknown) => {
      throw asNoText(path, error);
    });
  return { ...rows, read };
}

async function rowsOf(path: string): Promise<RowSource> {
  const head = await beginning(path);
  refuseOtherKinds(head, path);
  const extension = extname(path.replace(/\.gz$/i, '')).toLowerCase();
  const text = new TextDecoder().decode(head);
  const named = ['.json', '.jsonl', '.ndjson'].includes(extension);
  if (!named && (['.csv', '.tsv'].includes(extension) || !looksLikeJson(text))) {
    return delimitedRows(path, head, extension === '.tsv' ? '\t' : undefined);
  }
  if (/^\uFEFF?\s*\[/.test(text))
    throw new ChainruleError(
      'bad-file',
      `${path} is one JSON array, which cannot be read piece by piece; write one object a line (NDJSON), or CSV.`,
    );
  return jsonRows(path, text);
}

/** Bytes that show what a file is. */
const headBytes = 2 ** 20;

async function beginning(path: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of textPieces(path)) {
    pieces.push(piece.subarray(0, headBytes - length));
    length += Math.min(piece.length, headBytes - length);
    if (length === headBytes) break;
  }
  return joined(...pieces);
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0];
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function delimitedRows(path: string, head: Uint8Array, given: string | undefined): RowSource {
  const delimiter = delimiterOf(head, given === undefined ? {} : { delimiter: given });
  const { names, texts } = mistakenAtFirst(head, path, delimiter);
  return {
    source: path,
    delimiter,
    names,
    texts,
    async read({ kindOf, take, watch }) {
      const scanner = new RowScanner(path, { delimiter, kindOf, take });
      let rest: Uint8Array = new Uint8Array(0);
      for await (const piece of textPieces(path, watch)) {
        const bytes = rest.length === 0 ? piece : joined(rest, piece);
        rest = bytes.subarray(scanner.push(bytes, false));
      }
      scanner.push(rest, true);
      return scanner.mistaken;
    },
  };
}

/** Lines whose keys are the columns. */
const namingLines = 1000;

function jsonRows(path: string, head: string): RowSource {
  const lines = head
    .replace(/^\uFEFF/, '')
    .split('\n')
    .slice(0, namingLines);
  // The last may be cut short.
  const objects = (lines.length > 1 ? lines.slice(0, -1) : lines).flatMap((line, i) => lineObject(line, i + 1, path));
  const names = [...new Set(objects.flatMap(Object.keys))];
  if (names.length === 0) throw noRow(path, []);
  requireNames(path, names);
  const isText = (name: string): boolean =>
    objects.some((row) => typeof row[name] !== 'number' && row[name] !== null && row[name] !== undefined);
  return {
    source: path,
    names,
    texts: new Set(names.filter(isText)),
    async read(options) {
      const rows = new TextRows(path, names, options);
      let rest = '';
      let line = 0;
      const decoder = new TextDecoder('utf-8', { fatal: true });
      for await (const piece of textPieces(path, options.watch)) {
        const all = (rest + decoder.decode(piece, { stream: true })).split('\n');
        rest = all.pop() ?? '';
        if (rest.length > longestRow) throw tooLong(path, line + all.length + 1);
        for (const text of all) for (const row of lineObject(text, ++line, path)) rows.add(row, line);
      }
      for (const row of lineObject(rest, line + 1, path)) rows.add(row, line + 1);
      return rows.finish();
    },
  };
}

/** Rows a group. */
const groupRows = 2 ** 14;

/** Gathers objects as groups of rows. */
class TextRows {
  private readonly source: string;
  private readonly names: readonly string[];
  private readonly places: ReadonlyMap<string, number>;
  private readonly kinds: ColumnKind[];
  private readonly take: ReadingOptions['take'];
  private readonly numbers: (Float64Array | undefined)[];
  private readonly texts: string[][];
  private readonly lines = new Uint32Array(groupRows);
  private readonly mistaken = new Set<string>();
  private count = 0;
  private rows = 0;

  constructor(source: string, names: readonly string[], { kindOf, take }: ReadingOptions) {
    this.source = source;
    this.names = names;
    this.places = new Map(names.map((name, i) => [name, i]));
    this.kinds = names.map(kindOf);
    this.take = take;
    this.numbers = this.kinds.map((kind) => (kind === 'number' ? new Float64Array(groupRows) : undefined));
    this.texts = names.map(() => []);
  }

  add(row: Readonly<Record<string, unknown>>, line: number): void {
    const { count, numbers, texts, kinds } = this;
    for (const [i, name] of this.names.entries()) {
      const cell = Object.hasOwn(row, name) ? cellText(row[name], name, this.rows, this.source) : '';
      const values = numbers[i];
      if (values !== undefined) this.addNumber(values, i, cell);
      else if (kinds[i] === 'text') texts[i].push(cell);
    }
    const strange = Object.keys(row).find((name) => !this.places.has(name));
    if (strange !== undefined)
      throw new ChainruleError(
        'bad-data',
        `${this.source}, line ${line} has a key ${quoted(strange)} that none of the first ${namingLines} lines has; give the first line all keys, with null where there is no value.`,
      );
    this.lines[count] = line;
    this.rows++;
    if (++this.count === groupRows) this.give();
  }

  private addNumber(values: Float64Array, column: number, cell: string): void {
    const text = cell.trim();
    const isMissing = missingMarks.has(text);
    const value = isMissing ? Number.NaN : readPlain(text);
    values[this.count] = value;
    if (isMissing || Number.isFinite(value)) return;
    this.mistaken.add(this.names[column]);
    this.numbers[column] = undefined;
    this.kinds[column] = 'nothing';
  }

  finish(): ReadonlySet<string> {
    if (this.rows === 0) throw noRow(this.source, this.names);
    if (this.count > 0) this.give();
    return this.mistaken;
  }

  private give(): void {
    const group: RowGroup = { count: this.count, numbers: this.numbers, texts: this.texts, lines: this.lines };
    this.take(group);
    for (const column of this.texts) column.length = 0;
    this.count = 0;
  }
}
