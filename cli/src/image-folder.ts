// Labelled pictures: a folder per class, or a table that names a file and a label a row. Reading the pictures is image-files.ts's.
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { column, type IdxArray, isMissing, place, type Table } from 'chainrule';
import { type ImageOptions, labelImages } from 'chainrule/images';
import { UsageError } from './errors.ts';
import { isPictureName, readPictures, withExtensions } from './image-files.ts';
import { count } from './numbers.ts';

/** Pictures with their classes, where those are known. */
export interface LabelledPictures {
  readonly images: IdxArray;
  readonly labels?: IdxArray;
  /** The name of each label. */
  readonly classNames?: readonly string[];
  /** Each picture's file, as it was named or found. */
  readonly files: readonly string[];
  readonly notices: readonly string[];
}

const mostFiles = 2 ** 20;

/** The pictures of a folder: of the folders in it, each a class, or those in itself, without labels. */
export async function readImageFolder(folder: string, options: ImageOptions): Promise<LabelledPictures> {
  const inside = await realpath(folder);
  const entries = await entriesOf(folder, inside);
  const classNames = entries.filter(({ isFolder }) => isFolder).map(({ name }) => name);
  if (classNames.length === 0) {
    const files = entries.filter(({ name }) => isPictureName(name)).map(({ name }) => name);
    requireSome(files, folder);
    return {
      ...(await readPictures(
        files.map((file) => join(folder, file)),
        folder,
        options,
      )),
      files,
    };
  }
  const files: string[] = [];
  const classes: string[] = [];
  for (const name of classNames) {
    for (const entry of await entriesOf(join(folder, name), inside)) {
      if (entry.isFolder || !isPictureName(entry.name)) continue;
      files.push(join(name, entry.name));
      classes.push(name);
    }
    if (classes.at(-1) !== name)
      throw new UsageError(
        `${join(folder, name)} holds no PNG, JPEG or WebP picture; add some, or take the folder away.`,
      );
  }
  return labelled(folder, folder, files, classes, options);
}

/** The pictures that a table names, in its own folder, with a column of labels. */
export async function readImageTable(
  table: Table,
  path: string,
  names: { readonly images: string; readonly target?: string | undefined },
  options: ImageOptions,
): Promise<LabelledPictures> {
  const folder = dirname(path);
  const inside = await realpath(folder);
  const files: string[] = [];
  for (const [row, cell] of column(table, names.images).entries())
    files.push(await fileNamed(cell.trim(), folder, inside, `${path}, row ${row + 1}`));
  const others = table.names.filter((name) => name !== names.images);
  const target = names.target ?? (others.length === 1 ? others[0] : undefined);
  if (target === undefined)
    throw new UsageError(`${path} has no one column of labels beside "${names.images}"; name it with --target.`);
  const cells = column(table, target).map((cell) => cell.trim());
  const unlabelled = cells.findIndex(isMissing);
  if (unlabelled >= 0)
    throw new UsageError(`${place(table, unlabelled)} has no label in "${target}"; write it, or take the row out.`);
  return labelled(path, folder, files, cells, options);
}

/** @param classes the name of each file's class */
async function labelled(
  source: string,
  folder: string,
  files: readonly string[],
  classes: readonly string[],
  options: ImageOptions,
): Promise<LabelledPictures> {
  requireSome(files, source);
  const labelling = labelImages(classes, source);
  const paths = files.map((file) => join(folder, file));
  return { ...(await readPictures(paths, source, options)), ...labelling, files };
}

function requireSome(files: readonly string[], source: string): void {
  if (files.length === 0)
    throw new UsageError(
      `${source} holds no pictures; give a folder with PNG, JPEG or WebP files, or with a folder of them for each class.`,
    );
  if (files.length > mostFiles)
    throw new UsageError(
      `${source} holds ${count(files.length)} pictures, more than the ${count(mostFiles)} that are read; take fewer.`,
    );
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What is in a folder, by the code units of the names; hidden files are passed over. */
async function entriesOf(folder: string, inside: string): Promise<Entry[]> {
  const found = await readdir(folder, { withFileTypes: true });
  const entries: Entry[] = [];
  for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) await requireInside(path, inside, path);
    const isFolder = entry.isSymbolicLink() ? (await stat(path)).isDirectory() : entry.isDirectory();
    entries.push({ name: entry.name, isFolder });
  }
  return entries;
}

/** The file that a cell names, relative to the table's folder; its ending may be left out where one file fits. */
async function fileNamed(cell: string, folder: string, inside: string, place: string): Promise<string> {
  const candidates = isPictureName(cell) ? [cell] : withExtensions(cell);
  const found: string[] = [];
  for (const name of candidates) if (await stat(join(folder, name)).catch(() => undefined)) found.push(name);
  if (cell === '' || found.length === 0)
    throw new UsageError(`${place} names "${cell}", which is not beside the table; mend the name.`);
  if (found.length > 1)
    throw new UsageError(
      `${place} names "${cell}", and there are two files for it, ${found[0]} and ${found[1]}; write the ending too.`,
    );
  await requireInside(join(folder, found[0]), inside, place);
  return found[0];
}

/** Nothing is read that lies elsewhere: a folder from somewhere may not show files of this machine. */
async function requireInside(path: string, inside: string, place: string): Promise<void> {
  const real = await realpath(path).catch(() => undefined);
  const way = real === undefined ? undefined : relative(inside, real);
  if (way !== undefined && way !== '..' && !way.startsWith(`..${sep}`) && way !== real) return;
  throw new UsageError(`${place} leads out of the folder of images; put the file itself there.`);
}
