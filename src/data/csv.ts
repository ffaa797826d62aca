// `chainrule/csv`: tables from delimited text, in browsers and in Node. Reading files is `chainrule/node`.
import { parse } from 'csv-parse/browser/esm/sync';
import { type CsvOptions, parseDelimited } from './delimited.ts';
import type { Table } from './table.ts';

export { type CsvOptions, detectDelimiter } from './delimited.ts';
export { column, selectRows, type Table } from './table.ts';

/**
 * Reads a table from delimited text. The first line names the columns; the delimiter (comma, semicolon, tab or bar) is
 * found out unless given; cells may be quoted and then hold delimiters, line breaks and doubled quotation marks.
 * @param source where the text came from, for messages
 * @throws ChainruleError `bad-data` naming the line, what was found and what was expected
 * @example parseCsv('x,y\n1,2\n', 'example').columns // [['1'], ['2']]
 */
export function parseCsv(text: string, source: string, options: CsvOptions = {}): Table {
  return parseDelimited(parse, text, source, options);
}
