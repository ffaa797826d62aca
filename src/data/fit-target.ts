// Decides what the target columns are: classes, yes/no labels or numbers to scale.
import { ChainruleError } from '../errors.ts';
import type { NumberColumn, TypedColumn } from './columns.ts';
import type { Target, Task } from './preprocessing.ts';
import { fitScaling, type TargetScaling, valuesAt } from './scaling.ts';
import { column, listed, place, quoted, type Table } from './table.ts';

/** Integers with at most this many distinct values are taken as classes. */
const mostIntegerClasses = 20;

/** What to predict, and how. */
export interface TargetOptions {
  /** The columns to predict. */
  readonly targets: readonly string[];
  /** What to predict; `auto` (the default) decides by the target's values. */
  readonly task?: 'auto' | Task;
  /** How to scale targets that are numbers; `standard` unless given. */
  readonly scaleTarget?: TargetScaling;
}

/**
 * The target of a table.
 * @throws ChainruleError `bad-data` at a missing target, a single class, or several targets of text
 */
export function fitTarget(
  table: Table,
  typed: readonly TypedColumn[],
  rows: Uint32Array,
  { task = 'auto', scaleTarget = 'standard' }: TargetOptions,
  notices: string[],
): Target {
  for (const target of typed) checkPresent(table, target);
  if (typed.length === 1) {
    const [target] = typed;
    if (isClasses(target, task, notices)) return fitClasses(table, target, rows, notices);
  }
  const columns = typed.map((target) => numbersOf(table, target, typed.length));
  if (task !== 'regression' && columns.length > 1 && columns.every(isBinary)) {
    if (task === 'auto')
      notices.push(`The targets hold 0 and 1 only: each is taken as a yes/no label (regression: --task regression).`);
    return { kind: 'labels', names: columns.map(({ name }) => name) };
  }
  if (task === 'classification') {
    throw new ChainruleError(
      'bad-data',
      `several targets (${listed(columns.map(({ name }) => name))}) can be classified only as labels of 0 and 1; name one target, or use --task regression.`,
    );
  }
  return {
    kind: 'numbers',
    columns: columns.map(({ name, values }) => {
      const training = valuesAt(values, rows);
      const { offset, scale } = fitScaling(training, scaleTarget, name);
      if (training.every((value) => value === training[0])) {
        notices.push(
          `The target ${quoted(name)} is ${training[0]} in every training row, so there is nothing to learn from it.`,
        );
      }
      return { name, offset, scale };
    }),
  };
}

function checkPresent(table: Table, target: TypedColumn): void {
  if (target.missing === 0) return;
  const row = target.kind === 'number' ? target.values.findIndex(Number.isNaN) : target.codes.indexOf(-1);
  throw new ChainruleError('bad-data', `${place(table, row)}: ${missingTarget(target.name)}`);
}

/** The end of the sentence about a row whose target is not there. */
export function missingTarget(name: string): string {
  return `the target ${quoted(name)} is missing; fill it in or remove the row.`;
}

function isClasses(target: TypedColumn, task: TargetOptions['task'], notices: string[]): boolean {
  if (task === 'regression') return false;
  if (task === 'classification' || target.kind === 'category') return true;
  if (!target.integer) return false;
  const classes = distinctUpTo(mostIntegerClasses + 1, target.values);
  if (classes > mostIntegerClasses) return false;
  notices.push(
    `The target ${quoted(target.name)} holds integers with ${classes} distinct values: taken as ${classes} classes (regression: --task regression).`,
  );
  return true;
}

/** How many distinct values there are; `most` where there are as many or more. */
function distinctUpTo(most: number, values: Float64Array): number {
  const found = new Set<number>();
  for (const value of values) {
    found.add(value);
    if (found.size === most) break;
  }
  return found.size;
}

function fitClasses(table: Table, target: TypedColumn, rows: Uint32Array, notices: string[]): Target {
  const { name, kind } = target;
  const classes = kind === 'number' ? numberClasses(target) : [...target.categories];
  const trained = new Set<string>();
  const codes = new Set(valuesAt(kind === 'number' ? target.values : target.codes, rows));
  for (const code of codes) trained.add(kind === 'number' ? String(code + 0) : target.categories[code]);
  if (trained.size < 2) {
    throw new ChainruleError(
      'bad-data',
      `${table.source}: the target ${quoted(name)} has a single class, ${listed([...trained])}, in all ${rows.length} training rows; classification needs rows of at least two classes.`,
    );
  }
  const untrained = classes.filter((one) => !trained.has(one));
  if (untrained.length > 0) {
    notices.push(
      `No training row has the class ${listed(untrained)} of ${quoted(name)}, so the network cannot learn it.`,
    );
  }
  return { kind: 'classes', name, classes, numeric: kind === 'number' };
}

/** The distinct numbers in ascending order, as text. */
function numberClasses({ values }: NumberColumn): string[] {
  // Adding 0 turns −0 into 0, which a Set takes for the same number.
  return Array.from(new Float64Array(new Set(values)).sort(), (value) => String(value + 0));
}

function isBinary({ values }: NumberColumn): boolean {
  return values.every((value) => value === 0 || value === 1);
}

function numbersOf(table: Table, target: TypedColumn, targets: number): NumberColumn {
  if (target.kind === 'number') return target;
  const { name } = target;
  const cells = column(table, name);
  const row = cells.findIndex((cell) => !Number.isFinite(Number(cell)));
  if (row < 0) {
    throw new ChainruleError(
      'bad-option',
      `the target ${quoted(name)} is named as a category, but its task needs numbers; take it out of the categories.`,
    );
  }
  const reason = targets > 1 ? 'several targets must all be numbers' : 'regression needs numbers';
  throw new ChainruleError(
    'bad-data',
    `${place(table, row)}: the target ${quoted(name)} is ${quoted(cells[row])}, and ${reason}; mend the column${targets > 1 ? ' or name one target' : ' or use --task classification'}.`,
  );
}
