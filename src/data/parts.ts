// Data cut into what trains, validates and tests, a table prepared with statistics of the first alone. Which rows go where is split.ts's.
import { type Dataset, datasetFromTable, subset } from './dataset.ts';
import { type FitPreprocessingOptions, fitPreprocessing } from './fit-preprocessing.ts';
import type { TablePreprocessing } from './preprocessing.ts';
import { type Split, splitRows } from './split.ts';
import type { Table } from './table.ts';

/** How much is kept from training, and how it is drawn. */
export interface PartsOptions {
  /** The fraction held out for testing; 0 unless given. */
  readonly test?: number;
  /** The fraction of the rows left after testing; 0 unless given. */
  readonly validation?: number;
  /** 0 unless given. */
  readonly seed?: number;
}

/** The parts; one that was not asked for is undefined. */
export interface DataParts {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
  readonly test: Dataset | undefined;
  /** The rows of the whole that each part holds, in its order. */
  readonly rows: Split;
}

/** How to cut and prepare a table. */
export interface PrepareOptions extends PartsOptions, FitPreprocessingOptions {
  /** The column that says what each sample counts in training, no input; all count the same unless given. */
  readonly weights?: string;
}

/** A table's parts, and how they were prepared. */
export interface PreparedTable extends DataParts {
  readonly preprocessing: TablePreprocessing;
  /** Sentences about choices that the reader of a report should know. */
  readonly notices: readonly string[];
}

/**
 * Cuts a table into its parts and prepares them: what `fit`, `evaluate` and a model's file take.
 * @throws ChainruleError naming the row, column or option
 * @example
 * const { training, validation } = prepareTable(table, { targets: ['species'], validation: 0.1 });
 * await fit(net, training, { validation });
 */
export function prepareTable(table: Table, options: PrepareOptions): PreparedTable {
  const { test, validation, seed, weights, ...others } = options;
  const rows = splitOf(table.rowCount, options);
  const ignore = weights === undefined ? others.ignore : [...(others.ignore ?? []), weights];
  const { preprocessing, notices } = fitPreprocessing(table, rows.training, { ...others, ...(ignore && { ignore }) });
  return { ...cut(datasetFromTable(preprocessing, table, { weights }), rows), preprocessing, notices };
}

/**
 * Cuts a data set, such as images, into its parts.
 * @throws ChainruleError `bad-option` at a fraction outside its range or one that leaves a part without rows
 * @example splitDataset(datasetFromIdx(images, labels), { test: 0.2, validation: 0.1, seed: 1 }).training
 */
export function splitDataset(dataset: Dataset, options: PartsOptions = {}): DataParts {
  return cut(dataset, splitOf(dataset.samples.inputs.count, options));
}

const splitOf = (count: number, { test = 0, validation = 0, seed = 0 }: PartsOptions): Split =>
  splitRows(count, { test, validation, seed });

/** What each sample counts is for training alone. */
function cut(whole: Dataset, rows: Split): DataParts {
  const { weights: _, ...unweighted } = whole.samples;
  const heldOut = (part: Uint32Array) =>
    part.length > 0 ? subset({ ...whole, samples: unweighted }, part) : undefined;
  return {
    training: subset(whole, rows.training),
    validation: heldOut(rows.validation),
    test: heldOut(rows.test),
    rows,
  };
}
