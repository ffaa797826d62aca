// Finds the preprocessing for a table: statistics from the training rows alone, and a notice for every choice made.
import { ChainruleError, didYouMean } from '../errors.ts';
import { categoryColumn, type TypedColumn, typedColumn } from './columns.ts';
import { fitInputs, type InputOptions } from './fit-inputs.ts';
import { fitTarget, type TargetOptions } from './fit-target.ts';
import type { TablePreprocessing } from './preprocessing.ts';
import { column, listed, quoted, type Table } from './table.ts';

/** How to prepare a table. */
export interface FitPreprocessingOptions extends TargetOptions, InputOptions {
  /** Columns to leave out. */
  readonly ignore?: readonly string[];
}

/** Preprocessing, and sentences about choices that the reader of a report should know. */
export interface FittedPreprocessing {
  readonly preprocessing: TablePreprocessing;
  readonly notices: readonly string[];
}

/**
 * Fits preprocessing to the training rows of a table. Columns are typed, and classes listed, over the whole table.
 * @param rows the training rows
 * @throws ChainruleError `unknown-name`, `bad-option` or `bad-data` naming the column and row
 */
export function fitPreprocessing(
  table: Table,
  rows: Uint32Array,
  options: FitPreprocessingOptions,
): FittedPreprocessing {
  const { targets, ignore = [], categories = [] } = options;
  checkColumns(table, rows, options);
  const notices: string[] = [];
  const typed = (name: string): TypedColumn => {
    const asCategory = () => categoryColumn(name, column(table, name));
    const found = categories.includes(name) ? asCategory() : typedColumn(table, name);
    return found.kind === 'number' && found.date ? asCategory() : found;
  };
  const target = fitTarget(table, targets.map(typed), rows, options, notices);
  const names = table.names.filter((name) => !targets.includes(name) && !ignore.includes(name));
  const inputs = fitInputs(table, names, rows, options, notices);
  if (inputs.length === 0) {
    throw new ChainruleError(
      'bad-option',
      `${table.source} has no input columns left: its columns are ${listed(table.names)}, all of them targets or ignored; keep at least one.`,
    );
  }
  return { preprocessing: { kind: 'table', inputs, target }, notices };
}

function checkColumns(table: Table, rows: Uint32Array, options: FitPreprocessingOptions): void {
  const { targets, ignore = [], categories = [], log = [], orders = {} } = options;
  if (targets.length === 0) {
    throw new ChainruleError('bad-option', `no target is named; name a column to predict: ${listed(table.names)}.`);
  }
  for (const name of [...targets, ...ignore, ...categories, ...(log === 'skewed' ? [] : log), ...Object.keys(orders)]) {
    if (table.names.includes(name)) continue;
    throw new ChainruleError(
      'unknown-name',
      `${table.source} has no column ${quoted(name)}${didYouMean(name, table.names)}; its columns are ${listed(table.names)}.`,
    );
  }
  const repeated = targets.find((name, i) => targets.indexOf(name) < i);
  if (repeated !== undefined) {
    throw new ChainruleError('bad-option', `the target ${quoted(repeated)} is named twice; name each target once.`);
  }
  const both = targets.find((name) => ignore.includes(name));
  if (both !== undefined) {
    throw new ChainruleError(
      'bad-option',
      `column ${quoted(both)} is both a target and ignored; take it out of one of the two.`,
    );
  }
  if (rows.length === 0)
    throw new ChainruleError('bad-data', `${table.source} has no training rows; give at least one.`);
}
