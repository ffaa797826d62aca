// What a table holds, column by column, and what training would make of it. It prints nothing.
import {
  type Association,
  association,
  ChainruleError,
  dateText,
  fitPreprocessing,
  type InputColumn,
  type NumberColumn,
  skewness,
  type Table,
  type TablePreprocessing,
  type TypedColumn,
  typeColumn,
} from 'chainrule';
import { counted, rounded, significant } from './numbers.ts';

/** A column, and what it is to training. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: 'number' | 'integer' | 'date' | 'boolean' | 'category' | 'empty' | 'unclear';
  readonly missing: number;
  readonly distinct: number;
  /** Of numbers; the ends of dates are written as dates. */
  readonly range?: NumberRange;
  /** The commonest values of categories, with their counts. */
  readonly commonest?: readonly (readonly [value: string, count: number])[];
  /** How it goes together with the target. */
  readonly association?: Association;
  /** What training would do with it. */
  readonly becomes: string;
}

/** Where numbers lie. */
interface NumberRange {
  readonly least: number | string;
  readonly median: number | string;
  readonly mean: number | string;
  readonly greatest: number | string;
  readonly deviation: number;
  readonly skewness: number;
}

/** A table, described. */
export interface TableDescription {
  readonly rows: number;
  readonly columns: readonly ColumnDescription[];
  /** What is likely to be predicted, and why that; null where no column suits. */
  readonly target: { readonly name: string; readonly reason: string } | null;
  /** What training would say about its choices. */
  readonly notices: readonly string[];
  /** Why the table could not be trained on as it is; null where it could. */
  readonly problem: string | null;
}

const targetNames =
  /^(?:target|label|labels|class|classes|species|outcome|y|survived|diagnosis|churn|default|quality|result|目标|标签|类别|结果)$/i;

/**
 * Describes a table.
 * @param given the column to predict, where it is known
 */
export function describeTable(table: Table, given: string | undefined, why = 'named by --target'): TableDescription {
  const columns = table.names.map((name, i) => typed(name, table.columns[i], table));
  const target = given === undefined ? likelyTarget(columns) : { name: given, reason: why };
  const fit = target === null ? { problem: null } : fitted(table, target.name);
  const own = columns.find((column) => column.name === target?.name);
  const inputs = new Map<string, InputColumn[]>();
  for (const input of fit.preprocessing?.inputs ?? [])
    inputs.set(input.name, [...(inputs.get(input.name) ?? []), input]);
  return {
    rows: table.rowCount,
    columns: columns.map((column) => describe(column, own, fit, inputs.get(column.name) ?? [])),
    target,
    notices: fit.notices ?? [],
    problem: fit.problem,
  };
}

/** A column that could be typed, or what is wrong with it. */
type Column = { readonly name: string } & (
  | { readonly typed: TypedColumn }
  | { readonly problem: string; readonly cells: readonly string[] }
);

function typed(name: string, cells: readonly string[], table: Table): Column {
  try {
    return { name, typed: typeColumn(name, cells, table) };
  } catch (error) {
    if (error instanceof ChainruleError) return { name, problem: error.message, cells };
    throw error;
  }
}

/** A column by its name, else the last one that is neither a date nor without variety. */
function likelyTarget(columns: readonly Column[]): TableDescription['target'] {
  const named = columns.find(({ name }) => targetNames.test(name.trim()));
  if (named !== undefined) return { name: named.name, reason: 'its name says so' };
  const last = columns.findLast((column) => 'typed' in column && suits(column.typed));
  return last === undefined ? null : { name: last.name, reason: 'the last column that could be predicted' };
}

function suits(column: TypedColumn): boolean {
  if (column.kind === 'number') return !column.date && column.missing === 0 && new Set(column.values).size > 1;
  return column.missing === 0 && column.categories.length > 1 && column.categories.length <= column.codes.length / 2;
}

/** What training on all rows would come to. */
interface Fit {
  readonly preprocessing?: TablePreprocessing;
  readonly notices?: readonly string[];
  readonly problem: string | null;
}

function fitted(table: Table, target: string): Fit {
  const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  try {
    return { ...fitPreprocessing(table, rows, { targets: [target] }), problem: null };
  } catch (error) {
    if (error instanceof ChainruleError) return { problem: error.message };
    throw error;
  }
}

function describe(
  column: Column,
  target: Column | undefined,
  fit: Fit,
  inputs: readonly InputColumn[],
): ColumnDescription {
  const { name } = column;
  const becomes = column === target ? targetWords(fit) : inputWords(fit, inputs);
  if ('problem' in column) {
    const distinct = new Set(column.cells).size;
    return { name, type: 'unclear', missing: 0, distinct, becomes: `refused: ${column.problem}` };
  }
  const { typed } = column;
  // Of a name of rows it would be 1, and mean nothing.
  const isLeftOut = fit.preprocessing !== undefined && inputs.length === 0;
  const together =
    isLeftOut || target === undefined || column === target || !('typed' in target)
      ? undefined
      : association(typed, target.typed);
  return {
    name,
    type: typeOf(typed),
    missing: typed.missing,
    distinct: distinctOf(typed),
    ...(typed.kind === 'number' ? rangeOf(typed) : { commonest: commonestOf(typed.codes, typed.categories) }),
    ...(together && { association: together }),
    becomes,
  };
}

function typeOf(typed: TypedColumn): ColumnDescription['type'] {
  if (typed.kind === 'category')
    return typed.categories.length === 2 && typed.categories.join() === 'false,true' ? 'boolean' : 'category';
  if (typed.missing === typed.values.length) return 'empty';
  if (typed.date) return 'date';
  return typed.integer ? 'integer' : 'number';
}

function distinctOf(typed: TypedColumn): number {
  if (typed.kind === 'category') return typed.categories.length;
  const distinct = new Set(typed.values);
  distinct.delete(Number.NaN);
  return distinct.size;
}

function rangeOf({ values, date }: NumberColumn): { readonly range?: NumberRange } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const { length } = sorted;
  if (length === 0) return {};
  const shown = (value: number) => (date ? dateText(value) : value);
  const mean = sorted.reduce((sum, value) => sum + value / length, 0);
  const deviation = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2 / length, 0));
  return {
    range: {
      least: shown(sorted[0]),
      median: shown((sorted[(length - 1) >> 1] + sorted[length >> 1]) / 2),
      mean: shown(mean),
      greatest: shown(sorted[length - 1]),
      deviation,
      skewness: skewness(sorted),
    },
  };
}

function commonestOf(codes: Int32Array, categories: readonly string[]): [string, number][] {
  const counts = new Uint32Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  return categories
    .map((category, i): [string, number] => [category, counts[i]])
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5);
}

function targetWords({ preprocessing }: Fit): string {
  if (preprocessing === undefined) return 'the target';
  const { target } = preprocessing;
  if (target.kind === 'classes') return `the target: ${counted(target.classes.length, 'class')}`;
  return 'the target: numbers, standard scaling';
}

function inputWords({ preprocessing }: Fit, inputs: readonly InputColumn[]): string {
  if (preprocessing === undefined) return '';
  return inputs.length === 0 ? 'left out: it names rows' : inputs.map(becomes).join(', and ');
}

/** What becomes of a column, in a few words. */
export function becomes(input: InputColumn): string {
  if (input.kind === 'category') {
    const levels = input.levels.map((level) => level ?? 'missing');
    const some = levels.length > 6 ? `${levels.slice(0, 5).join(', ')}, … ${levels.at(-1)}` : levels.join(', ');
    const rest = input.other === undefined ? '' : ` (all others count as ${input.other})`;
    return `${counted(levels.length, 'input')}, one a category: ${some}${rest}`;
  }
  if (input.missing) return '1 where missing, else 0';
  const raw = input.date ? 'days since 1970' : input.order === undefined ? 'x' : `place in ${input.order.join(' < ')}`;
  const value = input.log ? `sign(${raw}) ln(1 + |${raw}|)` : raw;
  const placed = input.quantiles === undefined ? value : `place of ${value} among ${input.quantiles.length} quantiles`;
  if (input.offset === 0 && input.scale === 1) return placed;
  const offset = input.date ? rounded(input.offset) : significant(Math.abs(input.offset));
  const sign = input.offset < 0 ? '+' : '−';
  return `(${placed} ${sign} ${offset}) / ${significant(input.scale)}`;
}
