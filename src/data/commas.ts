// Columns of numbers written with commas, rewritten as programs write numbers: decided once, over all cells of a table that was read.
import { isMissing } from './columns.ts';
import { hasThousands, isDecimalComma, readPlain } from './number-style.ts';
import type { Table } from './table.ts';

/**
 * The table with 1.234,5 and 1,234.5 written as 1234.5 in columns where every cell is a number one way or the other.
 * Where a column may be either (all cells like 1,234), commas are decimal marks if cells are not separated by commas,
 * and else it is left as it is, for columns.ts to refuse.
 * @param delimiter what separated the cells, where the table was delimited text
 */
export function withPlainNumbers(table: Table, delimiter?: string): Table {
  return { ...table, columns: table.columns.map((cells) => plainlyWritten(cells, delimiter)) };
}

/** A column's cells with its numbers written plainly. */
export function plainlyWritten(cells: readonly string[], delimiter: string | undefined): readonly string[] {
  if (!cells.some((cell) => cell.includes(','))) return cells;
  const texts = cells.map((cell) => cell.trim()).filter((text) => !isMissing(text));
  const decimal = texts.every(isDecimalComma);
  const thousands = texts.every((text) => hasThousands(text) || !Number.isNaN(readPlain(text)));
  const unclear = decimal && thousands && (delimiter === undefined || delimiter === ',');
  if (unclear || (!decimal && !thousands)) return cells;
  const rewrite = (cell: string): string =>
    decimal ? cell.replaceAll('.', '').replace(',', '.') : cell.replaceAll(',', '');
  return cells.map((cell) => (isMissing(cell) ? cell : rewrite(cell)));
}
