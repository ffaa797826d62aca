// What may be wrong with delimited text, each in one sentence with its line. Finding it is scan-rows.ts's business.
import { ChainruleError } from '../errors.ts';
import { listed, quoted } from './table.ts';

/** Characters in one row at most: beyond it, a quotation mark was left open. */
export const longestRow = 2 ** 20;

const at = (source: string, line: number): string => `${source}, line ${line}`;

export function tooLong(source: string, line: number): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${at(source, line)}: the row has more than ${longestRow} characters, as when a quotation mark is left open; close it, or double it ("") where it belongs to the text.`,
  );
}

export function openQuote(source: string, line: number): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${at(source, line)}: a quoted cell is still open where the file ends; close the quotation mark, or double it ("") where it belongs to the text.`,
  );
}

export function strayQuote(source: string, line: number): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${at(source, line)}: a quotation mark stands in the middle of a cell; put the whole cell in quotation marks and double the one inside ("").`,
  );
}

export function wrongCount(
  source: string,
  line: number,
  found: number,
  expected: number,
  delimiter: string,
): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${at(source, line)}: found ${count(found, 'cell')} where the header names ${count(expected, 'column')}; mend the row, or put cells that contain ${quoted(delimiter)} in quotation marks.`,
  );
}

/** @param names the columns that the header names; none where there is no header either */
export function noRow(source: string, names: readonly string[]): ChainruleError {
  return new ChainruleError(
    'bad-data',
    names.length === 0
      ? `${source} is empty; a table needs a line of column names and at least one row.`
      : `${source} has a header (${listed(names)}) but no rows; add at least one row below it.`,
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
