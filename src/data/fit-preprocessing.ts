// Finds the preprocessing for a table: statistics from the training rows alone, and a notice for every choice made.
import { ChainruleError, didYouMean } from '../errors.ts';
import {
  type CategoryColumn,
  categoryColumn,
  type NumberColumn,
  shellWord,
  type TypedColumn,
  typeColumn,
} from './columns.ts';
import { fitTarget, type TargetOptions } from './fit-target.ts';
import type { CategoryInput, InputColumn, NumberInput, TablePreprocessing } from './preprocessing.ts';
import { fitScaling, mean, type Scaling } from './scaling.ts';
import { column, listed, quoted, type Table } from './table.ts';

/** How to prepare a table. */
export interface FitPreprocessingOptions extends TargetOptions {
  /** Columns to leave out. */
  readonly ignore?: readonly string[];
  /** Columns to take as categories although they hold numbers. */
  readonly categories?: readonly string[];
  /** How to scale columns of numbers; `standard` unless given. */
  readonly scale?: Scaling;
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
  const { targets, ignore = [], categories = [], scale = 'standard' } = options;
  checkColumns(table, rows, options);
  const notices: string[] = [];
  const typed = (name: string): TypedColumn => {
    const cells = column(table, name);
    return categories.includes(name) ? categoryColumn(name, cells) : typeColumn(name, cells, table);
  };
  const target = fitTarget(table, targets.map(typed), rows, options, notices);
  const inputs = table.names
    .filter((name) => !targets.includes(name) && !ignore.includes(name))
    .map((name) => fitInput(typed(name), rows, scale, notices));
  if (inputs.length === 0) {
    throw new ChainruleError(
      'bad-option',
      `${table.source} has no input columns left: its columns are ${listed(table.names)}, all of them targets or ignored; keep at least one.`,
    );
  }
  return { preprocessing: { kind: 'table', inputs, target }, notices };
}

function checkColumns(table: Table, rows: Uint32Array, options: FitPreprocessingOptions): void {
  const { targets, ignore = [], categories = [] } = options;
  if (targets.length === 0) {
    throw new ChainruleError('bad-option', `no target is named; name a column to predict: ${listed(table.names)}.`);
  }
  for (const name of [...targets, ...ignore, ...categories]) {
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

function fitInput(typed: TypedColumn, rows: Uint32Array, scale: Scaling, notices: string[]): InputColumn {
  return typed.kind === 'number' ? fitNumbers(typed, rows, scale, notices) : fitCategories(typed, rows, notices);
}

function fitNumbers(typed: NumberColumn, rows: Uint32Array, scaling: Scaling, notices: string[]): NumberInput {
  const { name, missing } = typed;
  const values = Float64Array.from(rows, (row) => typed.values[row]).filter((value) => !Number.isNaN(value));
  if (values.length === 0) {
    throw new ChainruleError(
      'bad-data',
      `column ${quoted(name)} has no value in any training row; leave it out (--ignore ${shellWord(name)}).`,
    );
  }
  const { offset, scale } = fitScaling(values, scaling, name);
  const fill = mean(values);
  if (missing > 0) {
    notices.push(
      `Column ${quoted(name)} has ${countOf(missing)}, filled with the training mean ${Number(fill.toPrecision(6))}.`,
    );
  }
  return { kind: 'number', name, offset, scale, fill };
}

function fitCategories(typed: CategoryColumn, rows: Uint32Array, notices: string[]): CategoryInput {
  const { name, categories, codes, missing } = typed;
  const trained = new Set(Array.from(rows, (row) => codes[row]));
  const all: readonly (string | null)[] = missing > 0 ? [...categories, null] : categories;
  const seen = (_: string | null, i: number) => trained.has(i < categories.length ? i : -1);
  const levels = all.filter(seen);
  const unseen = all.filter((level, i) => !seen(level, i));
  if (missing > 0 && levels.includes(null))
    notices.push(`Column ${quoted(name)} has ${countOf(missing)}, taken as a category of its own.`);
  if (unseen.length > 0) {
    const found = listed(unseen.map((level) => level ?? 'missing'));
    notices.push(
      `Column ${quoted(name)}: no training row has ${found}, so the network learns nothing about ${unseen.length === 1 ? 'it' : 'them'}.`,
    );
  }
  if (levels.length > 20 && levels.length > rows.length / 2) {
    notices.push(
      `Column ${quoted(name)} has ${levels.length} categories in ${rows.length} training rows, each an input of its own; if it identifies rows, leave it out (--ignore ${shellWord(name)}).`,
    );
  }
  return { kind: 'category', name, levels, unseen };
}

function countOf(missing: number): string {
  return missing === 1 ? '1 missing value' : `${missing} missing values`;
}
