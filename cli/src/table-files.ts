// Tables on the command line: one file or several by a pattern, Parquet or text, and SQL over them. Folders and images are data-source.ts's.
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { column, type Table, tableOf } from 'chainrule';
import {
  type DiskTable,
  diskTable,
  type FileData,
  type RowSource,
  readData,
  stackedSources,
  textRows,
} from 'chainrule/node';
import { filesMatching, type NamedTable, parquetRows, queryTables, readParquet, withQuery } from './duckdb.ts';
import { UsageError } from './errors.ts';
import { count } from './numbers.ts';

/** A query, and the tables beside DATA that it may use, `name=file` each. */
export interface Query {
  readonly sql?: string | undefined;
  readonly tables?: readonly string[] | undefined;
}

/** A data file, or all that a pattern stands for as one table. */
export async function readFiles(name: string): Promise<FileData> {
  const files = await filesOf(name);
  if (files === undefined) return readOne(name);
  const parts: Table[] = [];
  for (const file of files) parts.push(requireTable(await readOne(file), file));
  return { kind: 'table', table: stacked(name, parts) };
}

/** The files that a pattern stands for; undefined for a name that is no pattern, or is a file's own. */
async function filesOf(name: string): Promise<string[] | undefined> {
  if (!/[*?[\]]/.test(name) || (await firstBytes(name)) !== undefined) return undefined;
  const files = await filesMatching(name);
  if (files.length > 0) return files;
  throw new UsageError(`${name} matches no file; check the pattern and the folder.`);
}

async function readOne(path: string): Promise<FileData> {
  return (await isParquet(path)) ? { kind: 'table', table: await readParquet(path) } : readData(path);
}

const isParquet = async (path: string): Promise<boolean> => (await firstBytes(path)) === 'PAR1';

/** The first four bytes of a file as text, of a pipe none; undefined where it cannot be read. */
async function firstBytes(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  // What is read of a pipe is gone.
  if (found !== undefined && !found.isFile()) return '';
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await file.close();
  }
}

function requireTable(data: FileData, path: string): Table {
  if (data.kind === 'table') return data.table;
  throw new UsageError(`${path} holds images where a table is expected; name tables only.`);
}

/** Tables of the same columns, one below the other. */
function stacked(source: string, parts: readonly Table[]): Table {
  const [first, ...others] = parts;
  for (const other of others) {
    const strange = other.names.find((name) => !first.names.includes(name));
    if (strange !== undefined || other.names.length !== first.names.length) {
      const found =
        strange === undefined ? `${count(other.names.length)} columns` : `a column ${JSON.stringify(strange)}`;
      throw new UsageError(
        `${other.source} has ${found} where ${first.source} has ${first.names.map((name) => JSON.stringify(name)).join(', ')}; give files of the same columns.`,
      );
    }
  }
  return tableOf(
    source,
    first.names,
    first.names.map((name) => parts.flatMap((part) => column(part, name))),
  );
}

/** Bytes of a file that is streamed, and of one whose bytes are packed. */
const [largeText, largePacked] = [2 ** 28, 2 ** 26];

/** Whether a table is too large to be read whole in comfort. */
export async function isLarge(name: string, { sql, tables = [] }: Query = {}): Promise<boolean> {
  if (sql !== undefined) {
    const files = [name, ...tables.map((table) => table.replace(/^[^=]*=/, ''))];
    return (await Promise.all(files.map((file) => isLarge(file)))).some(Boolean);
  }
  let share = 0;
  for (const file of (await filesOf(name)) ?? [name]) {
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return false;
    const beginning = (await firstBytes(file)) ?? '';
    if (beginning.startsWith('\0\0\x08')) return false;
    share += found.size / (beginning === 'PAR1' || beginning.startsWith('\x1f\x8b') ? largePacked : largeText);
  }
  return share > 1;
}

/**
 * The rows of a table's file, or of all that a pattern stands for.
 * @throws UsageError or ChainruleError where they cannot be read
 */
export async function rowsOf(name: string): Promise<RowSource> {
  const files = (await filesOf(name)) ?? [name];
  const sources: RowSource[] = [];
  for (const file of files) sources.push(await rowsOfFile(file));
  return sources.length === 1 ? sources[0] : stackedSources(name, sources);
}

async function rowsOfFile(path: string): Promise<RowSource> {
  return (await isParquet(path)) ? parquetRows(path) : textRows(path);
}

/** Does something with what a query gives, as {@link readQuery}, without holding it in memory. */
export async function withQueryRows<T>(
  name: string,
  sql: string,
  tables: readonly string[] = [],
  use: (rows: RowSource) => Promise<T>,
): Promise<T> {
  const loaded: NamedTable[] = [];
  const disks: DiskTable[] = [];
  try {
    for (const [table, file] of namedFiles(name, tables)) {
      if (await isParquet(file)) loaded.push({ name: table, content: { parquet: file } });
      else {
        const disk = await diskTable(await rowsOf(file));
        disks.push(disk);
        loaded.push({ name: table, content: { disk } });
      }
    }
    return await withQuery(sql, loaded, { onDisk: true }, use);
  } finally {
    for (const disk of disks) disk.close();
  }
}

/**
 * What a query gives over DATA, called `data`, and the tables named beside it.
 * @param read what reads a table that is no Parquet file
 */
export async function readQuery(
  name: string,
  sql: string,
  { tables = [] }: Query,
  read: (name: string) => Promise<FileData>,
): Promise<Table> {
  const loaded: NamedTable[] = [];
  for (const [table, file] of namedFiles(name, tables))
    loaded.push({ name: table, content: await contentOf(file, read) });
  return queryTables(sql, loaded);
}

/** The names that a query knows, and their files. */
function namedFiles(name: string, tables: readonly string[]): ReadonlyMap<string, string> {
  const named = new Map([['data', name]]);
  for (const text of tables) {
    const [, table, file] = /^([\p{L}_][\p{L}\p{N}_]*)=(.+)$/u.exec(text) ?? [];
    if (table === undefined)
      throw new UsageError(
        `--table is ${JSON.stringify(text)}; give a name and a file, such as --table ${tableName(text)}=${text}.`,
      );
    if (named.has(table)) throw new UsageError(`two tables are called "${table}"; give --table another name.`);
    named.set(table, file);
  }
  return named;
}

async function contentOf(file: string, read: (name: string) => Promise<FileData>): Promise<NamedTable['content']> {
  if (await isParquet(file)) return { parquet: file };
  return { table: requireTable(await read(file), file) };
}

const tableName = (file: string): string => basename(file).replace(/\W.*$/, '') || 'prices';
