// How the columns of a table become inputs: statistics of the training rows, and a notice for every choice made. Targets are fit-target.ts's.
import { ChainruleError } from '../errors.ts';
import {
  type CategoryColumn,
  categoryColumn,
  isMissing,
  type NumberColumn,
  shellWord,
  type TypedColumn,
  typedColumn,
} from './columns.ts';
import { dateText } from './dates.ts';
import { isIdentifier } from './identifiers.ts';
import { readNumbers, reshaped } from './number-input.ts';
import type { CategoryInput, InputColumn, NumberInput } from './preprocessing.ts';
import { fitQuantiles, fitScaling, mean, type Scaling, valuesAt } from './scaling.ts';
import { column, listed, quoted, readAsNumbers, type Table } from './table.ts';

/** How columns become inputs. */
export interface InputOptions {
  /** Columns to take as categories although they hold numbers. */
  readonly categories?: readonly string[];
  /** Columns of texts with an order, and that order: their places in it are taken as numbers. */
  readonly orders?: Readonly<Record<string, readonly string[]>>;
  /** How to scale columns of numbers; `standard` unless given. */
  readonly scale?: Scaling;
  /** Columns of numbers to take the logarithm of, as sign(x) ln(1 + |x|); `skewed` for those far from symmetric. */
  readonly log?: readonly string[] | 'skewed';
  /**
   * Whether a column of numbers gets a second input that says where it is missing: `auto` (the default) where at least
   * 10 values and 5 % of them are missing.
   */
  readonly missingInputs?: 'auto' | 'always' | 'never';
  /** The most inputs that a column of categories may become, the rarer ones taken together as `other`; 64 unless given. */
  readonly mostLevels?: number;
}

/** The level that rare and unknown categories count as. */
const otherLevel = 'other';

/** Numbers whose skewness is at least this gain from a logarithm. */
const leastSkewness = 2;

/** Fits every named column; columns that identify rows are left out, as long as others remain. */
export function fitInputs(
  table: Table,
  names: readonly string[],
  rows: Uint32Array,
  options: InputOptions,
  notices: string[],
): InputColumn[] {
  const { categories = [], orders = {} } = options;
  const columns = names.map((name) => {
    if (Object.hasOwn(orders, name)) return fitOrdered(table, name, orders[name], rows, options, notices);
    const chosen = categories.includes(name);
    const typed = chosen ? categoryColumn(name, column(table, name)) : typedColumn(table, name);
    return !chosen && isIdentifier(typed, rows) ? typed : fitInput(typed, rows, options, notices);
  });
  const identifiers = columns.filter((one): one is TypedColumn => !Array.isArray(one));
  const fitted = columns.filter((one): one is InputColumn[] => Array.isArray(one));
  const kept = fitted.length > 0 ? fitted : identifiers.map((typed) => fitInput(typed, rows, options, notices));
  for (const { name } of fitted.length > 0 ? identifiers : []) {
    notices.push(
      `Column ${quoted(name)} has another value in every training row, as what names a row has: it is left out (--category ${shellWord(name)} keeps it).`,
    );
  }
  const inputs = kept.flat();
  sayConstants(inputs, table, rows, notices);
  return inputs;
}

function fitInput(typed: TypedColumn, rows: Uint32Array, options: InputOptions, notices: string[]): InputColumn[] {
  if (typed.kind === 'category') return [fitCategories(typed, rows, options, notices)];
  return fitNumbers(typed, rows, options, notices, typed.date ? { date: true } : {});
}

function fitOrdered(
  table: Table,
  name: string,
  order: readonly string[],
  rows: Uint32Array,
  options: InputOptions,
  notices: string[],
): InputColumn[] {
  if (order.length < 2 || new Set(order).size < order.length) {
    throw new ChainruleError(
      'bad-option',
      `the order of column ${quoted(name)} is ${listed(order)}; name at least two texts, each once.`,
    );
  }
  const values = readNumbers({ name, order }, column(table, name), table);
  const missing = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  const { log: _, ...others } = options;
  return fitNumbers({ kind: 'number', name, values, integer: true, missing }, rows, others, notices, { order });
}

function fitNumbers(
  typed: NumberColumn,
  rows: Uint32Array,
  options: InputOptions,
  notices: string[],
  reading: Pick<NumberInput, 'date' | 'order'>,
): InputColumn[] {
  const { name } = typed;
  const values = presentAt(typed.values, rows);
  if (values.length === 0) {
    throw new ChainruleError(
      'bad-data',
      `column ${quoted(name)} has no value in any training row; leave it out (--ignore ${shellWord(name)}).`,
    );
  }
  const fill = mean(values);
  const isRead = Object.keys(reading).length > 0;
  const log = !isRead && takesLog(name, values, options.log, notices) ? ({ log: true } as const) : {};
  const input: NumberInput = {
    kind: 'number',
    name,
    ...scaled(values, log, options.scale, name),
    fill,
    ...reading,
    ...log,
  };
  const told = hasMissingInput(rows.length - values.length, rows.length, options.missingInputs);
  if (typed.missing > 0) {
    const filled = reading.date ? dateText(fill) : Number(fill.toPrecision(6));
    const beside = told ? ', and an input of its own says where they are missing' : '';
    notices.push(
      `Column ${quoted(name)} has ${countOf(typed.missing)}, filled with the training mean ${filled}${beside}.`,
    );
  }
  return told ? [input, { kind: 'number', name, offset: 0, scale: 1, fill: 0, missing: true }] : [input];
}

/** The values of the given rows that are not missing. */
function presentAt(values: Float64Array, rows: Uint32Array): Float64Array {
  const found = valuesAt(values, rows);
  let count = 0;
  for (const value of found) if (!Number.isNaN(value)) found[count++] = value;
  return found.subarray(0, count);
}

/** Offset and scale, and the quantiles where the values are placed among them. */
function scaled(
  values: Float64Array,
  reshaping: Pick<NumberInput, 'log'>,
  scaling: Scaling = 'standard',
  name: string,
): Pick<NumberInput, 'offset' | 'scale' | 'quantiles'> {
  if (scaling !== 'quantile')
    return fitScaling(reshaping.log ? values.map((value) => reshaped(reshaping, value)) : values, scaling, name);
  const quantiles = fitQuantiles(values);
  if (quantiles === undefined) return fitScaling(values, 'standard', name);
  // Places are spread evenly over 0 … 1: about 0, with deviation 1.
  return { offset: 0.5, scale: Math.sqrt(1 / 12), quantiles };
}

function takesLog(name: string, values: Float64Array, log: InputOptions['log'] = [], notices: string[]): boolean {
  if (log !== 'skewed') return log.includes(name);
  const skewed = skewness(values) >= leastSkewness && values.every((value) => value >= 0);
  if (skewed) notices.push(`Column ${quoted(name)} is skewed: its logarithm ln(1 + x) is taken.`);
  return skewed;
}

/** The third standardised moment; 0 of a constant column. */
export function skewness(values: Float64Array): number {
  const centre = mean(values);
  const moment = (power: number) => mean(values.map((value) => (value - centre) ** power));
  const variance = moment(2);
  return variance > 0 ? moment(3) / variance ** 1.5 : 0;
}

function hasMissingInput(missing: number, count: number, wanted: InputOptions['missingInputs'] = 'auto'): boolean {
  if (wanted === 'auto') return missing >= 10 && missing >= 0.05 * count;
  return wanted === 'always' && missing > 0;
}

function fitCategories(
  typed: CategoryColumn,
  rows: Uint32Array,
  { mostLevels = 64 }: InputOptions,
  notices: string[],
): CategoryInput {
  const { name, categories, codes, missing } = typed;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(codes[row], (counts.get(codes[row]) ?? 0) + 1);
  if (missing > 0 && counts.has(-1))
    notices.push(`Column ${quoted(name)} has ${countOf(missing)}, taken as a category of its own.`);
  const distinct = counts.size - (counts.has(-1) ? 1 : 0);
  if (distinct > mostLevels) return withOther(typed, counts, mostLevels, notices);
  const all: readonly (string | null)[] = missing > 0 ? [...categories, null] : categories;
  const seen = (_: string | null, i: number) => counts.has(i < categories.length ? i : -1);
  const levels = all.filter(seen);
  const unseen = all.filter((level, i) => !seen(level, i));
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

/** The commonest categories as levels, and one for all the others. */
function withOther(
  { name, categories }: CategoryColumn,
  counts: ReadonlyMap<number, number>,
  mostLevels: number,
  notices: string[],
): CategoryInput {
  const commonest = [...counts]
    .filter(([code]) => code >= 0 && categories[code] !== otherLevel)
    .sort(([a, n], [b, m]) => m - n || a - b)
    .slice(0, Math.max(1, mostLevels - 1))
    .map(([code]) => code)
    .sort((a, b) => a - b);
  const missing = counts.has(-1) ? [null] : [];
  notices.push(
    `Column ${quoted(name)} has ${categories.length} categories: the ${commonest.length} commonest are inputs of their own, all others one together.`,
  );
  const levels = [...commonest.map((code) => categories[code]), ...missing, otherLevel];
  return { kind: 'category', name, levels, unseen: [], other: otherLevel };
}

/** Says which columns never change, in one sentence. */
function sayConstants(inputs: readonly InputColumn[], table: Table, rows: Uint32Array, notices: string[]): void {
  const constant = inputs.filter(({ name }) => {
    const numbers = readAsNumbers(table, name);
    if (numbers !== undefined) return rows.every((row) => numbers[row] === numbers[rows[0]]);
    const cells = column(table, name);
    return rows.every((row) => cells[row] === cells[rows[0]] && !isMissing(cells[row]));
  });
  if (constant.length === 0 || rows.length < 2) return;
  const [which, them] = constant.length === 1 ? ['Column', 'it'] : ['Columns', 'them'];
  const verb = constant.length === 1 ? 'is' : 'are each';
  notices.push(
    `${which} ${listed(constant.map(({ name }) => name))} ${verb} the same in every training row, so nothing can be learned from ${them}.`,
  );
}

function countOf(missing: number): string {
  return missing === 1 ? '1 missing value' : `${missing} missing values`;
}
