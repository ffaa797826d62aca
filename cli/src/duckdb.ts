// Tables through DuckDB, embedded: Parquet files, SQL over named tables, and patterns of file names. What cells mean stays the library's
// business: whatever DuckDB gives is turned into the text that a CSV file of it would hold.
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChainruleError, categoryColumn, column, numbersOfColumn, type Table, typedColumn } from 'chainrule';
import { type DiskTable, memoryTable, type RowSource } from 'chainrule/node';
import { isNumeric, type ResultColumn, readResult, requireCells } from './duckdb-rows.ts';
import { identifier, literal } from './duckdb-words.ts';
import { UsageError } from './errors.ts';
import { count } from './numbers.ts';
import { printable } from './output.ts';

/** A table for a query: by its name in SQL, from a file of rows or read already. */
export interface NamedTable {
  readonly name: string;
  readonly content: { readonly parquet: string } | { readonly table: Table } | { readonly disk: DiskTable };
}

/** Rows, and how many cells they have. */
export interface CountedRows extends RowSource {
  readonly cells: number;
}

/** Cells that a result may have that is read whole: as many as fit in memory. */
const mostCells = 2 ** 25;

/** The table of a Parquet file. @throws ChainruleError `bad-file` where it is damaged, `bad-data` at a column of lists */
export async function readParquet(path: string): Promise<Table> {
  return wholeTable(await parquetRows(path));
}

/** The rows of a Parquet file. @throws ChainruleError as {@link readParquet} */
export async function parquetRows(path: string): Promise<CountedRows> {
  const opened = <T>(use: (rows: CountedRows) => Promise<T>): Promise<T> =>
    withConnection(async (connection) => {
      await run(connection, `SET allowed_paths = [${literal(path)}]`, path);
      await lock(connection);
      return use(await rowsOf(connection, `read_parquet(${literal(path)})`, path));
    });
  const described = await opened((rows) => Promise.resolve(rows));
  return { ...described, read: (options) => opened((rows) => rows.read(options)) };
}

/**
 * What a query gives, whole. It sees the named tables and nothing else: no files, no network, no settings.
 * @throws UsageError where it is no single SELECT, or DuckDB refuses it
 */
export function queryTables(sql: string, tables: readonly NamedTable[]): Promise<Table> {
  return withQuery(sql, tables, { onDisk: false }, wholeTable);
}

/**
 * Does something with what a query gives, as {@link queryTables}.
 * @param onDisk whether tables and result are kept in a file that is gone afterwards
 */
export async function withQuery<T>(
  sql: string,
  tables: readonly NamedTable[],
  { onDisk }: { readonly onDisk: boolean },
  use: (rows: CountedRows) => Promise<T>,
): Promise<T> {
  const query = async (connection: DuckDBConnection): Promise<T> => {
    const files = tables.flatMap(({ content }) => ('parquet' in content && onDisk ? [literal(content.parquet)] : []));
    if (files.length > 0) await run(connection, `SET allowed_paths = [${files.join(', ')}]`, '--sql');
    for (const table of tables) await load(connection, table, onDisk);
    await lock(connection);
    await requireSelect(connection, sql);
    // Computed once, since a query may draw at random; on one thread, so that rows come in the same order every time
    // where the query asks for none.
    await run(connection, `CREATE TABLE "the result" AS ${sql.replace(/[;\s]+$/, '')}`, '--sql');
    return use(await rowsOf(connection, '"the result"', '--sql'));
  };
  return onDisk ? withScratchFolder((folder) => withConnection(query, folder)) : withConnection(query);
}

/** The files that a pattern such as `data/*.csv` stands for, in the order of their names. */
export async function filesMatching(pattern: string): Promise<string[]> {
  return withConnection(async (connection) => {
    const found = await run(connection, `SELECT file FROM glob(${literal(pattern)}) ORDER BY file`, pattern);
    return found.getRowsJS().map(([file]) => String(file));
  });
}

/** Columns of texts or numbers as the bytes of a Parquet file. */
export async function parquetBytes(
  columns: readonly { readonly name: string; readonly cells: readonly (string | number)[] }[],
): Promise<Uint8Array> {
  return withScratchFolder(async (folder) => {
    const file = join(folder, 'rows.parquet');
    await withConnection(async (connection) => {
      const types = columns.map(({ cells }) => (typeof cells[0] === 'number' ? 'DOUBLE' : 'VARCHAR'));
      const definitions = columns.map(({ name }, i) => `${identifier(name)} ${types[i]}`);
      await run(connection, `CREATE TABLE rows (${definitions.join(', ')})`, file);
      const appender = await connection.createAppender('rows');
      for (let row = 0; row < columns[0].cells.length; row++) {
        for (const { cells } of columns) {
          const cell = cells[row];
          if (typeof cell === 'number') appender.appendDouble(cell);
          else appender.appendVarchar(cell);
        }
        appender.endRow();
      }
      appender.closeSync();
      await run(connection, `COPY rows TO ${literal(file)} (FORMAT parquet)`, file);
    });
    return new Uint8Array(await readFile(file));
  });
}

/** A folder that is gone afterwards, also where the process is ended meanwhile. */
async function withScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'chainrule-'));
  const leave = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', leave);
  try {
    return await use(folder);
  } finally {
    process.off('exit', leave);
    leave();
  }
}

/** @param folder where the database is kept; in memory unless given */
async function withConnection<T>(use: (connection: DuckDBConnection) => Promise<T>, folder?: string): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const database = await DuckDBInstance.create(folder === undefined ? ':memory:' : join(folder, 'tables'), {
    threads: '1',
    memory_limit: folder === undefined ? '2GB' : '400MB',
    // Nothing is written elsewhere, and nothing fetched.
    temp_directory: folder ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  try {
    const connection = await database.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return await use(connection);
  } finally {
    database.closeSync();
  }
}

/** From here on no file is opened but those allowed, and no setting changed. */
async function lock(connection: DuckDBConnection): Promise<void> {
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

async function run(connection: DuckDBConnection, sql: string, about: string) {
  try {
    return await connection.runAndReadAll(sql);
  } catch (error) {
    throw refusal(error, about);
  }
}

/** DuckDB's own message, its first line, as one sentence. */
function refusal(error: unknown, about: string): Error {
  const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
  const said = printable(first).replace(/[.!]$/, '');
  if (about === '--sql') {
    const locked = /disabled (?:by|through) configuration|configuration has been locked/.test(said);
    return new UsageError(
      locked
        ? '--sql reaches for a file, the network or a setting; it may use the tables named on the command line, and nothing else.'
        : `--sql cannot be run: ${said}; mend the query.`,
    );
  }
  return new ChainruleError('bad-file', `${about} cannot be read: ${said}; check the file.`, { cause: error });
}

async function requireSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  const { StatementType } = await import('@duckdb/node-api');
  const statements = await connection.extractStatements(sql).catch((error: unknown) => {
    throw refusal(error, '--sql');
  });
  if (statements.count === 1) {
    const statement = await statements.prepare(0).catch((error: unknown) => {
      throw refusal(error, '--sql');
    });
    if (statement.statementType === StatementType.SELECT) return;
  }
  throw new UsageError('--sql is not one SELECT; give a single query, such as "select * from data where age > 20".');
}

/** The columns of a table or subquery, and how many rows it has. */
async function describe(connection: DuckDBConnection, from: string, source: string) {
  const described = (await run(connection, `DESCRIBE SELECT * FROM ${from}`, source)).getRowsJS();
  const columns = described.map(([name, type]): ResultColumn => ({ name: String(name), type: String(type) }));
  requireCells(columns, source);
  const [[count]] = (await run(connection, `SELECT count(*) FROM ${from}`, source)).getRowsJS();
  const rowCount = Number(count);
  if (rowCount === 0) throw new ChainruleError('bad-data', `${source} gives no rows; at least one is needed.`);
  return { columns, rowCount };
}

/** A table or subquery as rows. */
async function rowsOf(connection: DuckDBConnection, from: string, source: string): Promise<CountedRows> {
  const { columns, rowCount } = await describe(connection, from, source);
  return {
    source,
    names: columns.map(({ name }) => name),
    texts: new Set(columns.filter((column) => !isNumeric(column)).map(({ name }) => name)),
    cells: rowCount * columns.length,
    read: (options) =>
      readResult(connection, from, columns, options, rowCount).catch((error: unknown) => {
        throw error instanceof ChainruleError ? error : refusal(error, source);
      }),
  };
}

/** Rows in memory, if there are not too many. */
function wholeTable(rows: CountedRows): Promise<Table> {
  if (rows.cells <= mostCells) return memoryTable(rows);
  const columns = rows.names.length;
  throw new ChainruleError(
    'bad-data',
    `${rows.source} has ${count(rows.cells / columns)} rows of ${count(columns)} columns, more than is read whole; take some of them, such as --sql "select * from data using sample 100000 rows (reservoir, 1)".`,
  );
}

async function load(connection: DuckDBConnection, { name, content }: NamedTable, onDisk: boolean): Promise<void> {
  if ('parquet' in content) {
    const { parquet } = content;
    const kind = onDisk ? 'VIEW' : 'TABLE';
    await run(connection, `CREATE ${kind} ${identifier(name)} AS FROM read_parquet(${literal(parquet)})`, parquet);
    return;
  }
  if ('disk' in content) await append(connection, name, content.disk.table, content.disk.stretches());
  else await append(connection, name, content.table, [content.table]);
}

const millisecondsOfDay = 86_400_000;

/** Adds a table, its columns typed as training types them, from its rows, some or all at a time. */
async function append(
  connection: DuckDBConnection,
  name: string,
  table: Table,
  stretches: Iterable<Table>,
): Promise<void> {
  const { DuckDBTimestampValue } = await import('@duckdb/node-api');
  const columns = table.names.map((one) => sqlColumn(one, table));
  const definitions = columns.map((one) => `${identifier(one.name)} ${one.type}`);
  await run(connection, `CREATE TABLE ${identifier(name)} (${definitions.join(', ')})`, table.source);
  const appender = await connection.createAppender(name);
  for (const stretch of stretches) {
    const values = columns.map((one) => ({ type: one.type, cells: sqlCells(one, stretch) }));
    for (let row = 0; row < stretch.rowCount; row++) {
      for (const { type, cells } of values) {
        const cell = cells[row];
        if (cell === null || Number.isNaN(cell)) appender.appendNull();
        else if (typeof cell === 'string') appender.appendVarchar(cell);
        else if (type === 'BIGINT') appender.appendBigInt(BigInt(cell));
        else if (type === 'DOUBLE') appender.appendDouble(cell);
        else appender.appendTimestamp(new DuckDBTimestampValue(BigInt(Math.round(cell * millisecondsOfDay)) * 1000n));
      }
      appender.endRow();
    }
    appender.flushSync();
  }
  appender.closeSync();
}

/** What a column is in SQL. */
interface SqlColumn {
  readonly name: string;
  readonly type: 'BIGINT' | 'DOUBLE' | 'TIMESTAMP' | 'VARCHAR';
  /** Whether its cells are taken as they are: what training would refuse, a query may mend. */
  readonly raw?: true;
}

function sqlColumn(name: string, table: Table): SqlColumn {
  try {
    const typed = typedColumn(table, name);
    if (typed.kind === 'category') return { name, type: 'VARCHAR' };
    if (typed.date) return { name, type: 'TIMESTAMP' };
    const whole = typed.integer && typed.values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
    return { name, type: whole ? 'BIGINT' : 'DOUBLE' };
  } catch (error) {
    if (error instanceof ChainruleError) return { name, type: 'VARCHAR', raw: true };
    throw error;
  }
}

function sqlCells({ name, type, raw }: SqlColumn, table: Table): ArrayLike<number | string | null> {
  if (type === 'TIMESTAMP') return numbersOfColumn({ name, date: true }, table);
  if (type !== 'VARCHAR') return numbersOfColumn({ name }, table);
  const cells = column(table, name);
  if (raw) return cells;
  const { codes, categories } = categoryColumn(name, cells);
  return Array.from(codes, (code) => categories[code] ?? null);
}
