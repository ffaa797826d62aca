// `data`: what a table holds, and data sets by name. Reading data for training is data-source.ts's.
import { didYouMean } from 'chainrule';
import { Command } from 'commander';
import { names, positive } from '../arguments.ts';
import { type ColumnDescription, describeTable, type TableDescription } from '../data-description.ts';
import { folderOf, isComplete } from '../data-sets/cache.ts';
import { dataSets, shippedSets } from '../data-sets/catalogue.ts';
import { fetchDataSet } from '../data-sets/fetch.ts';
import { readSource } from '../data-source.ts';
import { UsageError } from '../errors.ts';
import { spoken } from '../languages/index.ts';
import { count, counted, percent, rounded } from '../numbers.ts';
import { print, printable, printData, printJson, say, table } from '../output.ts';
import { countingBar } from '../progress.ts';
import { addReadingOptions, type ReadingFlags, readingOf } from '../reading-flags.ts';

interface DescribeFlags extends ReadingFlags {
  readonly target?: readonly string[];
  readonly json?: boolean;
}

export function dataCommand(): Command {
  return new Command('data')
    .description('Describe a table; list and fetch data sets.')
    .addCommand(describeCommand())
    .addCommand(listCommand())
    .addCommand(getCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('The data sets that there are by name, and which of them are here.')
    .option('--json', 'print the list as JSON')
    .action(list);
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const shipped = Object.entries(shippedSets).map(([name, about]) => ({ name, about, here: true, folder: null }));
  const fetched = await Promise.all(
    Object.entries(dataSets).map(async ([name, set]) => {
      const here = await isComplete(name, set);
      return { name, about: set.about, here, folder: here ? folderOf(name) : null };
    }),
  );
  const all = [...shipped, ...fetched];
  if (json) return printJson({ dataSets: all });
  const state = (one: (typeof all)[number]) => one.folder ?? (one.here ? 'ships with chainrule' : 'to be fetched');
  printData(
    table(
      [{ name: 'name' }, { name: 'what it is' }, { name: 'where' }],
      all.map((one) => [one.name, spoken(one.about), spoken(state(one))]),
    ),
  );
}

interface GetFlags {
  readonly from?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

function getCommand(): Command {
  return new Command('get')
    .description('Fetch a data set, check its bytes, and keep it; what is here already is not fetched again.')
    .argument('<name>', `${Object.keys(dataSets).join(', ')}`)
    .option('--from <place>', 'a folder, or an address that stands for one, instead of the mirrors')
    .option(
      '--timeout <seconds>',
      'give a server up after this long without a byte (30)',
      positive('--timeout', '30'),
      30,
    )
    .option('--json', 'print what came of it as JSON')
    .addHelpText(
      'after',
      '\nKept under CHAINRULE_DATA, or where the system keeps caches. CHAINRULE_MIRRORS names addresses to try\nfirst; https_proxy, http_proxy and no_proxy are honoured. A transfer that broke off goes on the next time.',
    )
    .action(getDataSet);
}

async function getDataSet(name: string, { from, timeout, json }: GetFlags): Promise<void> {
  if (Object.hasOwn(shippedSets, name) && !json) return say(`${name} ships with chainrule; use it as builtin:${name}.`);
  if (!Object.hasOwn(dataSets, name))
    throw new UsageError(
      `there is no data set "${name}"${didYouMean(name, Object.keys(dataSets))}; "chainrule data list" shows them.`,
    );
  const bar = countingBar('kB');
  const kilobytes = (bytes: number) => Math.round(bytes / 1000);
  const onProgress = (file: { readonly bytes: number }, bytes: number) =>
    bar.update(kilobytes(bytes), kilobytes(file.bytes));
  const { folder, fetched } = await fetchDataSet(name, dataSets[name], { from, timeout, onProgress }).finally(bar.stop);
  if (json) return printJson({ name, folder, fetched });
  const came =
    fetched.length === 0 ? 'was here already' : `is here now, ${counted(fetched.length, 'file')} fetched and checked`;
  print(`${name} ${came}: ${folder}`);
}

function describeCommand(): Command {
  const command = new Command('describe')
    .description('Columns of a table: types, ranges, missing values, and what training would do with each.')
    .argument('<data>', 'a table: CSV, TSV, JSON or Parquet, or a data set')
    .option('--target <column>', 'the column to predict (a likely one)', names('--target'));
  return addReadingOptions(command)
    .optionsGroup('Output:')
    .option('--json', 'print the description as JSON')
    .action(describe);
}

async function describe(name: string, flags: DescribeFlags): Promise<void> {
  const source = await readSource(name, readingOf(flags));
  if (source.kind !== 'table') {
    const [images, ...shape] = source.images.shape;
    const labels = source.labels === undefined ? null : new Set(source.labels.values).size;
    if (flags.json) return printJson({ images, shape, labels });
    return print(
      `${name}: ${counted(images, 'image')} of ${shape.join('×')}, ${labels === null ? 'without labels' : `with ${counted(labels, 'label')}`}.`,
    );
  }
  const [target] = flags.target ?? [];
  if (target !== undefined && !source.table.names.includes(target))
    throw new UsageError(`${name} has no column ${JSON.stringify(target)}; choose one of its own with --target.`);
  const description = describeTable(
    source.table,
    target ?? source.target,
    target === undefined ? "the data set's own" : undefined,
  );
  if (flags.json) return printJson(description);
  printDescription(name, description);
}

/** Columns that are printed for people. */
const mostShown = 200;

function printDescription(name: string, { rows, columns, target, notices, problem }: TableDescription): void {
  print(`${name}: ${counted(rows, 'row')}, ${counted(columns.length, 'column')}\n`);
  const right = (title: string) => ({ name: title, align: 'right' as const });
  const head = [{ name: 'column' }, { name: 'type' }, right('missing'), right('distinct'), { name: 'values' }];
  printData(
    table(
      [...head, right('target'), { name: 'training makes of it' }],
      columns
        .slice(0, mostShown)
        .map((column) => [
          column.name,
          spoken(column.type),
          column.missing === 0 ? '' : `${count(column.missing)} (${percent(column.missing / rows)})`,
          count(column.distinct),
          valuesOf(column),
          column.association === undefined ? '' : associationOf(column.association),
          spoken(column.becomes),
        ]),
    ),
  );
  if (columns.length > mostShown)
    print(`and ${counted(columns.length - mostShown, 'more column')} (--json has all of them)`);
  if (target === null) print('\nNo column suits as a target.');
  else print(`\nLikely target: ${printable(target.name)} (${target.reason}).`);
  for (const notice of notices) print(notice);
  if (problem !== null) print(`As it is, training would refuse it: ${problem}`);
  const skewed = columns.filter(
    ({ range }) => range !== undefined && typeof range.least === 'number' && range.least >= 0 && range.skewness >= 2,
  );
  if (skewed.length === 0) return;
  const some = skewed.slice(0, 10).map((column) => printable(column.name));
  const rest = skewed.length > some.length ? ` and ${count(skewed.length - some.length)} more` : '';
  print(`Skewed: ${some.join(', ')}${rest}; a logarithm may help (--log skewed).`);
}

function valuesOf({ range, commonest }: ColumnDescription): string {
  const shown = (value: number | string) => (typeof value === 'number' ? rounded(value) : value);
  if (range !== undefined) return `${shown(range.least)} … ${shown(range.median)} … ${shown(range.greatest)}`;
  const some = (commonest ?? []).slice(0, 3).map(([value, times]) => `${value.slice(0, 20)} ×${count(times)}`);
  return some.join(', ');
}

/** The measure and its value: `r −0.43`. */
function associationOf({ measure, value }: NonNullable<ColumnDescription['association']>): string {
  const symbol = { pearson: 'r', correlationRatio: 'η', cramersV: 'V' }[measure];
  return `${symbol} ${value.toFixed(2)}`;
}
