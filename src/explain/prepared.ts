// Rows of raw data as samples of a step, each number with what it was before. The preparing itself is done where training has it done.
import {
  column,
  datasetFromIdx,
  datasetFromTable,
  type IdxArray,
  imageShape,
  isMissing,
  isPlainNumber,
  type NumberInput,
  selectRows,
  subset,
  type Table,
  type TablePreprocessing,
} from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { copyRow, copyTarget, indexOf, sizeOf, targetWidth } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { fittingDataset, samplesForLoss } from '../train/training-data.ts';

/** One number of an input or a target, and how it came from raw data. */
export interface PreparedNumber {
  readonly value: number;
  /** The column's name, or the pixel's place. */
  readonly column: string;
  /** The cell as it stands, or the byte. */
  readonly raw: string;
  readonly how: /** (raw − offset) / scale; `fill` in place of a missing value */
    | { readonly kind: 'scaled'; readonly offset: number; readonly scale: number; readonly fill?: number }
    /** 1 where the cell is this category or class, else 0; null is a missing value */
    | { readonly kind: 'level'; readonly level: string | null }
    /** The byte over 255. */
    | { readonly kind: 'byte' };
}

/** One row of raw data as a sample. */
export interface PreparedSample {
  /** The file, and the row in it, counted from 1. */
  readonly source: string;
  readonly row: number;
  readonly input: readonly PreparedNumber[];
  readonly target: readonly PreparedNumber[];
}

/** Raw data: a table with what the network was trained to make of it, or images with their labels. */
export type RawData =
  | { readonly table: Table; readonly preprocessing: TablePreprocessing }
  | { readonly images: IdxArray; readonly labels: IdxArray; readonly classNames?: readonly string[] };

/**
 * Rows of raw data as the network takes them.
 * @param rows counted from 0
 * @example
 * const prepared = preparedSamples(model.network, { table, preprocessing: model.preprocessing }, [6]);
 * explain(model.network, { ...batchOf(prepared), prepared });
 * @throws ChainruleError where a row does not exist, or data and network do not fit together
 */
export function preparedSamples(net: Network, data: RawData, rows: readonly number[]): PreparedSample[] {
  const [source, count] =
    'table' in data ? [data.table.source, data.table.rowCount] : [data.images.source, data.images.shape[0]];
  for (const row of rows) {
    if (Number.isInteger(row) && row >= 0 && row < count) continue;
    throw new ChainruleError('bad-option', `${source} has no row ${row + 1}; it has rows 1 to ${count}.`);
  }
  const chosen = Uint32Array.from(rows);
  const describe = 'table' in data ? describeTable(data) : describeImages(data);
  const dataset =
    'table' in data
      ? datasetFromTable(data.preprocessing, selectRows(data.table, chosen))
      : subset(datasetFromIdx(data.images, data.labels, data.classNames && { classNames: data.classNames }), chosen);
  const { inputs, targets } = samplesForLoss(net, fittingDataset(net, dataset));
  return rows.map((row, i) => {
    const [input, target] = [new Float64Array(inputs.width), new Float64Array(targetWidth(targets))];
    copyRow(inputs, i, input, 0);
    copyTarget(targets, i, target, 0);
    const described = describe(row, target.length);
    return { source, row: row + 1, input: valued(described.input, input), target: valued(described.target, target) };
  });
}

function valued(numbers: readonly Unvalued[], values: Float64Array): PreparedNumber[] {
  return numbers.map((number, i) => ({ value: values[i], ...number }));
}

/** The samples' inputs and targets, as `explain` and `gradients` take them. */
export function batchOf(prepared: readonly PreparedSample[]): { inputs: number[][]; targets: number[][] } {
  const values = (numbers: readonly PreparedNumber[]) => numbers.map(({ value }) => value);
  return { inputs: prepared.map(({ input }) => values(input)), targets: prepared.map(({ target }) => values(target)) };
}

/** A number before it has its value. */
type Unvalued = Omit<PreparedNumber, 'value'>;

/** Says how the numbers of a row came about, so many of them in the target. */
type Describe = (row: number, outputs: number) => { readonly input: Unvalued[]; readonly target: Unvalued[] };

function describeTable({ table, preprocessing: { inputs, target } }: Extract<RawData, { table: Table }>): Describe {
  return (row, outputs) => {
    const cell = (name: string) => column(table, name)[row].trim();
    const scaled = ({ name, offset, scale, fill }: Scaled): Unvalued => {
      const missing = fill !== undefined && isMissing(cell(name));
      return { column: name, raw: cell(name), how: { kind: 'scaled', offset, scale, ...(missing && { fill }) } };
    };
    // A date, a place in an order, a logarithm: what the cell becomes is no more than scaled, and stands for itself.
    const ofNumber = (one: NumberInput): Unvalued =>
      isPlainNumber(one)
        ? scaled(one)
        : { column: one.name, raw: cell(one.name), how: { kind: 'scaled', offset: 0, scale: 1 } };
    const levels = (name: string, all: readonly (string | null)[]) =>
      all.map((level): Unvalued => ({ column: name, raw: cell(name), how: { kind: 'level', level } }));
    const targets = {
      classes: () => (target.kind === 'classes' ? levels(target.name, classesOf(target.classes, outputs)) : []),
      labels: () => (target.kind === 'labels' ? target.names.flatMap((name) => levels(name, ['1'])) : []),
      numbers: () => (target.kind === 'numbers' ? target.columns.map(scaled) : []),
    };
    return {
      input: inputs.flatMap((one) => (one.kind === 'number' ? [ofNumber(one)] : levels(one.name, one.levels))),
      target: targets[target.kind](),
    };
  };
}

/** How a column of numbers is scaled; targets have no `fill`. */
interface Scaled {
  readonly name: string;
  readonly offset: number;
  readonly scale: number;
  readonly fill?: number;
}

function describeImages({ images, labels, classNames }: Extract<RawData, { images: IdxArray }>): Describe {
  const shape = imageShape(images);
  const pixels = sizeOf(shape);
  return (row, outputs) => {
    const label = classNames?.[labels.values[row]] ?? String(labels.values[row]);
    const classes = classNames ?? Array.from({ length: Math.max(outputs, 2) }, (_, i) => String(i));
    return {
      input: Array.from({ length: pixels }, (_, i) => ({
        column: `[${indexOf(shape, i).join(',')}]`,
        raw: String(images.values[row * pixels + i]),
        how: { kind: 'byte' },
      })),
      target: classesOf(classes, outputs).map((level) => ({
        column: labels.source,
        raw: label,
        how: { kind: 'level', level },
      })),
    };
  };
}

/** The classes that outputs stand for: of two with one output it is the second. */
const classesOf = (classes: readonly string[], outputs: number): readonly string[] =>
  outputs === 1 && classes.length === 2 ? classes.slice(1) : classes;
