// Applies preprocessing: tables to rows of inputs and targets, and a network's outputs back to the units of the table.
import { ChainruleError, didYouMean } from '../errors.ts';
import type { Labels, Rows } from '../memory/samples.ts';
import type { FloatArray } from '../memory/tensor.ts';
import { categoryOf, columnOfNumbers, isMissing } from './columns.ts';
import { missingTarget } from './fit-target.ts';
import { inputOfNumber, numbersOfColumn } from './number-input.ts';
import {
  type CategoryInput,
  columnWidth,
  inputNames,
  inputWidth,
  type NumberInput,
  type Preprocessing,
  type TablePreprocessing,
} from './preprocessing.ts';
import { column, hasColumn, listed, place, quoted, type Table } from './table.ts';

/** Numbers that an encoded table may hold: 2 GiB of them in float64. */
const mostNumbers = 2 ** 28;

/**
 * The inputs of every row. Columns are found by name: their order does not matter, and others are passed over.
 * @throws ChainruleError `unknown-name` where a column lacks, `bad-data` naming the row and column of a cell that cannot be encoded
 */
export function encodeInputs(preprocessing: TablePreprocessing, table: Table): Rows {
  const width = inputWidth(preprocessing);
  const count = table.rowCount;
  if (count * width > mostNumbers) {
    const widest = preprocessing.inputs.reduce((a, b) => (columnWidth(b) > columnWidth(a) ? b : a));
    throw new ChainruleError(
      'bad-data',
      `${table.source} would become ${count} rows of ${width} inputs, more than fits in memory, ${columnWidth(widest)} of them for the categories of column ${quoted(widest.name)}; leave it out or give fewer rows.`,
    );
  }
  const values = new Float64Array(count * width);
  let at = 0;
  for (const input of preprocessing.inputs) {
    requireColumn(preprocessing, table, input.name);
    const put = (row: number, place: number, value: number): void => {
      values[row * width + at + place] = value;
    };
    if (input.kind === 'number') encodeNumbers(input, table, put);
    else encodeCategories(input, column(table, input.name), table, put);
    at += columnWidth(input);
  }
  return { count, width, values, scale: 1 };
}

type Put = (row: number, place: number, value: number) => void;

function requireColumn(preprocessing: TablePreprocessing, table: Table, name: string): void {
  if (hasColumn(table, name)) return;
  throw new ChainruleError(
    'unknown-name',
    `${table.source} has no column ${quoted(name)}${didYouMean(name, table.names)}, which the model was trained on; it needs the columns ${listed(inputNames(preprocessing))}.`,
  );
}

function encodeNumbers(input: NumberInput, table: Table, put: Put): void {
  numbersOfColumn(input, table).forEach((value, row) => {
    put(row, 0, inputOfNumber(input, value));
  });
}

function encodeCategories(input: CategoryInput, cells: readonly string[], table: Table, put: Put): void {
  const { levels, unseen, name, other } = input;
  const places = new Map(levels.map((level, i) => [level, i]));
  const rest = other === undefined ? undefined : places.get(other);
  const silent = new Set(unseen);
  cells.forEach((cell, row) => {
    const level = isMissing(cell) ? null : cell.trim();
    const at = places.get(level) ?? places.get(categoryOf(cell)) ?? rest;
    if (at !== undefined) put(row, at, 1);
    if (at !== undefined || silent.has(level) || silent.has(categoryOf(cell))) return;
    const known = listed(levels.filter((one) => one !== null));
    const found =
      level === null ? 'a missing value, which the training rows never had' : `the unknown category ${quoted(level)}`;
    throw new ChainruleError(
      'bad-data',
      `${place(table, row)}, column ${quoted(name)}: found ${found}; the known categories are ${known}.`,
    );
  });
}

/**
 * The targets of every row: classes, or rows of 0 and 1, or rows of scaled numbers.
 * @throws ChainruleError `unknown-name` where a column lacks, `bad-data` naming the row of a missing or unknown target
 */
export function encodeTargets(preprocessing: TablePreprocessing, table: Table): Rows | Labels {
  const { target } = preprocessing;
  if (target.kind === 'classes') return encodeClasses(target.name, target.classes, target.numeric, table);
  const columns =
    target.kind === 'numbers' ? target.columns : target.names.map((name) => ({ name, offset: 0, scale: 1 }));
  const width = columns.length;
  const values = new Float64Array(table.rowCount * width);
  columns.forEach(({ name, offset, scale }, place) => {
    targetNumbers(name, table).forEach((value, row) => {
      if (target.kind === 'labels' && value !== 0 && value !== 1) throw notALabel(name, value, row, table);
      values[row * width + place] = (value - offset) / scale;
    });
  });
  return { count: table.rowCount, width, values, scale: 1 };
}

function encodeClasses(name: string, classes: readonly string[], numeric: boolean, table: Table): Labels {
  const places = new Map(classes.map((one, i) => [one, i]));
  const cells = numeric
    ? Array.from(targetNumbers(name, table), (value) => String(value + 0))
    : column(table, name).map((cell) => cell.trim());
  const labels = Uint32Array.from(cells, (cell, row) => {
    if (!numeric && isMissing(cell))
      throw new ChainruleError('bad-data', `${place(table, row)}: ${missingTarget(name)}`);
    const label = places.get(cell) ?? places.get(categoryOf(cell));
    if (label !== undefined) return label;
    throw new ChainruleError(
      'bad-data',
      `${place(table, row)}, column ${quoted(name)}: found the class ${quoted(cell)}, unknown to the model; its classes are ${listed(classes)}.`,
    );
  });
  return { count: labels.length, classes: classes.length, labels };
}

function targetNumbers(name: string, table: Table): Float64Array {
  const { values, missing } = columnOfNumbers(table, name);
  if (missing === 0) return values;
  throw new ChainruleError('bad-data', `${place(table, values.findIndex(Number.isNaN))}: ${missingTarget(name)}`);
}

function notALabel(name: string, value: number, row: number, table: Table): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `${place(table, row)}, column ${quoted(name)}: found ${value} where a label is 0 or 1; mend the cell.`,
  );
}

/** Outputs or scaled targets, row by row, in the units of the target columns; those of classes and labels are left as they are. */
export function restoreTargets(preprocessing: Preprocessing, outputs: FloatArray): Float64Array {
  const restored = Float64Array.from(outputs);
  if (preprocessing.kind === 'image' || preprocessing.target.kind !== 'numbers') return restored;
  const { columns } = preprocessing.target;
  return restored.map((value, i) => {
    const { offset, scale } = columns[i % columns.length];
    return value * scale + offset;
  });
}
