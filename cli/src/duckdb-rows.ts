// Rows that DuckDB gives, column by column as a table holds them: numbers as numbers, all else as the text that a CSV file of it would hold.
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { ChainruleError } from 'chainrule';
import type { ReadingOptions } from 'chainrule/node';
import { identifier } from './duckdb-words.ts';

/** A column of a result. */
export interface ResultColumn {
  readonly name: string;
  /** As DuckDB names it. */
  readonly type: string;
}

/** Types whose values are numbers in double precision, those whose texts are such, and those that may have digits to spare. */
const exact = /^(?:DOUBLE|U?(?:TINYINT|SMALLINT|INTEGER))$/;
const written = /^(?:FLOAT|DECIMAL\b.*|U?BIGINT|U?HUGEINT|BIGNUM)$/;
const nested = /\[|^(?:STRUCT|MAP|UNION|BLOB|BIT|VARIANT|GEOMETRY|INTERVAL)/;

/** Integers beyond this have neighbours that are the same number. */
const mostExact = 2 ** 53;

/** Whether a column's values are read as numbers. */
export const isNumeric = ({ type }: ResultColumn): boolean => exact.test(type) || written.test(type);

/** @throws ChainruleError `bad-data` at a column of lists or the like */
export function requireCells(columns: readonly ResultColumn[], source: string): void {
  for (const { name, type } of columns) {
    if (nested.test(type))
      throw new ChainruleError(
        'bad-data',
        `${source}, column ${JSON.stringify(name)} holds ${type.toLowerCase()}; a cell is a number, a text, a date, true or false: take the column apart with --sql, or leave it out.`,
      );
  }
}

/**
 * Reads all rows of a table or subquery.
 * @returns the columns read as numbers that hold infinities, or integers too long for numbers
 */
export async function readResult(
  connection: DuckDBConnection,
  from: string,
  columns: readonly ResultColumn[],
  { kindOf, take, watch }: ReadingOptions,
  rowCount: number,
): Promise<ReadonlySet<string>> {
  const read = columns.map((column, i) => ({ ...column, place: i, kind: kindOf(column.name) }));
  const wanted = read.filter(({ kind }) => kind !== 'nothing');
  const expressions = wanted.map((column) => (column.kind === 'number' ? numberOf(column) : textOf(column)));
  const result = await connection.stream(`SELECT ${expressions.join(', ') || 'NULL'} FROM ${from}`);
  const gathered = new Gathered(read, wanted, take);
  for (let done = 0; ; ) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    gathered.add(chunk);
    done += chunk.rowCount;
    watch?.onProgress?.(done, rowCount);
    watch?.signal?.throwIfAborted();
  }
  return gathered.finish();
}

/** A value as a number, NaN where there is none; by way of its decimal digits where it has other ones. */
function numberOf({ name, type }: ResultColumn): string {
  const value = exact.test(type) ? identifier(name) : `CAST(${identifier(name)} AS VARCHAR)`;
  return `coalesce(CAST(${value} AS DOUBLE), 'nan'::DOUBLE)`;
}

/** A value as CSV would hold it; a NaN is a missing value, as it is to those who write CSV. */
function textOf({ name, type }: ResultColumn): string {
  const text = `coalesce(CAST(${identifier(name)} AS VARCHAR), '')`;
  return type === 'DOUBLE' || type === 'FLOAT' ? `CASE WHEN isnan(${identifier(name)}) THEN '' ELSE ${text} END` : text;
}

/** A column, where it stands, and what is read of it. */
interface ReadColumn extends ResultColumn {
  readonly place: number;
  readonly kind: 'number' | 'text' | 'nothing';
}

/** Rows a group. */
const groupRows = 2 ** 14;

/** Makes groups of DuckDB's chunks. */
class Gathered {
  private readonly wanted: readonly ReadColumn[];
  private readonly take: ReadingOptions['take'];
  private readonly numbers: (Float64Array | undefined)[];
  private readonly texts: string[][];
  private readonly mistaken = new Set<string>();
  private count = 0;

  constructor(all: readonly ReadColumn[], wanted: readonly ReadColumn[], take: ReadingOptions['take']) {
    this.wanted = wanted;
    this.take = take;
    this.numbers = all.map(({ kind }) => (kind === 'number' ? new Float64Array(groupRows) : undefined));
    this.texts = all.map(() => []);
  }

  add(chunk: DuckDBDataChunk): void {
    const { rowCount } = chunk;
    if (this.count + rowCount > groupRows) this.give();
    this.wanted.forEach((column, i) => {
      const vector = chunk.getColumnVector(i);
      const numbers = this.numbers[column.place];
      const texts = this.texts[column.place];
      if (numbers === undefined) for (let row = 0; row < rowCount; row++) texts.push(String(vector.getItem(row)));
      else
        for (let row = 0; row < rowCount; row++) numbers[this.count + row] = this.checked(vector.getItem(row), column);
    });
    this.count += rowCount;
  }

  private checked(item: unknown, { name, type }: ResultColumn): number {
    const value = Number(item);
    if (value > mostExact || value < -mostExact) {
      if (type !== 'DOUBLE' || Math.abs(value) === Number.POSITIVE_INFINITY) this.mistaken.add(name);
    }
    return value;
  }

  finish(): ReadonlySet<string> {
    this.give();
    return this.mistaken;
  }

  private give(): void {
    if (this.count === 0) return;
    this.take({ count: this.count, numbers: this.numbers, texts: this.texts });
    for (const column of this.texts) column.length = 0;
    this.count = 0;
  }
}
