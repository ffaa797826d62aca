// Delimited text to a table, whichever build of the CSV parser reads the records. It knows no file and no numbers.
import { ChainruleError } from '../errors.ts';
import { withPlainNumbers } from './commas.ts';
import { listed, quoted, type Table, tableOf } from './table.ts';

/** How to read delimited text. */
export interface CsvOptions {
  /** What separates cells: one character; found out from the first lines unless given. */
  readonly delimiter?: string;
}

/** The options of csv-parse that are used here. */
interface ParserOptions {
  readonly delimiter: string;
  readonly bom: boolean;
  readonly trim: boolean;
  readonly relax_column_count: boolean;
  readonly record_delimiter: string[];
  readonly max_record_size: number;
  /** Stop after this many records; −1 for all. */
  readonly to: number;
}

/** csv-parse's synchronous parser, of which there is one build for Node and one for browsers. */
export type RecordParser = (text: string, options: ParserOptions) => string[][];

/** Characters in one row at most: beyond it, a quotation mark was left open. */
const longestRow = 2 ** 20;

const delimiters = [',', ';', '\t', '|'];

/**
 * Reads a table whose first line names the columns; blank lines are skipped.
 * @throws ChainruleError `bad-data` naming the line
 */
export function parseDelimited(parse: RecordParser, text: string, source: string, options: CsvOptions = {}): Table {
  const { delimiter = detectDelimiter(text) } = options;
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new ChainruleError(
      'bad-option',
      `delimiter is ${quoted(delimiter)}; it must be one character other than a quotation mark or a line break, such as "," or ";".`,
    );
  }
  const hasQuotes = text.includes('"');
  // Without quotation marks a line is a row, and splitting is three times as fast as parsing.
  const records = hasQuotes ? readRecords(parse, text, source, delimiter) : splitRecords(text, source, delimiter);
  return tableOfRecords(records, source, delimiter, hasQuotes);
}

/** The delimiter that the first two lines agree on, or else the commonest in the first. */
export function detectDelimiter(text: string): string {
  const [header, second] = firstRows(text);
  let best = ',';
  let highest = 0;
  for (const delimiter of delimiters) {
    const found = occurrences(header, delimiter);
    const score =
      found > 0 && second !== '' && occurrences(second, delimiter) === found ? found + header.length : found;
    if (score > highest) {
      highest = score;
      best = delimiter;
    }
  }
  return best;
}

/** The first two lines that are not blank, without what stands between quotation marks. */
function firstRows(text: string): [string, string] {
  const rows: string[] = [];
  let row = '';
  let open = false;
  for (let i = 0; i < Math.min(text.length, longestRow) && rows.length < 2; i++) {
    const character = text[i];
    if (character === '"') open = !open;
    else if (open) continue;
    else if (character !== '\n' && character !== '\r') row += character;
    else if (row.trim() !== '') {
      rows.push(row);
      row = '';
    }
  }
  return [rows[0] ?? row, rows.length === 1 ? row : (rows[1] ?? '')];
}

function occurrences(text: string, character: string): number {
  return text.split(character).length - 1;
}

function readRecords(parse: RecordParser, text: string, source: string, delimiter: string): string[][] {
  const read = (to: number): string[][] =>
    parse(text, {
      delimiter,
      bom: true,
      trim: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: longestRow,
      to,
    });
  try {
    return read(-1);
  } catch (error) {
    // The parser names the line it gave up on; where the row begins is where the slip is.
    const before = property(error, 'records');
    const complete = typeof before === 'number' && before > 0 ? read(before) : [];
    const line = complete.reduce((sum, record) => sum + 1 + lineBreaks(record), 1);
    throw new ChainruleError('bad-data', parserSentence(error, `${source}, line ${line}`), { cause: error });
  }
}

/** What the parser found wrong, in one sentence. */
function parserSentence(error: unknown, at: string): string {
  switch (property(error, 'code')) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${at}: a quoted cell is still open where the file ends; close the quotation mark, or double it ("") where it belongs to the text.`;
    case 'CSV_MAX_RECORD_SIZE':
      return tooLong(at);
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `${at}: a quotation mark stands in the middle of a cell; put the whole cell in quotation marks and double the one inside ("").`;
    default:
      return `${at}: the row cannot be read (${error instanceof Error ? error.message : String(error)}); check its delimiters and quotation marks.`;
  }
}

function tooLong(at: string): string {
  return `${at}: the row has more than ${longestRow} characters, as when a quotation mark is left open; close it, or double it ("") where it belongs to the text.`;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The rows of text without quotation marks, as the parser would give them. */
function* splitRecords(text: string, source: string, delimiter: string): Generator<string[]> {
  let line = 0;
  for (const row of text.replace(/^\uFEFF/, '').split(text.includes('\r') ? /\r\n|\n|\r/ : '\n')) {
    line++;
    if (row.length > longestRow) throw new ChainruleError('bad-data', tooLong(`${source}, line ${line}`));
    yield row.split(delimiter).map((cell) => cell.trim());
  }
}

function tableOfRecords(records: Iterable<string[]>, source: string, delimiter: string, quotes: boolean): Table {
  let names: string[] | undefined;
  let columns: string[][] = [];
  const lines: number[] = [];
  let line = 1;
  for (const record of records) {
    const start = line;
    line += 1 + (quotes ? lineBreaks(record) : 0);
    if (record.length === 1 && record[0] === '') continue;
    if (names === undefined) {
      names = record;
      columns = names.map(() => []);
      continue;
    }
    if (record.length !== names.length) {
      throw new ChainruleError(
        'bad-data',
        `${source}, line ${start}: found ${count(record.length, 'cell')} where the header names ${count(names.length, 'column')}; mend the row, or put cells that contain ${quoted(delimiter)} in quotation marks.`,
      );
    }
    record.forEach((cell, i) => {
      columns[i].push(cell);
    });
    lines.push(start);
  }
  if (names === undefined) {
    throw new ChainruleError(
      'bad-data',
      `${source} is empty; a table needs a line of column names and at least one row.`,
    );
  }
  const table = tableOf(source, names, columns, Uint32Array.from(lines));
  if (table.rowCount === 0) {
    throw new ChainruleError(
      'bad-data',
      `${source} has a header (${listed(names)}) but no rows; add at least one row below it.`,
    );
  }
  return withPlainNumbers(table, delimiter);
}

/** Line breaks inside the quoted cells of a record. The parser's own count takes a quoted CRLF for two. */
function lineBreaks(record: readonly string[]): number {
  let breaks = 0;
  for (const cell of record) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.split(/\r\n|\n|\r/).length - 1;
  }
  return breaks;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
