// DATA on the command line: a file or several, a folder of images, a query, a data set that was fetched or that ships with the package.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from 'chainrule';
import type { ImageOptions } from 'chainrule/images';
import { type FileData, readData } from 'chainrule/node';
import { folderOf, isComplete } from './data-sets/cache.ts';
import { dataSets, shippedSets } from './data-sets/catalogue.ts';
import { UsageError } from './errors.ts';
import { shippedFile } from './files-beside.ts';
import { isPicture, readPictures } from './image-files.ts';
import { type LabelledPictures, readImageFolder, readImageTable } from './image-folder.ts';
import { mnistSample } from './mnist-sample.ts';
import { type Query, readFiles, readQuery } from './table-files.ts';

/** What was found, and the column to predict where the data set has one of its own. */
export type DataSource =
  | (Extract<FileData, { kind: 'table' }> & { readonly target?: string })
  | (Extract<FileData, { kind: 'images' }> & Partial<Pick<LabelledPictures, 'classNames' | 'files' | 'notices'>>);

/** How to read DATA. */
export interface Reading extends Query, ImageOptions {
  /** The column of a table that names image files, and the one that has their labels. */
  readonly pictures?: { readonly images: string; readonly target?: string | undefined } | undefined;
}

const prefix = 'builtin:';

const builtins: Readonly<Record<string, () => Promise<DataSource>>> = {
  iris: () => shippedTable('iris', 'datasets/iris.csv', 'species'),
  digits: () => shippedTable('digits', 'datasets/digits.csv.gz', 'digit'),
  wine: () => shippedTable('wine', 'datasets/wine.csv', 'cultivar'),
  'mnist-sample': async () => ({ kind: 'images', ...mnistSample() }),
};

/**
 * Reads DATA.
 * @throws UsageError at an unknown built-in name, ChainruleError where the file cannot be used
 */
export async function readSource(name: string, reading: Reading = {}): Promise<DataSource> {
  if (reading.sql !== undefined)
    return { kind: 'table', table: await readQuery(name, reading.sql, reading, readSource) };
  if (reading.tables !== undefined) throw new UsageError('--table names a table for --sql; give the query too.');
  if (!name.startsWith(prefix)) return (await readNamed(name)) ?? (await readImages(name, reading)) ?? readFiles(name);
  const short = name.slice(prefix.length);
  if (Object.hasOwn(builtins, short)) return builtins[short]();
  const known = Object.keys(builtins);
  throw new UsageError(
    `there is no data set "${name}"${didYouMean(
      name,
      known.map((one) => prefix + one),
    )}; the built-in ones are ${known.map((one) => prefix + one).join(', ')}.`,
  );
}

/** A folder of images, one image, or the images that a table names; undefined for other files. */
async function readImages(name: string, reading: Reading): Promise<DataSource | undefined> {
  if (reading.pictures !== undefined) {
    const data = await readFiles(name);
    if (data.kind !== 'table')
      throw new UsageError(`${name} holds images where --images needs a table that names them.`);
    return { kind: 'images', ...(await readImageTable(data.table, name, reading.pictures, reading)) };
  }
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory()) return { kind: 'images', ...(await readImageFolder(name, reading)) };
  if (!found?.isFile() || !(await isPicture(name))) return undefined;
  return { kind: 'images', ...(await readPictures([name], name, reading)), files: [name] };
}

/** A data set by its name alone, `mnist` or `mnist:test`, where no file is called so; undefined where the name is no data set's. */
async function readNamed(name: string): Promise<DataSource | undefined> {
  const [set, part = ''] = name.split(':', 2);
  const isShipped = Object.hasOwn(shippedSets, name);
  if ((!isShipped && !Object.hasOwn(dataSets, set)) || existsSync(name)) return undefined;
  if (isShipped) return builtins[name]();
  const { parts, classNames } = dataSets[set];
  if (!Object.hasOwn(parts, part))
    throw new UsageError(
      `${set} has no part "${part}"; there are ${Object.keys(parts)
        .map((one) => (one === '' ? set : `${set}:${one}`))
        .join(', ')}.`,
    );
  if (await isComplete(set, dataSets[set]))
    return { ...(await readData(join(folderOf(set), parts[part]))), ...(classNames && { classNames }) };
  throw new UsageError(`the data set ${set} is not here yet; fetch it with "chainrule data get ${set}".`);
}

async function shippedTable(name: string, path: string, target: string): Promise<DataSource> {
  const file = shippedFile(path);
  if (file === undefined)
    throw new UsageError(`${path} is missing from this installation; install @chainrule/cli again.`);
  const data = await readData(file);
  if (data.kind !== 'table') return data;
  return { kind: 'table', table: { ...data.table, source: prefix + name }, target };
}
