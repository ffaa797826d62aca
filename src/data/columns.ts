// The one place that says what a column's strings mean: numbers, dates, categories or missing values, whoever parsed the file.
import { ChainruleError } from '../errors.ts';
import { daysOf } from './dates.ts';
import { hasComma, readPlain } from './number-style.ts';
import { column, place, quoted, readAsNumbers, type Table } from './table.ts';

/** A column of numbers. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  /** One number per row, NaN where it is missing. */
  readonly values: Float64Array;
  /** Whether every number is an integer. */
  readonly integer: boolean;
  readonly missing: number;
  /** Whether the cells are dates, and the numbers the days since 1970-01-01. */
  readonly date?: true;
}

/** A column of text, each distinct text a category. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  /** In the order of their code units. */
  readonly categories: readonly string[];
  /** Each row's place in `categories`, −1 where it is missing. */
  readonly codes: Int32Array;
  readonly missing: number;
}

/** A column whose strings have been understood. */
export type TypedColumn = NumberColumn | CategoryColumn;

/** Where a column's rows are, for messages. */
export type Location = Pick<Table, 'source' | 'lines' | 'origins'>;

// Exactly these spellings: "Na" is sodium and "none" is an answer.
export const missingMarks: ReadonlySet<string> = new Set([
  '',
  'NA',
  'na',
  'N/A',
  'n/a',
  '#N/A',
  'null',
  'NULL',
  'Null',
  '?',
]);

const notFinitePattern = /^[+-]?(?:nan|inf|infinity)$/i;

/** From this share of numbers on, and with this many distinct ones, text in a column is taken for a slip. */
const mostlyNumbers = { share: 0.9, distinct: 10 };

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  return missingMarks.has(cell.trim());
}

/**
 * Understands a table's column, as {@link typeColumn} its cells.
 * @throws ChainruleError `unknown-name`, or `bad-data` as that
 */
export function typedColumn(table: Table, name: string): TypedColumn {
  const values = readAsNumbers(table, name);
  return values === undefined ? typeColumn(name, column(table, name), table) : ofNumbers(name, values);
}

/**
 * A table's column known to hold numbers, as {@link numberColumn} its cells.
 * @throws ChainruleError `unknown-name`, or `bad-data` as that
 */
export function columnOfNumbers(table: Table, name: string): NumberColumn {
  const values = readAsNumbers(table, name);
  return values === undefined ? numberColumn(name, column(table, name), table) : ofNumbers(name, values);
}

/** @param values finite, or NaN where they are missing */
function ofNumbers(name: string, values: Float64Array): NumberColumn {
  let missing = 0;
  let integer = true;
  for (const value of values) {
    if (Number.isNaN(value)) missing++;
    else integer &&= Number.isInteger(value);
  }
  return { kind: 'number', name, values, integer: integer && missing < values.length, missing };
}

/**
 * Understands a column: numbers if every cell that is not missing is one, dates likewise, else categories.
 * @throws ChainruleError `bad-data` at a NaN or an infinity among numbers, at stray text in a column that is nearly all numbers,
 * and at commas in numbers that may be decimal marks as well as thousands separators
 */
export function typeColumn(name: string, cells: readonly string[], location: Location): TypedColumn {
  let numbers = 0;
  let texts = 0;
  let firstText = -1;
  cells.forEach((cell, row) => {
    const text = cell.trim();
    if (missingMarks.has(text)) return;
    if (!Number.isNaN(readPlain(text)) || notFinitePattern.test(text)) {
      numbers++;
      return;
    }
    if (texts === 0) firstText = row;
    texts++;
  });
  if (texts === 0) return numberColumn(name, cells, location);
  const present = () => cells.map((cell) => cell.trim()).filter((text) => !missingMarks.has(text));
  if (hasComma(cells[firstText].trim()) && present().every((text) => hasComma(text) || !Number.isNaN(readPlain(text))))
    throw unclearComma(name, cells, firstText, location);
  if (isSlip(cells, numbers, texts)) throw strayText(name, cells, firstText, numbers, texts, location);
  if (numbers === 0 && present().every((text) => !Number.isNaN(daysOf(text)))) return dateColumn(name, cells, location);
  return categoryColumn(name, cells);
}

function unclearComma(name: string, cells: readonly string[], row: number, location: Location): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${place(location, row)}, column ${quoted(name)}: found ${quoted(cells[row])}, a number written with a comma, which may stand for a decimal point or separate thousands; write 1234.5 for it, or name the column as a category (--category ${shellWord(name)}).`,
  );
}

/** Whether the texts among `cells` are slips in a column meant to be numbers. */
function isSlip(cells: readonly string[], numbers: number, texts: number): boolean {
  if (numbers < mostlyNumbers.share * (numbers + texts)) return false;
  const distinct = new Set<number>();
  for (const cell of cells) {
    const value = readPlain(cell.trim());
    if (!Number.isNaN(value)) distinct.add(value);
    if (distinct.size >= mostlyNumbers.distinct) return true;
  }
  return false;
}

function strayText(
  name: string,
  cells: readonly string[],
  row: number,
  numbers: number,
  texts: number,
  location: Location,
): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${place(location, row)}, column ${quoted(name)}: found ${quoted(cells[row])} in a column where ${numbers} of ${numbers + texts} cells are numbers; mend the cell, leave it empty if the value is missing, or name the column as a category (--category ${shellWord(name)}).`,
  );
}

/**
 * A column known to hold numbers.
 * @throws ChainruleError `bad-data` at a cell that is neither a finite number nor missing
 */
export function numberColumn(name: string, cells: readonly string[], location: Location): NumberColumn {
  const values = valuesOf(cells, (text, row) => {
    const value = readPlain(text);
    if (Number.isFinite(value)) return value;
    throw notANumber(name, cells[row], row, location);
  });
  return ofNumbers(name, values);
}

/**
 * A column known to hold dates, as days since 1970-01-01.
 * @throws ChainruleError `bad-data` at a cell that is neither a date nor missing
 */
export function dateColumn(name: string, cells: readonly string[], location: Location): NumberColumn {
  const values = valuesOf(cells, (text, row) => {
    const value = daysOf(text);
    if (!Number.isNaN(value)) return value;
    throw new ChainruleError(
      'bad-data',
      `${place(location, row)}, column ${quoted(name)}: found ${quoted(text)} where a date is expected; write it as 2024-01-31, or leave the cell empty if the date is missing.`,
    );
  });
  const missing = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  return { kind: 'number', name, values, integer: false, missing, date: true };
}

/** One number a cell, NaN where it is missing. */
function valuesOf(cells: readonly string[], read: (text: string, row: number) => number): Float64Array {
  const values = new Float64Array(cells.length);
  cells.forEach((cell, row) => {
    const text = cell.trim();
    values[row] = missingMarks.has(text) ? Number.NaN : read(text, row);
  });
  return values;
}

function notANumber(name: string, cell: string, row: number, location: Location): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${place(location, row)}, column ${quoted(name)}: found ${quoted(cell)} where a finite number is expected; write a number such as 1.5, or leave the cell empty if the value is missing.`,
  );
}

/** The category that a cell names: its text, but `true` and `false` however they are spelled, as every program spells them its own way. */
export function categoryOf(cell: string): string {
  const text = cell.trim();
  return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : text;
}

/** A column taken as categories, whatever its cells look like. */
export function categoryColumn(name: string, cells: readonly string[]): CategoryColumn {
  const texts = cells.map(categoryOf);
  const categories = [...new Set(texts)].filter((text) => !missingMarks.has(text)).sort(byCodeUnits);
  const places = new Map(categories.map((category, i) => [category, i]));
  const codes = Int32Array.from(texts, (text) => places.get(text) ?? -1);
  return {
    kind: 'category',
    name,
    categories,
    codes,
    missing: codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0),
  };
}

// Not by locale: the order of classes must not depend on the machine.
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A name as it is typed after an option: in quotation marks where it is not one plain word. */
export function shellWord(name: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(name) ? name : quoted(name);
}
