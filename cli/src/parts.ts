// Data cut into its three parts, training, validation and test, and prepared with statistics of the first alone.
import {
  classNames,
  type Dataset,
  datasetFromIdx,
  datasetFromTable,
  type FitPreprocessingOptions,
  fitPreprocessing,
  isLabels,
  type Preprocessing,
  splitRows,
  subset,
  type Table,
  type TableData,
  type TablePreprocessing,
} from 'chainrule';
import { type DataSource, type Reading, readSource } from './data-source.ts';
import { UsageError } from './errors.ts';
import { printable } from './output.ts';
import { isLarge } from './table-files.ts';

/** Where a part comes from: a fraction of the data, or a file of its own. */
export type PartSource = { readonly fraction: number; readonly asked: boolean } | { readonly file: string };

/** How to cut and prepare. */
export interface PartsOptions {
  readonly test: PartSource;
  readonly validation: PartSource;
  readonly seed: number;
  /** How to prepare a table; its targets may be left to the data set. */
  readonly prepare: Partial<FitPreprocessingOptions>;
  /** Preprocessing to use as it is, instead of fitting one: that of a model trained further. */
  readonly preprocessing?: Preprocessing;
  /** The column of a table that says what each sample counts in training; no input. */
  readonly weights?: string;
  /** How to read the data. */
  readonly reading?: Reading;
  /** Where tables may be streamed: whether one that would fit in memory is too, and the precision to keep rows in. */
  readonly streaming?: { readonly asked: boolean; readonly dtype: 'F32' | 'F64' };
}

/** The parts; those not asked for are undefined. */
export interface Parts {
  readonly training: Dataset;
  /** The rows of the data that the training part holds, in its order. */
  readonly trainingRows: Uint32Array;
  readonly validation: Dataset | undefined;
  readonly test: Dataset | undefined;
  /** Sentences about choices made on the way. */
  readonly notices: readonly string[];
  /** All the data as cross-validation divides it: a table is prepared anew in each fold. */
  readonly undivided: Dataset | TableData;
}

/** A data source as a whole data set, prepared. */
type Prepare = (source: DataSource, name: string, weights?: string) => Dataset;

/**
 * Reads and cuts the data.
 * @throws UsageError or ChainruleError naming the file, row, column or option
 */
export async function readParts(name: string, options: PartsOptions): Promise<Parts> {
  const { streaming } = options;
  if (
    streaming !== undefined &&
    (streaming.asked || (options.reading?.pictures === undefined && (await isLarge(name, options.reading))))
  ) {
    const { readStreamedParts } = await import('./streamed-parts.ts');
    return readStreamedParts(name, options, streaming.dtype, readPrepared);
  }
  const source = await readSource(name, options.reading);
  const notices: string[] = [];
  const count = source.kind === 'table' ? source.table.rowCount : source.images.shape[0];
  const split = splitRows(count, { ...fractionsFor(count, options, notices), seed: options.seed });
  const prepare = preparation(source, split.training, options, notices);
  const whole = prepare(source, name, options.weights);
  const { weights: _, ...unweighted } = whole.samples;
  const part = async (wanted: PartSource, rows: Uint32Array): Promise<Dataset | undefined> => {
    if ('file' in wanted) return prepare(await readSource(wanted.file, alike(whole, options.reading)), wanted.file);
    return rows.length > 0 ? subset({ ...whole, samples: unweighted }, rows) : undefined;
  };
  return {
    training: subset(whole, split.training),
    trainingRows: split.training,
    validation: await part(options.validation, split.validation),
    test: await part(options.test, split.test),
    notices,
    undivided: undivided(source, options) ?? whole,
  };
}

/** How to read a part's own file: images as those of the data. */
function alike({ inputShape }: Dataset, { pictures }: Reading = {}): Reading {
  return inputShape.length === 3 ? { shape: inputShape, pictures } : {};
}

/** A table whose preprocessing is still to be fitted; undefined for other data. */
function undivided(source: DataSource, options: PartsOptions): TableData | undefined {
  if (source.kind !== 'table' || options.preprocessing !== undefined) return undefined;
  return { table: source.table, preprocessing: howToPrepare(source, options), weights: options.weights };
}

/** The fractions to split by; one that nobody asked for gives way where it would leave a part empty. */
export function fractionsFor(
  count: number,
  { test, validation }: PartsOptions,
  notices: string[],
): { test: number; validation: number } {
  const of = (what: string, part: PartSource, rows: number): number => {
    if ('file' in part) return 0;
    if (part.asked || part.fraction === 0 || Math.round(rows * part.fraction) > 0) return part.fraction;
    notices.push(`With ${rows === 1 ? '1 row' : `${rows} rows`} there is no ${what} part.`);
    return 0;
  };
  const held = of('test', test, count);
  return { test: held, validation: of('validation', validation, count - Math.round(count * held)) };
}

function preparation(source: DataSource, training: Uint32Array, options: PartsOptions, notices: string[]): Prepare {
  if (source.kind === 'images') {
    notices.push(...(source.notices ?? []));
    const classes = options.preprocessing === undefined ? source.classNames : classNames(options.preprocessing);
    if (options.weights === undefined) return (other, name) => imagesOf(other, name, classes);
    throw new UsageError('--sample-weights names a column of a table, and the data are images; leave it out.');
  }
  const preprocessing = options.preprocessing ?? fitted(source, training, options, notices);
  if (preprocessing.kind === 'image') {
    throw new UsageError(
      `${source.table.source} is a table where the network was trained on images; give images, or another network.`,
    );
  }
  return (other, name, weights) => datasetFromTable(preprocessing, tableOf(other, name), { weights });
}

function fitted(
  source: DataSource & { readonly kind: 'table' },
  training: Uint32Array,
  options: PartsOptions,
  notices: string[],
): TablePreprocessing {
  const fit = fitPreprocessing(source.table, training, howToPrepare(source, options));
  notices.push(...fit.notices);
  return fit.preprocessing;
}

/** How to prepare a table: what to predict said, and no weights among the inputs. */
export function howToPrepare(
  source: DataSource & { readonly kind: 'table' },
  { prepare, weights }: PartsOptions,
): FitPreprocessingOptions {
  const targets = targetsOf(source, prepare);
  if (weights === undefined) return { ...prepare, targets };
  if (targets.includes(weights))
    throw new UsageError(`--sample-weights and --target name the same column, ${printable(weights)}; name two.`);
  return { ...prepare, targets, ignore: [...(prepare.ignore ?? []), weights] };
}

/** The columns to predict: named, or the data set's own. */
function targetsOf(
  { table, target }: DataSource & { readonly kind: 'table' },
  { targets }: PartsOptions['prepare'],
): readonly string[] {
  if (targets !== undefined) return targets;
  if (target === undefined) throw noTarget(table);
  return [target];
}

function noTarget({ source, names }: Table): UsageError {
  const some = names.length > 8 ? `${names.slice(-8).join(', ')} and ${names.length - 8} others` : names.join(', ');
  return new UsageError(
    `no target is named; say which column of ${source} to predict, such as --target ${names.at(-1)} (there are ${some}).`,
  );
}

/** @param classes the names that labels have to have, where they have names */
function imagesOf(source: DataSource, name: string, classes: readonly string[] | undefined): Dataset {
  if (source.kind !== 'images')
    throw new UsageError(
      `${name} is a table where images are expected, as in the training data; give a folder of images or an IDX images file.`,
    );
  const { images, labels } = source;
  if (labels === undefined) {
    throw new UsageError(
      source.files === undefined
        ? `${name} has no labels: its labels file is not beside it; put it there, named like the images file with "labels" for "images".`
        : `${name} has no labels; give a folder with a folder of images for each class.`,
    );
  }
  const own = source.classNames;
  if (own === undefined || classes === undefined) return datasetFromIdx(images, labels);
  const unknown = own.find((one) => !classes.includes(one));
  if (unknown !== undefined)
    throw new UsageError(
      `${name} has the class ${printable(unknown)}, unknown to the model; its classes are ${classes.map(printable).join(', ')}.`,
    );
  const values = labels.values.map((label) => classes.indexOf(own[label]));
  return datasetFromIdx(images, { ...labels, values }, { classNames: classes });
}

function tableOf(source: DataSource, name: string): Table {
  if (source.kind === 'table') return source.table;
  throw new UsageError(`${name} holds images where a table is expected; give a CSV, TSV, JSON or Parquet file.`);
}

/**
 * A whole data source with its targets, prepared as a model was trained.
 * @throws UsageError where it is of another kind, ChainruleError where it does not fit
 */
export async function readPrepared(
  name: string,
  preprocessing: Preprocessing,
  reading: Reading = {},
): Promise<Dataset> {
  const images = preprocessing.kind === 'image' ? { shape: preprocessing.shape } : {};
  const source = await readSource(name, { ...reading, ...images });
  return preprocessing.kind === 'image'
    ? imagesOf(source, name, preprocessing.classes)
    : datasetFromTable(preprocessing, tableOf(source, name));
}

/** How many different answers there are: classes, or numbers in a row. */
export function answers({ samples: { targets } }: Dataset): number {
  return isLabels(targets) ? targets.classes : targets.width;
}
