// A table as it was read: named columns of strings. What the strings mean is columns.ts's business.
import { ChainruleError, didYouMean } from '../errors.ts';

/** Named columns of text, all of one length. */
export interface Table {
  /** Where it came from, for messages: a file's name, `standard input`. */
  readonly source: string;
  readonly names: readonly string[];
  /** The cells, column by column, in the order of `names`. */
  readonly columns: readonly (readonly string[])[];
  /** Of columns whose cells were read as numbers, these, NaN where they are missing; their texts are made when asked for. */
  readonly numbers?: readonly (Float64Array | undefined)[];
  readonly rowCount: number;
  /** The line of the file on which each row begins, where the table was read from lines. */
  readonly lines?: ArrayLike<number>;
  /** The row of the table that each row was selected from, where there are no lines. */
  readonly origins?: ArrayLike<number>;
}

/**
 * A table from its columns.
 * @throws ChainruleError `bad-data` where names are empty or repeated or columns differ in length
 * @example tableOf('flowers', ['length', 'species'], [['5.1', '4.9'], ['setosa', 'setosa']])
 */
export function tableOf(
  source: string,
  names: readonly string[],
  columns: readonly (readonly string[])[],
  lines?: ArrayLike<number>,
): Table {
  requireNames(source, names);
  if (columns.length !== names.length) {
    throw new ChainruleError(
      'bad-data',
      `${source} has ${columns.length} columns where ${names.length} are named; give one array of cells per name.`,
    );
  }
  const rowCount = columns.length === 0 ? 0 : columns[0].length;
  columns.forEach((cells, i) => {
    if (cells.length === rowCount) return;
    throw new ChainruleError(
      'bad-data',
      `${source}, column ${quoted(names[i])} has ${cells.length} cells where column ${quoted(names[0])} has ${rowCount}; all columns must have the same length.`,
    );
  });
  return lines === undefined ? { source, names, columns, rowCount } : { source, names, columns, rowCount, lines };
}

/** A column as it was read: its texts, or where to fetch them. */
export type Cells = readonly string[] | FetchedCells;

/** Cells that may be fetched anew each time: texts, and of columns read as numbers these, finite or NaN where they are missing. */
export interface FetchedCells {
  readonly numbers?: Float64Array;
  readonly texts: readonly string[];
}

/**
 * A table of columns as they were read.
 * @throws ChainruleError `bad-data` where names are empty or repeated
 */
export function tableOfCells(
  source: string,
  names: readonly string[],
  cells: readonly Cells[],
  rows: { readonly rowCount: number; readonly lines?: ArrayLike<number>; readonly origins?: ArrayLike<number> },
): Table {
  requireNames(source, names);
  // Lines may be fetched when they are asked for, as columns are.
  return Object.defineProperties(
    {
      source,
      names,
      rowCount: rows.rowCount,
      columns: fetched(cells.map((one) => () => ('texts' in one ? one.texts : one))),
      numbers: fetched(cells.map((one) => () => ('numbers' in one ? one.numbers : undefined))),
    },
    Object.getOwnPropertyDescriptors(rows),
  );
}

/** A list whose entries are fetched when asked for. */
function fetched<T>(entries: readonly (() => T)[]): readonly T[] {
  const list: T[] = [];
  for (const [i, get] of entries.entries()) Object.defineProperty(list, i, { get, enumerable: true });
  return list;
}

/** The numbers of the column called `name`, where it was read as numbers. */
export function readAsNumbers(table: Table, name: string): Float64Array | undefined {
  const index = placesOf(table.names).get(name);
  return index === undefined ? undefined : table.numbers?.[index];
}

/** Columns that a table may have. */
const mostColumns = 2 ** 16;

/** @throws ChainruleError `bad-data` at an empty or repeated name, or too many */
export function requireNames(source: string, names: readonly string[]): void {
  if (names.length > mostColumns) {
    throw new ChainruleError(
      'bad-data',
      `${source} has ${names.length} columns where a table may have ${mostColumns}; take fewer, or turn rows and columns round.`,
    );
  }
  const seen = new Map<string, number>();
  names.forEach((name, i) => {
    if (name.trim() === '') {
      throw new ChainruleError(
        'bad-data',
        `${source} has no name for column ${i + 1}; give every column a name in the header.`,
      );
    }
    const first = seen.get(name);
    if (first !== undefined) {
      throw new ChainruleError(
        'bad-data',
        `${source} has two columns named ${quoted(name)} (columns ${first + 1} and ${i + 1}); rename one of them, or add a header line if the first line is data.`,
      );
    }
    seen.set(name, i);
  });
}

const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Where each name is, found once for all that ask: tables may have thousands of columns. */
function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  const known = places.get(names);
  if (known !== undefined) return known;
  const found = new Map(names.map((name, i) => [name, i]));
  places.set(names, found);
  return found;
}

/** Whether a table has a column called `name`. */
export function hasColumn({ names }: Table, name: string): boolean {
  return placesOf(names).has(name);
}

/**
 * The cells of the column called `name`.
 * @throws ChainruleError `unknown-name`
 */
export function column(table: Table, name: string): readonly string[] {
  const index = placesOf(table.names).get(name);
  if (index !== undefined) return table.columns[index];
  throw new ChainruleError(
    'unknown-name',
    `${table.source} has no column ${quoted(name)}${didYouMean(name, table.names)}; its columns are ${listed(table.names)}.`,
  );
}

/** The table of the given rows, in the given order. */
export function selectRows(table: Table, rows: Uint32Array): Table {
  const pick = <T>(values: ArrayLike<T>): T[] => Array.from(rows, (row) => values[row]);
  const { source, names, lines, origins } = table;
  const cells = names.map((_, i): Cells => {
    const numbers = table.numbers?.[i];
    if (numbers === undefined) return pick(table.columns[i]);
    return {
      numbers: Float64Array.from(rows, (row) => numbers[row]),
      get texts() {
        return pick(table.columns[i]);
      },
    };
  });
  const rowCount = rows.length;
  if (lines !== undefined) return tableOfCells(source, names, cells, { rowCount, lines: pick(lines) });
  return tableOfCells(source, names, cells, { rowCount, origins: origins === undefined ? rows : pick(origins) });
}

/** Where a row is, for messages: `iris.csv, line 7`, or `rows.json, row 6` (the first is row 1). */
export function place(table: Pick<Table, 'source' | 'lines' | 'origins'>, row: number): string {
  if (table.lines !== undefined) return `${table.source}, line ${table.lines[row]}`;
  return `${table.source}, row ${(table.origins === undefined ? row : table.origins[row]) + 1}`;
}

/** A name or cell in quotation marks, on one line and of bounded length. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** Names in quotation marks, the first twenty of them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map(quoted).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
