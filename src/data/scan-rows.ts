// Delimited text as bytes, row after row: columns of numbers without a string a cell. Where the bytes come from, and what texts mean, is others' business.
import type { ChainruleError } from '../errors.ts';
import { missingMarks } from './columns.ts';
import { longestRow, noRow, openQuote, strayQuote, tooLong, wrongCount } from './delimited-errors.ts';
import { readPlain } from './number-style.ts';
import { NumberScanner } from './scan-number.ts';
import { requireNames } from './table.ts';

/** Some rows, column by column. What it holds is used again for the next rows. */
export interface RowGroup {
  readonly count: number;
  /** The numbers of columns taken for numbers, NaN where they are missing; more than `count`. */
  readonly numbers: readonly (Float64Array | undefined)[];
  /** The texts of the others; those of columns passed over are empty. */
  readonly texts: readonly (readonly string[])[];
  /** The line of the file on which each row begins, where there are lines; more than `count`. */
  readonly lines?: Uint32Array;
}

/** How a scanner reads. */
export interface ScanOptions {
  readonly delimiter: string;
  /** What is to be read of each column; `number` may turn out to be a mistake. */
  readonly kindOf: (name: string) => ColumnKind;
  /** Takes rows as they come; what it keeps it copies. */
  readonly take: (group: RowGroup) => void;
}

/** What is read of a column. */
export type ColumnKind = 'number' | 'text' | 'nothing';

/** Rows in a group, and cells, of which wide tables have many a row. */
const [groupRows, groupCells] = [2 ** 16, 2 ** 22];

const [lineFeed, carriageReturn, quote] = [0x0a, 0x0d, 0x22];
/** Bytes that a row of as many characters as may be has at most. */
const longestBytes = 4 * longestRow;

/** What ends a cell, beside the delimiter: the text's end, of which more may come. */
const [ended, cut] = [-1, -2];

/** Reads the rows of a delimited text given in pieces. The first row names the columns. */
export class RowScanner {
  /** The columns, once the first row was read. */
  names: readonly string[] = [];
  /** Columns taken for numbers that hold something else; their numbers are worth nothing. */
  readonly mistaken = new Set<string>();
  /** Rows read so far. */
  rows = 0;
  private readonly source: string;
  private readonly options: ScanOptions;
  private readonly delimiter: number;
  private readonly scanner = new NumberScanner();
  private kinds: ColumnKind[] = [];
  private numbers: (Float64Array | undefined)[] = [];
  private texts: string[][] = [];
  private lines = new Uint32Array(0);
  private count = 0;
  private line = 1;
  /** Where the cell read last ended, what it held, what followed it, and the line breaks in it. */
  private at = 0;
  private text = '';
  private terminator = 0;
  private breaks = 0;

  constructor(source: string, options: ScanOptions) {
    this.source = source;
    this.options = options;
    this.delimiter = options.delimiter.charCodeAt(0);
  }

  /**
   * Reads whole rows from the beginning of `bytes` and says where the first unfinished one begins.
   * @param last whether the text ends with these bytes
   * @throws ChainruleError `bad-data` naming the line
   */
  push(bytes: Uint8Array, last: boolean): number {
    let at = this.names.length === 0 ? this.begin(bytes, last) : 0;
    if (at < 0) return 0;
    for (;;) {
      if (at >= bytes.length) break;
      const next = this.row(bytes, at, last);
      if (next < 0) break;
      if (next - at > longestRow && decoder.decode(bytes.subarray(at, next)).length > longestRow)
        throw tooLong(this.source, this.line - 1);
      at = next;
    }
    if (bytes.length - at > longestBytes) throw tooLong(this.source, this.line);
    if (last) this.finish();
    return at;
  }

  /** Reads the names of the columns; negative where their row is not complete. */
  private begin(bytes: Uint8Array, last: boolean): number {
    this.line = 1;
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (at < bytes.length) {
      const names: string[] = [];
      const start = at;
      let breaks = 0;
      do {
        if (at - start > longestBytes) throw tooLong(this.source, this.line);
        this.cell(bytes, at, last, true);
        if (this.terminator === cut) return -1;
        names.push(this.text);
        breaks += this.breaks;
        at = this.at;
      } while (this.terminator === this.delimiter);
      this.line += breaks + 1;
      if (names.length === 1 && names[0] === '') continue;
      this.nameColumns(names);
      break;
    }
    return at;
  }

  private nameColumns(names: readonly string[]): void {
    requireNames(this.source, names);
    this.names = names;
    this.kinds = names.map(this.options.kindOf);
    const rows = Math.max(1, Math.min(groupRows, Math.floor(groupCells / names.length)));
    this.lines = new Uint32Array(rows);
    this.numbers = this.kinds.map((kind) => (kind === 'number' ? new Float64Array(rows) : undefined));
    this.texts = names.map(() => []);
  }

  /** Reads a row from `at` on and says where the next begins; negative where it is not complete. */
  private row(bytes: Uint8Array, at: number, last: boolean): number {
    const { kinds, numbers, scanner, delimiter, count } = this;
    const [start, end, final] = [at, bytes.length, kinds.length - 1];
    let breaks = 0;
    for (let column = 0; column <= final; column++) {
      const values = numbers[column];
      if (values !== undefined) {
        const value = scanner.read(bytes, at, end);
        if (!Number.isNaN(value)) {
          const { at: after } = scanner;
          const next = after < end ? bytes[after] : cut;
          if (column < final ? next === delimiter : next === lineFeed) {
            values[count] = value;
            at = after + 1;
            continue;
          }
          if (column === final && next === carriageReturn && bytes[after + 1] === lineFeed) {
            values[count] = value;
            at = after + 2;
            continue;
          }
        } else if (at < end && column < final && bytes[at] === delimiter) {
          values[count] = Number.NaN;
          at++;
          continue;
        }
      }
      if (at - start > longestBytes) throw tooLong(this.source, this.line);
      this.cell(bytes, at, last, column === 0 || kinds[column] !== 'nothing');
      if (this.terminator === cut) return this.incomplete(column);
      at = this.at;
      breaks += this.breaks;
      const isFinal = this.terminator !== delimiter;
      if (isFinal && column === 0 && this.text === '') {
        this.line += 1 + breaks;
        return at;
      }
      if (isFinal !== (column === final)) throw this.wrongCount(bytes, at, last, column);
      this.keep(column, values);
    }
    this.lines[count] = this.line;
    this.line += 1 + breaks;
    this.rows++;
    if (++this.count === this.lines.length) this.give();
    return at;
  }

  /** Forgets the texts of a row that is read again when more of it has come. */
  private incomplete(columns: number): number {
    for (let column = 0; column < columns; column++)
      if (this.texts[column].length > this.count) this.texts[column].length = this.count;
    return -1;
  }

  private keep(column: number, values: Float64Array | undefined): void {
    if (values === undefined) {
      if (this.kinds[column] === 'text') this.texts[column].push(this.text);
      return;
    }
    const text = this.text.trim();
    const value = missingMarks.has(text) ? Number.NaN : readPlain(text);
    values[this.count] = value;
    if (Number.isFinite(value) || missingMarks.has(text)) return;
    this.mistaken.add(this.names[column]);
    this.kinds[column] = 'nothing';
    this.numbers[column] = undefined;
  }

  private wrongCount(bytes: Uint8Array, from: number, last: boolean, column: number): ChainruleError {
    let [at, found] = [from, column + 1];
    while (this.terminator === this.delimiter) {
      this.cell(bytes, at, last, false);
      at = this.at;
      found++;
    }
    return wrongCount(this.source, this.line, found, this.names.length, this.options.delimiter);
  }

  /** Reads the cell that begins at `at`, and what ends it. */
  private cell(bytes: Uint8Array, from: number, last: boolean, wanted: boolean): void {
    this.breaks = 0;
    let at = from;
    const most = Math.min(bytes.length, from + longestBytes + 1);
    while (at < most && bytes[at] !== quote && !this.endsCell(bytes[at])) at++;
    if (at - from > longestBytes) throw tooLong(this.source, this.line);
    if (at < bytes.length && bytes[at] === quote) {
      // Only white space may stand before the quotation mark that opens a cell.
      if (at > from && textOf(bytes, from, at).trim() !== '') throw strayQuote(this.source, this.line);
      this.quoted(bytes, at, last, wanted);
      return;
    }
    this.text = wanted ? textOf(bytes, from, at).trim() : '';
    this.end(bytes, at, last);
  }

  private endsCell(byte: number): boolean {
    return byte === this.delimiter || byte === lineFeed || byte === carriageReturn;
  }

  private quoted(bytes: Uint8Array, from: number, last: boolean, wanted: boolean): void {
    const closing = this.closing(bytes, from);
    if (closing - from > longestRow) throw tooLong(this.source, this.line);
    // A quotation mark at the very end may be followed by its double.
    if (closing + (last ? 0 : 1) >= bytes.length) {
      if (last) throw openQuote(this.source, this.line);
      this.terminator = cut;
      return;
    }
    let at = closing + 1;
    while (at < bytes.length && !this.endsCell(bytes[at])) at++;
    if (at > closing + 1 && textOf(bytes, closing + 1, at).trim() !== '') throw strayQuote(this.source, this.line);
    this.text = wanted ? textOf(bytes, from + 1, closing).replaceAll('""', '"') : '';
    this.end(bytes, at, last);
  }

  /** Where the cell that is opened at `from` is closed; the end of the bytes where it is not. Counts the lines between. */
  private closing(bytes: Uint8Array, from: number): number {
    for (let at = from + 1; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed)) this.breaks++;
      if (byte !== quote) continue;
      if (bytes[at + 1] !== quote) return at;
      at++;
    }
    return bytes.length;
  }

  /** What follows a cell that ends at `at`. */
  private end(bytes: Uint8Array, at: number, last: boolean): void {
    const atEnd = at >= bytes.length;
    // Behind a carriage return a line feed may come.
    if ((atEnd || (bytes[at] === carriageReturn && at + 1 >= bytes.length)) && !last) this.terminator = cut;
    else {
      this.terminator = atEnd ? ended : bytes[at];
      this.at = at + (this.terminator === carriageReturn && bytes[at + 1] === lineFeed ? 2 : 1);
    }
  }

  private give(): void {
    const { count, numbers, texts, lines } = this;
    this.options.take({ count, numbers, texts, lines });
    for (const column of texts) column.length = 0;
    this.count = 0;
  }

  private finish(): void {
    if (this.names.length === 0 || this.rows === 0) throw noRow(this.source, this.names);
    if (this.count > 0) this.give();
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Texts up to this length are put together byte by byte, which a decoder takes longer for. */
const shortText = 24;

/** @throws TypeError at bytes that are no UTF-8 */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > shortText) return decoder.decode(bytes.subarray(from, to));
  let text = '';
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte >= 0x80) return decoder.decode(bytes.subarray(from, to));
    text += String.fromCharCode(byte);
  }
  return text;
}
