// Rows that are read from somewhere group after group, for tables that are not held in memory. Each place that has rows is a file of its own.
import { plainlyWritten } from '../data/commas.ts';
import { RowGatherer } from '../data/gather-rows.ts';
import type { ColumnKind, RowGroup } from '../data/scan-rows.ts';
import { type Cells, listed, quoted, type Table, tableOfCells } from '../data/table.ts';
import { ChainruleError } from '../errors.ts';

/** Somewhere that rows can be read from, again and again, the same each time. */
export interface RowSource {
  /** For messages. */
  readonly source: string;
  /** What separates cells, where it is delimited text. */
  readonly delimiter?: string;
  /** The columns. */
  readonly names: readonly string[];
  /** Columns that are seen at once to be no numbers. */
  readonly texts: ReadonlySet<string>;
  /**
   * Reads all rows.
   * @returns the columns read as numbers that are none
   * @throws ChainruleError naming the line, or the signal's reason
   */
  read(options: ReadingOptions): Promise<ReadonlySet<string>>;
}

/** How to read rows. */
export interface ReadingOptions {
  readonly kindOf: (name: string) => ColumnKind;
  /** Takes rows as they come; what it keeps it copies. */
  readonly take: (group: RowGroup) => void;
  readonly watch?: Watch | undefined;
}

/** Who waits for a reading. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  /** Told how much of all is done, in whatever unit the source counts. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

/**
 * Several sources of the same columns, one below the other.
 * @throws ChainruleError `bad-data` where columns differ
 */
export function stackedSources(source: string, sources: readonly RowSource[]): RowSource {
  const [first, ...others] = sources;
  for (const other of others) requireSameColumns(first, other);
  const { names, delimiter } = first;
  return {
    source,
    names,
    ...(delimiter !== undefined && { delimiter }),
    texts: new Set(sources.flatMap(({ texts }) => [...texts])),
    async read({ kindOf, take, watch = {} }) {
      const mistaken = new Set<string>();
      for (const [i, one] of sources.entries()) {
        const places = names.map((name) => one.names.indexOf(name));
        const onProgress = (done: number, all: number): void => watch.onProgress?.(i + done / all, sources.length);
        // Lines of several files would not say which.
        const inOrder = ({ count, numbers, texts }: RowGroup): void =>
          take({ count, numbers: places.map((at) => numbers[at]), texts: places.map((at) => texts[at]) });
        for (const name of await one.read({ kindOf, take: inOrder, watch: { ...watch, onProgress } }))
          mistaken.add(name);
      }
      return mistaken;
    },
  };
}

/**
 * All rows of a source as a table in memory.
 * @throws ChainruleError as the source
 */
export async function memoryTable(source: RowSource, watch?: Watch): Promise<Table> {
  const areTexts = new Set(source.texts);
  for (;;) {
    const gatherer = new RowGatherer();
    const kindOf = (name: string): ColumnKind => (areTexts.has(name) ? 'text' : 'number');
    const mistaken = await source.read({ kindOf, take: gatherer.take, watch });
    for (const name of mistaken) areTexts.add(name);
    if (mistaken.size > 0) continue;
    const { rowCount, numbers, texts, lines } = gatherer.columns(() => false);
    const cells = source.names.map((_, i) => cellsOf(numbers[i], texts[i], source.delimiter));
    return tableOfCells(source.source, source.names, cells, { rowCount, ...(lines && { lines }) });
  }
}

function cellsOf(numbers: Float64Array | undefined, texts: readonly string[], delimiter: string | undefined): Cells {
  if (numbers === undefined) return plainlyWritten(texts, delimiter);
  return {
    numbers,
    get texts() {
      return textsOf(numbers);
    },
  };
}

/** Numbers as texts, what is missing as none. */
export const textsOf = (numbers: Float64Array): string[] =>
  Array.from(numbers, (value) => (Number.isNaN(value) ? '' : String(value)));

function requireSameColumns(first: RowSource, other: RowSource): void {
  const strange = other.names.find((name) => !first.names.includes(name));
  if (strange === undefined && other.names.length === first.names.length) return;
  const found = strange === undefined ? `${other.names.length} columns` : `a column ${quoted(strange)}`;
  throw new ChainruleError(
    'bad-data',
    `${other.source} has ${found} where ${first.source} has ${listed(first.names)}; give files of the same columns.`,
  );
}
