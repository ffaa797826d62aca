// Tables through DuckDB, embedded: Parquet files, SQL over named tables, and patterns of file names. What cells mean stays the library's
// business: whatever DuckDB gives is turned into the text that a CSV file of it would hold.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChainruleError, type Table, tableOf, typeColumn, withPlainNumbers } from 'chainrule';
import { UsageError } from './errors.ts';
import { count } from './numbers.ts';
import { printable } from './output.ts';

/** A table for a query: by its name in SQL, from a file of rows or read already. */
export interface NamedTable {
  readonly name: string;
  readonly content: { readonly parquet: string } | { readonly table: Table };
}

/** Cells that a result may have: as many texts as fit in memory. */
const mostCells = 2 ** 25;

/** The table of a Parquet file. @throws ChainruleError `bad-file` where it is damaged, `bad-data` at a column of lists */
export async function readParquet(path: string): Promise<Table> {
  return withConnection(async (connection) => {
    await run(connection, `SET allowed_paths = [${literal(path)}]`, path);
    await lock(connection);
    return resultTable(connection, `read_parquet(${literal(path)})`, path);
  });
}

/**
 * What a query gives. It sees the named tables and nothing else: no files, no network, no settings.
 * @throws UsageError where it is no single SELECT, or DuckDB refuses it
 */
export async function queryTables(sql: string, tables: readonly NamedTable[]): Promise<Table> {
  return withConnection(async (connection) => {
    for (const table of tables) await load(connection, table);
    await lock(connection);
    await requireSelect(connection, sql);
    // One thread, so that rows come in the same order every time where the query asks for none.
    await run(connection, `CREATE TEMP TABLE "the result" AS ${sql.replace(/[;\s]+$/, '')}`, '--sql');
    return resultTable(connection, '"the result"', '--sql');
  });
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
  const folder = await mkdtemp(join(tmpdir(), 'chainrule-'));
  try {
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
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withConnection<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const database = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '2GB',
    // Nothing is written outside memory, and nothing fetched.
    temp_directory: '',
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

/** A table or subquery of the database as a table of text. */
async function resultTable(connection: DuckDBConnection, from: string, source: string): Promise<Table> {
  const columns = (await run(connection, `DESCRIBE SELECT * FROM ${from}`, source)).getRowsJS();
  const names = columns.map(([name]) => String(name));
  const expressions = columns.map(([name, type]) => textOf(String(name), String(type), source));
  const [[rows]] = (await run(connection, `SELECT count(*) FROM ${from}`, source)).getRowsJS();
  if (Number(rows) === 0) throw new ChainruleError('bad-data', `${source} gives no rows; at least one is needed.`);
  if (Number(rows) * names.length > mostCells) {
    throw new ChainruleError(
      'bad-data',
      `${source} has ${count(Number(rows))} rows of ${count(names.length)} columns, more than is read whole; take some of them, such as --sql "select * from data using sample 100000 rows (reservoir, 1)".`,
    );
  }
  const result = await run(connection, `SELECT ${expressions.join(', ')} FROM ${from}`, source);
  const cells = result.getColumnsJS().map((column) => column.map((cell) => (cell === null ? '' : String(cell))));
  return withPlainNumbers(tableOf(source, names, cells));
}

/** A column's value as CSV would hold it; a NaN is a missing value, as it is to those who write CSV. */
function textOf(name: string, type: string, source: string): string {
  if (/\[|^(?:STRUCT|MAP|UNION|BLOB|VARIANT|GEOMETRY)/.test(type)) {
    throw new ChainruleError(
      'bad-data',
      `${source}, column ${JSON.stringify(name)} holds ${type.toLowerCase()}; a cell is a number, a text, a date, true or false: take the column apart with --sql, or leave it out.`,
    );
  }
  const column = identifier(name);
  const text = `CAST(${column} AS VARCHAR)`;
  return type === 'DOUBLE' || type === 'FLOAT' ? `CASE WHEN isnan(${column}) THEN NULL ELSE ${text} END` : text;
}

async function load(connection: DuckDBConnection, { name, content }: NamedTable): Promise<void> {
  if ('parquet' in content) {
    const { parquet } = content;
    await run(connection, `CREATE TABLE ${identifier(name)} AS FROM read_parquet(${literal(parquet)})`, parquet);
    return;
  }
  await append(connection, name, content.table);
}

const millisecondsOfDay = 86_400_000;

/** Adds a table of text, its columns typed as training types them. */
async function append(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const { DuckDBTimestampValue } = await import('@duckdb/node-api');
  const columns = table.names.map((column, i) => typedCells(column, table.columns[i], table));
  const definitions = columns.map(({ type }, i) => `${identifier(table.names[i])} ${type}`);
  await run(connection, `CREATE TABLE ${identifier(name)} (${definitions.join(', ')})`, table.source);
  const appender = await connection.createAppender(name);
  for (let row = 0; row < table.rowCount; row++) {
    for (const { type, cells } of columns) {
      const cell = cells[row];
      if (cell === null || Number.isNaN(cell)) appender.appendNull();
      else if (typeof cell === 'string') appender.appendVarchar(cell);
      else if (type === 'BIGINT') appender.appendBigInt(BigInt(cell));
      else if (type === 'DOUBLE') appender.appendDouble(cell);
      else appender.appendTimestamp(new DuckDBTimestampValue(BigInt(Math.round(cell * millisecondsOfDay)) * 1000n));
    }
    appender.endRow();
  }
  appender.closeSync();
}

interface TypedCells {
  readonly type: 'BIGINT' | 'DOUBLE' | 'TIMESTAMP' | 'VARCHAR';
  readonly cells: ArrayLike<number | string | null>;
}

function typedCells(name: string, cells: readonly string[], table: Table): TypedCells {
  try {
    const typed = typeColumn(name, cells, table);
    if (typed.kind === 'category')
      return { type: 'VARCHAR', cells: Array.from(typed.codes, (code) => typed.categories[code] ?? null) };
    if (typed.date) return { type: 'TIMESTAMP', cells: typed.values };
    const whole = typed.integer && typed.values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
    return { type: whole ? 'BIGINT' : 'DOUBLE', cells: typed.values };
  } catch (error) {
    // What training would refuse, a query may mend.
    if (error instanceof ChainruleError) return { type: 'VARCHAR', cells };
    throw error;
  }
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
