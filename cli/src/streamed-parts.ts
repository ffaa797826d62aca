// Tables larger than memory, cut into parts and prepared like others: the rows to train on are read from disk while training goes.
import { type Dataset, fitPreprocessing, inputWidth, type Preprocessing, sampleCount, splitRows } from 'chainrule';
import { type DiskTable, diskSamples, diskTable, type RowSource, type Watch } from 'chainrule/node';
import { exitStatus, UsageError } from './errors.ts';
import { count } from './numbers.ts';
import { fractionsFor, howToPrepare, type Parts, type PartsOptions } from './parts.ts';
import { shareBar } from './progress.ts';
import { rowsOf, withQueryRows } from './table-files.ts';

/** Rows held out that nobody asked for. */
const mostHeldRows = 100_000;

/** Numbers that a part held in memory may have. */
const mostHeldNumbers = 2 ** 26;

/**
 * Reads and cuts a table by way of the disk.
 * @throws UsageError or ChainruleError naming the file, row, column or option
 */
export async function readStreamedParts(
  name: string,
  options: PartsOptions,
  dtype: 'F32' | 'F64',
  prepareFile: (file: string, preprocessing: Preprocessing) => Promise<Dataset>,
): Promise<Parts> {
  if (options.preprocessing?.kind === 'image')
    throw new UsageError(`${name} would be streamed as a table, and the network was trained on images; give images.`);
  return watched(async (watch) => {
    const disk = await onDisk(name, options, watch('reading rows'));
    try {
      return await partsOf(disk, name, options, { dtype, watch: watch('preparing rows'), prepareFile });
    } finally {
      disk.close();
    }
  });
}

async function onDisk(name: string, options: PartsOptions, watch: Watch): Promise<DiskTable> {
  const copied = (rows: RowSource): Promise<DiskTable> => diskTable(rows, { watch, texts: textColumns(options) });
  const { sql, tables } = options.reading ?? {};
  if (sql === undefined) return copied(await rowsOf(name));
  return withQueryRows(name, sql, tables, copied);
}

/** Columns whose cells count as they are written, even if they look like numbers. */
function textColumns({ prepare, preprocessing }: PartsOptions): string[] {
  const own = preprocessing?.kind === 'table' ? preprocessing.inputs : [];
  const categories = own.filter((input) => input.kind === 'category' || input.order !== undefined);
  return [...(prepare.categories ?? []), ...Object.keys(prepare.orders ?? {}), ...categories.map(({ name }) => name)];
}

interface Preparing {
  readonly dtype: 'F32' | 'F64';
  readonly watch: Watch;
  readonly prepareFile: (file: string, preprocessing: Preprocessing) => Promise<Dataset>;
}

async function partsOf(
  disk: DiskTable,
  name: string,
  options: PartsOptions,
  { dtype, watch, prepareFile }: Preparing,
): Promise<Parts> {
  const { table } = disk;
  const notices: string[] = [];
  const split = splitRows(table.rowCount, { ...smaller(table.rowCount, options, notices), seed: options.seed });
  const prepared =
    options.preprocessing?.kind === 'table'
      ? { preprocessing: options.preprocessing, notices: [] }
      : fitPreprocessing(table, split.training, howToPrepare({ kind: 'table', table }, options));
  const { preprocessing } = prepared;
  for (const part of ['validation', 'test'] as const) requireFits(part, split[part].length, inputWidth(preprocessing));
  const parts = await diskSamples(disk, preprocessing, split, {
    seed: options.seed,
    dtype,
    weights: options.weights,
    watch,
  });
  const shown = count(parts.training.samples.inputs.count);
  notices.push(
    `${name} is streamed: ${count(sampleCount(parts.training))} rows to train on are read from a scratch file in each epoch, and training scores are those of ${shown} of them, drawn at random.`,
    ...prepared.notices,
  );
  const fromFile = async (part: 'validation' | 'test') => {
    const source = options[part];
    return 'file' in source ? prepareFile(source.file, preprocessing) : parts[part];
  };
  return {
    training: parts.training,
    trainingRows: parts.trainingRows,
    validation: await fromFile('validation'),
    test: await fromFile('test'),
    notices,
    undivided: parts.training,
  };
}

/** The fractions to split by, of which those nobody asked for come to no more rows than show how good a network is. */
function smaller(rows: number, options: PartsOptions, notices: string[]): { test: number; validation: number } {
  const { test, validation } = fractionsFor(rows, options, notices);
  const most = (part: 'test' | 'validation', fraction: number): number => {
    const source = options[part];
    return 'file' in source || source.asked ? fraction : Math.min(fraction, mostHeldRows / rows);
  };
  return { test: most('test', test), validation: most('validation', validation) };
}

function requireFits(part: string, rows: number, width: number): void {
  if (rows * width <= mostHeldNumbers) return;
  throw new UsageError(
    `the ${part} part would be ${count(rows)} rows of ${count(width)} inputs, more than is held in memory; give --${part} a smaller fraction.`,
  );
}

/** Shows how far reading is, and leaves nothing behind where it is interrupted. */
async function watched<T>(use: (watch: (what: string) => Watch) => Promise<T>): Promise<T> {
  let bar = shareBar('');
  const interrupt = (): void => {
    bar.stop();
    process.exit(exitStatus.interrupted);
  };
  process.once('SIGINT', interrupt);
  try {
    return await use((what) => {
      const own = shareBar(what);
      return {
        onProgress(done, all) {
          if (bar !== own) bar.stop();
          bar = own;
          bar.update(done / all);
        },
      };
    });
  } finally {
    bar.stop();
    process.off('SIGINT', interrupt);
  }
}
