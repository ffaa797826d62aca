// Delimited text to a table. Rows are read by scan-rows.ts, and what its texts mean is columns.ts's business.
import { ChainruleError } from '../errors.ts';
import { plainlyWritten } from './commas.ts';
import { longestRow } from './delimited-errors.ts';
import { type GatheredColumns, RowGatherer } from './gather-rows.ts';
import { type ColumnKind, RowScanner } from './scan-rows.ts';
import { type Cells, quoted, type Table, tableOfCells } from './table.ts';

/** How to read delimited text. */
export interface CsvOptions {
  /** What separates cells: one character; found out from the first lines unless given. */
  readonly delimiter?: string;
}

const delimiters = [',', ';', '\t', '|'];

/** @throws ChainruleError as {@link delimitedTable} */
export function parseDelimited(text: string, source: string, options: CsvOptions = {}): Table {
  return delimitedTable(new TextEncoder().encode(text), source, options);
}

/**
 * Reads a table whose first line names the columns; blank lines are skipped.
 * @param bytes UTF-8; the table reads texts from it when they are asked for
 * @throws ChainruleError `bad-data` naming the line, TypeError at bytes that are no UTF-8
 */
export function delimitedTable(bytes: Uint8Array, source: string, options: CsvOptions = {}): Table {
  const delimiter = delimiterOf(bytes, options);
  const read = (kindOf: (name: string) => ColumnKind) => readColumns(bytes, source, delimiter, kindOf);
  const { texts: isText } = mistakenAtFirst(bytes, source, delimiter);
  const { names, rowCount, numbers, texts, lines, mistaken } = read((name) => (isText.has(name) ? 'text' : 'number'));
  const others = mistaken.size === 0 ? [] : read((name) => (mistaken.has(name) ? 'text' : 'nothing')).texts;
  const cells = names.map((name, i): Cells => {
    const values = numbers[i];
    if (values === undefined) return plainlyWritten(mistaken.has(name) ? others[i] : texts[i], delimiter);
    return {
      numbers: values,
      get texts() {
        return read((one) => (one === name ? 'text' : 'nothing')).texts[i];
      },
    };
  });
  return tableOfCells(source, names, cells, { rowCount, ...(lines && { lines }) });
}

/**
 * What separates the cells of a text: given, or found out from its beginning.
 * @throws ChainruleError `bad-option` where it is no single character that may
 */
export function delimiterOf(bytes: Uint8Array, { delimiter }: CsvOptions): string {
  // Four bytes for each character that is looked at suffice.
  if (delimiter === undefined) return detectDelimiter(new TextDecoder().decode(bytes.subarray(0, 4 * longestRow)));
  if (delimiter.length === 1 && !'"\r\n'.includes(delimiter) && delimiter < '\u0080') return delimiter;
  throw new ChainruleError(
    'bad-option',
    `delimiter is ${quoted(delimiter)}; it must be one character other than a quotation mark or a line break, such as "," or ";".`,
  );
}

function readColumns(
  bytes: Uint8Array,
  source: string,
  delimiter: string,
  kindOf: (name: string) => ColumnKind,
): GatheredColumns & Pick<RowScanner, 'names' | 'mistaken'> {
  const gatherer = new RowGatherer();
  const scanner = new RowScanner(source, { delimiter, kindOf, take: gatherer.take });
  scanner.push(bytes, true);
  const { names, mistaken } = scanner;
  return { ...gatherer.columns((i) => mistaken.has(names[i])), names, mistaken };
}

/** Bytes whose rows show which columns are no numbers, so that most texts are read once. */
const firstBytes = 2 ** 16;

/** The columns, and those that are no numbers in the first rows. */
export function mistakenAtFirst(
  bytes: Uint8Array,
  source: string,
  delimiter: string,
): { readonly names: readonly string[]; readonly texts: ReadonlySet<string> } {
  const scanner = new RowScanner(source, { delimiter, kindOf: () => 'number', take: () => {} });
  if (scanner.push(bytes.subarray(0, firstBytes), false) === 0) scanner.push(bytes, false);
  return { names: scanner.names, texts: scanner.mistaken };
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
