// A table too large for memory: its columns in a scratch file, read one at a time when they are asked for, or some rows of all of them.
import { plainlyWritten } from '../data/commas.ts';
import type { RowGroup } from '../data/scan-rows.ts';
import { type Cells, quoted, type Table, tableOfCells } from '../data/table.ts';
import { ChainruleError } from '../errors.ts';
import { type RowSource, textsOf, type Watch } from './row-source.ts';
import { ScratchFile } from './scratch-file.ts';

/** Different texts that a column may have, which are kept in memory. */
const mostTexts = 2 ** 20;

/** Rows as they lie in the file: column after column, then their lines. */
interface Stretch {
  readonly position: number;
  readonly count: number;
  /** The table's row that is its first. */
  readonly first: number;
}

/** A table on disk. */
export interface DiskTable {
  /** The table as any other; each column is read anew whenever it is asked for. */
  readonly table: Table;
  /** All rows, some at a time, as tables in memory. */
  stretches(): Iterable<Table>;
  /** Gives the disk back; the table cannot be used afterwards. */
  close(): void;
}

/** How to copy rows to disk. */
export interface DiskTableOptions {
  /** Columns whose texts are wanted as they are written, even if all of them are numbers. */
  readonly texts?: readonly string[];
  readonly watch?: Watch;
}

/**
 * Copies all rows of a source to disk.
 * @throws ChainruleError naming the line or the column, or the signal's reason
 */
export async function diskTable(source: RowSource, options: DiskTableOptions = {}): Promise<DiskTable> {
  const disk = new Disk(source);
  try {
    await disk.fill(options);
    return disk;
  } catch (error) {
    disk.close();
    throw error;
  }
}

class Disk implements DiskTable {
  private readonly source: RowSource;
  private readonly file = new ScratchFile();
  private stretchesOfRows: Stretch[] = [];
  private rowCount = 0;
  /** Whether rows begin on lines that are known. */
  private lined = false;
  /** The texts of each column that has them, in the order first seen, and their places. */
  private texts: (ReadonlyMap<string, number> | undefined)[] = [];
  private written: readonly (readonly string[])[] = [];

  constructor(source: RowSource) {
    this.source = source;
  }

  async fill({ texts = [], watch }: DiskTableOptions): Promise<void> {
    const { names, delimiter } = this.source;
    const areTexts = new Set([...this.source.texts, ...texts]);
    for (;;) {
      this.file.clear();
      this.stretchesOfRows = [];
      this.rowCount = 0;
      const maps = names.map((name) => (areTexts.has(name) ? new Map<string, number>() : undefined));
      this.texts = maps;
      const take = (group: RowGroup): void => this.append(group, maps);
      const kindOf = (name: string) => (areTexts.has(name) ? 'text' : 'number');
      const mistaken = await this.source.read({ kindOf, take, watch });
      if (mistaken.size === 0) break;
      for (const name of mistaken) areTexts.add(name);
    }
    this.written = this.texts.map((map) => (map === undefined ? [] : plainlyWritten([...map.keys()], delimiter)));
  }

  private append({ count, numbers, texts, lines }: RowGroup, maps: readonly (Map<string, number> | undefined)[]): void {
    this.stretchesOfRows.push({ position: this.file.size, count, first: this.rowCount });
    maps.forEach((map, i) => {
      if (map !== undefined) this.file.append(this.codes(texts[i], map, i));
      else this.file.append(numbers[i]?.subarray(0, count) ?? new Float64Array(count));
    });
    this.lined = lines !== undefined;
    if (lines !== undefined) this.file.append(lines.subarray(0, count));
    this.rowCount += count;
  }

  private codes(texts: readonly string[], map: Map<string, number>, column: number): Uint32Array {
    return Uint32Array.from(texts, (text) => {
      const known = map.get(text);
      if (known !== undefined) return known;
      if (map.size === mostTexts)
        throw new ChainruleError(
          'bad-data',
          `${this.source.source}, column ${quoted(this.source.names[column])} has more than ${mostTexts} different texts, more than are kept of a table that is streamed; leave the column out by --sql "select * exclude (…) from data".`,
        );
      map.set(text, map.size);
      return map.size - 1;
    });
  }

  get table(): Table {
    const disk = this;
    const { source, names } = this.source;
    const cells = names.map((_, i) => this.cells(this.stretchesOfRows, i));
    const { rowCount } = this;
    if (!this.lined) return tableOfCells(source, names, cells, { rowCount });
    return tableOfCells(source, names, cells, {
      rowCount,
      get lines() {
        return disk.lines(disk.stretchesOfRows);
      },
    });
  }

  *stretches(): Generator<Table> {
    const { source, names } = this.source;
    for (const stretch of this.stretchesOfRows) {
      const cells = names.map((_, i) => this.cells([stretch], i));
      const { first, count } = stretch;
      yield tableOfCells(source, names, cells, {
        rowCount: count,
        ...(this.lined
          ? { lines: this.lines([stretch]) }
          : { origins: Uint32Array.from({ length: count }, (_, row) => first + row) }),
      });
    }
  }

  close(): void {
    this.file.close();
  }

  private cells(stretches: readonly Stretch[], column: number): Cells {
    const disk = this;
    if (this.texts[column] !== undefined) {
      return {
        get texts() {
          const texts = disk.written[column];
          return Array.from(disk.read(Uint32Array, stretches, column), (code) => texts[code]);
        },
      };
    }
    return {
      get numbers() {
        return disk.read(Float64Array, stretches, column);
      },
      get texts() {
        return textsOf(disk.read(Float64Array, stretches, column));
      },
    };
  }

  private lines(stretches: readonly Stretch[]): Uint32Array {
    return this.read(Uint32Array, stretches, this.texts.length);
  }

  /** A column's numbers or codes, or the lines, of some stretches. */
  private read<T extends Float64Array | Uint32Array>(
    array: { new (length: number): T; new (buffer: ArrayBufferLike, offset: number, length: number): T },
    stretches: readonly Stretch[],
    column: number,
  ): T {
    const values = new array(stretches.reduce((sum, { count }) => sum + count, 0));
    const size = values.BYTES_PER_ELEMENT;
    const before = this.texts.slice(0, column).reduce((sum, texts) => sum + (texts === undefined ? 8 : 4), 0);
    let at = 0;
    for (const { position, count } of stretches) {
      this.file.read(new array(values.buffer, at * size, count), position + before * count);
      at += count;
    }
    return values;
  }
}
