// What becomes of one column of numbers: from its cells to the values that are scaled, and from an input back to the cell it means.
import { ChainruleError } from '../errors.ts';
import { dateColumn, isMissing, type Location, numberColumn } from './columns.ts';
import { dateText } from './dates.ts';
import type { NumberInput } from './preprocessing.ts';
import { column, listed, place, quoted, readAsNumbers, type Table } from './table.ts';

/** How a column's cells are read as numbers. */
export type Reading = Pick<NumberInput, 'name' | 'date' | 'order' | 'missing'>;

/**
 * The number of every cell, NaN where it is missing.
 * @throws ChainruleError `bad-data` at a cell that is none
 */
export function readNumbers(reading: Reading, cells: readonly string[], location: Location): Float64Array {
  const { name, date, order, missing } = reading;
  if (missing) return Float64Array.from(cells, (cell) => (isMissing(cell) ? 1 : 0));
  if (order !== undefined) return placesIn(order, name, cells, location);
  return (date ? dateColumn : numberColumn)(name, cells, location).values;
}

/**
 * The number of every cell of a table's column: a number, a date, a place in an order, or whether it is missing.
 * @throws ChainruleError `unknown-name`, or `bad-data` at a cell that is none
 */
export function numbersOfColumn(reading: Reading, table: Table): Float64Array {
  const { name, date, order, missing } = reading;
  const isPlain = date === undefined && order === undefined;
  const values = isPlain ? readAsNumbers(table, name) : undefined;
  if (values === undefined) return readNumbers(reading, column(table, name), table);
  return missing ? values.map((value) => (Number.isNaN(value) ? 1 : 0)) : values;
}

function placesIn(order: readonly string[], name: string, cells: readonly string[], location: Location): Float64Array {
  const places = new Map(order.map((level, i) => [level, i]));
  return Float64Array.from(cells, (cell, row) => {
    const found = places.get(cell.trim());
    if (found !== undefined) return found;
    if (isMissing(cell)) return Number.NaN;
    throw new ChainruleError(
      'bad-data',
      `${place(location, row)}, column ${quoted(name)}: found ${quoted(cell)}, which has no place in the order ${listed(order)}; mend the cell, or add it to the order.`,
    );
  });
}

/** What is done to numbers before they are scaled. */
export type Reshaping = Pick<NumberInput, 'log' | 'quantiles'>;

/** The value that is scaled, for a number that is not missing. */
export function reshaped({ log, quantiles }: Reshaping, value: number): number {
  if (log) return Math.sign(value) * Math.log1p(Math.abs(value));
  return quantiles === undefined ? value : placeAmong(quantiles, value);
}

/** Where a value lies among knots, 0 … 1; beyond the ends it is at the end. */
function placeAmong(knots: readonly number[], value: number): number {
  const last = knots.length - 1;
  if (value <= knots[0]) return 0;
  if (value >= knots[last]) return 1;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= value) low = middle;
    else high = middle;
  }
  return (low + (value - knots[low]) / (knots[high] - knots[low])) / last;
}

/** The network's input for a number, NaN where it is missing. */
export function inputOfNumber(input: NumberInput, value: number): number {
  return (reshaped(input, Number.isNaN(value) ? input.fill : value) - input.offset) / input.scale;
}

/** What a cell held, from the network's input: as a number, or as the text it was read from. */
export function cellOfInput(input: NumberInput, value: number): number | string {
  const scaled = value * input.scale + input.offset;
  const number = unshaped(input, scaled);
  if (input.missing) return number > 0.5 ? 'missing' : 'present';
  if (input.date) return dateText(number);
  return input.order === undefined ? number : (input.order[Math.round(number)] ?? String(number));
}

function unshaped({ log, quantiles }: Reshaping, value: number): number {
  if (log) return Math.sign(value) * Math.expm1(Math.abs(value));
  if (quantiles === undefined) return value;
  const last = quantiles.length - 1;
  const below = Math.max(0, Math.min(last - 1, Math.floor(value * last)));
  return quantiles[below] + (quantiles[below + 1] - quantiles[below]) * (value * last - below);
}

/** Whether an input is its cell's number, scaled and nothing else. */
export function isPlainNumber({ date, order, missing, log, quantiles }: NumberInput): boolean {
  return [date, order, missing, log, quantiles].every((one) => one === undefined);
}
