/**
 * Tables from text and from a page's files, in browsers and in Node. Files by their paths are `chainrule/node`.
 * @module chainrule/csv
 */
import { bytesOf, type FileLike, nameOf } from './blob-bytes.ts';
import { type CsvOptions, parseDelimited } from './delimited.ts';
import type { Table } from './table.ts';
import { type ReadTableOptions, tableFromBytes } from './table-bytes.ts';

export type { FileLike } from './blob-bytes.ts';
export { type CsvOptions, detectDelimiter } from './delimited.ts';
export { column, selectRows, type Table } from './table.ts';
export type { ReadTableOptions } from './table-bytes.ts';

/**
 * Reads a table from delimited text. The first line names the columns; the delimiter (comma, semicolon, tab or bar) is
 * found out unless given; cells may be quoted and then hold delimiters, line breaks and doubled quotation marks.
 * @param source where the text came from, for messages
 * @throws ChainruleError `bad-data` naming the line, what was found and what was expected
 * @example parseCsv('x,y\n1,2\n', 'example').columns // [['1'], ['2']]
 */
export function parseCsv(text: string, source: string, options: CsvOptions = {}): Table {
  return parseDelimited(text, source, options);
}

/**
 * Reads a table from a file that was dropped or chosen: CSV, TSV, JSON or NDJSON, gzipped or not, as the command line reads it.
 * @throws ChainruleError `bad-file` where it cannot be read or is of another kind, `bad-data` naming the line
 * @example input.onchange = async () => show(await readTable(input.files[0]));
 */
export async function readTable(file: FileLike, { limit, ...options }: ReadTableOptions = {}): Promise<Table> {
  return tableFromBytes(await bytesOf(file, limit), nameOf(file), options);
}
