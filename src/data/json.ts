// Tables from JSON: an array with one object per row. It decides no types: numbers become the text that CSV would hold.
import { ChainruleError } from '../errors.ts';
import { quoted, type Table, tableOf } from './table.ts';

/**
 * Reads a table from a JSON array of objects. Columns are the keys in the order first seen; `null` and absent keys are missing.
 * @throws ChainruleError `bad-data` naming the row and column
 * @example parseJsonTable('[{"x": 1, "y": "a"}]', 'example').columns // [['1'], ['a']]
 */
export function parseJsonTable(text: string, source: string): Table {
  const rows = parseRows(text, source);
  const columns = new Map<string, string[]>();
  rows.forEach((row, i) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new ChainruleError(
        'bad-data',
        `${source}, row ${i + 1} is ${quoted(JSON.stringify(row))}; every row must be an object such as {"length": 5.1, "species": "setosa"}.`,
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
  return tableOf(source, [...columns.keys()], [...columns.values()]);
}

function parseRows(text: string, source: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
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

function cellText(value: unknown, name: string, row: number, source: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ChainruleError(
    'bad-data',
    `${source}, row ${row + 1}, column ${quoted(name)} holds ${quoted(JSON.stringify(value))}; a cell must be a number, text, true, false or null.`,
  );
}
