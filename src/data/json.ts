// Tables from JSON: an array with one object per row, or one object a line (NDJSON). It decides no types: numbers become the text that CSV would hold.
import { ChainruleError } from '../errors.ts';
import { withPlainNumbers } from './commas.ts';
import { quoted, type Table, tableOf } from './table.ts';

/**
 * Reads a table from a JSON array of objects, or from one object a line. Columns are the keys in the order first seen; `null` and absent keys are missing.
 * @throws ChainruleError `bad-data` naming the row and column
 * @example parseJsonTable('[{"x": 1, "y": "a"}]', 'example').columns // [['1'], ['a']]
 */
export function parseJsonTable(text: string, source: string): Table {
  const rows = parseRows(text, source);
  const columns = new Map<string, string[]>();
  rows.forEach((row, i) => {
    if (!isRow(row)) {
      throw new ChainruleError(
        'bad-data',
        `${source}, row ${i + 1} is ${shown(row)}; every row must be an object such as {"length": 5.1, "species": "setosa"}.`,
      );
    }
    for (const [name, value] of Object.entries(row)) {
      let cells = columns.get(name);
      if (cells === undefined) {
        cells = new Array<string>(rows.length).fill('');
        columns.set(name, cells);
      }
      cells[i] = cellText(value, name, i, source);
    }
  });
  return withPlainNumbers(tableOf(source, [...columns.keys()], [...columns.values()]));
}

/** Whether text begins as a table of JSON does: an array, or an object on a line of its own. */
export function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*(?:\[|\{[^\n]*\}\s*(?:\n|$))/.test(text);
}

function parseRows(text: string, source: string): readonly unknown[] {
  const plain = text.replace(/^\uFEFF/, '');
  if (/^\s*\{/.test(plain)) return parseLines(plain, source);
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new ChainruleError('bad-data', `${source} is not valid JSON (${found}); mend the text there.`, {
      cause: error,
    });
  }
  if (!Array.isArray(value) || value.length === 0) {
    const found = Array.isArray(value) ? 'an empty array' : 'no array';
    throw new ChainruleError(
      'bad-data',
      `${source} holds ${found}; a table is a JSON array with one object per row, such as [{"length": 5.1, "species": "setosa"}].`,
    );
  }
  return value;
}

/** One JSON object a line; blank lines are passed over. */
function parseLines(text: string, source: string): readonly unknown[] {
  return text.split('\n').flatMap((line, i) => parsedLine(line, i + 1, source));
}

/** What a line holds; nothing where it is blank. */
function parsedLine(line: string, number: number, source: string): unknown[] {
  if (line.trim() === '') return [];
  try {
    return [JSON.parse(line)];
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new ChainruleError(
      'bad-data',
      `${source}, line ${number} is not a JSON object of its own (${found}); write one object a line, or an array of them.`,
      { cause: error },
    );
  }
}

/**
 * The object that a line holds; none where it is blank.
 * @throws ChainruleError `bad-data`
 */
export function lineObject(line: string, number: number, source: string): Readonly<Record<string, unknown>>[] {
  return parsedLine(line, number, source).map((row) => {
    if (isRow(row)) return row;
    throw new ChainruleError(
      'bad-data',
      `${source}, line ${number} is ${shown(row)}; every line must be an object such as {"length": 5.1, "species": "setosa"}.`,
    );
  });
}

const isRow = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === 'object' && row !== null && !Array.isArray(row);

/** A cell as CSV would hold it. */
export function cellText(value: unknown, name: string, row: number, source: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ChainruleError(
    'bad-data',
    `${source}, row ${row + 1}, column ${quoted(name)} holds ${shown(value)}; a cell must be a number, text, true, false or null.`,
  );
}

/** A value as JSON; one nested deeper than can be written, by its kind. */
function shown(value: unknown): string {
  try {
    return quoted(JSON.stringify(value));
  } catch {
    return Array.isArray(value) ? 'a deeply nested array' : 'a deeply nested object';
  }
}
