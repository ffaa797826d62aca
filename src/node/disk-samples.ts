// A table on disk as samples: the training rows in a scratch file that training reads, those to validate and test by in memory.
import { type Dataset, datasetFromTable } from '../data/dataset.ts';
import type { TablePreprocessing } from '../data/preprocessing.ts';
import type { Split } from '../data/split.ts';
import type { SampleStream } from '../data/stream.ts';
import type { Table } from '../data/table.ts';
import { random, streams } from '../memory/random.ts';
import type { Dtype } from '../memory/tensor.ts';
import { breathe } from '../train/breathe.ts';
import type { DiskTable } from './disk-table.ts';
import { RowPacking } from './row-packing.ts';
import type { Watch } from './row-source.ts';
import { ScratchFile } from './scratch-file.ts';

/** How to make samples of a table on disk. */
export interface DiskSamplesOptions {
  /** The column that says what each sample counts in training. */
  readonly weights?: string | undefined;
  /** What the training samples in memory are drawn from. */
  readonly seed: number;
  /** The precision in which samples are kept: that in which the backend computes. */
  readonly dtype: Dtype;
  readonly watch?: Watch | undefined;
}

/** The parts of a table on disk; those without rows are undefined. */
export interface DiskParts {
  /** Its samples are some of the training rows, its stream all of them. */
  readonly training: Dataset;
  /** The rows of the table that its samples are. */
  readonly trainingRows: Uint32Array;
  readonly validation: Dataset | undefined;
  readonly test: Dataset | undefined;
  /** Gives the disk back; the stream cannot be read afterwards. */
  close(): void;
}

/** Training samples in memory, which show what all are like. */
const mostShown = 2 ** 16;

/** Rows of a table by part; those shown are training rows too. */
const marks = { training: 1, shown: 2, validation: 4, test: 8 } as const;
const heldParts = ['shown', 'validation', 'test'] as const;

/**
 * Prepares all rows of a table on disk.
 * @throws ChainruleError naming the line of a cell that cannot be encoded, or the signal's reason
 */
export async function diskSamples(
  disk: DiskTable,
  preprocessing: TablePreprocessing,
  split: Split,
  { weights, seed, dtype, watch }: DiskSamplesOptions,
): Promise<DiskParts> {
  const { rowCount } = disk.table;
  const rows = { ...split, shown: someOf(split.training, seed) };
  const marked = markedRows(rowCount, rows);
  const prepared = (table: Table): Dataset => datasetFromTable(preprocessing, table, { weights });
  const [beginning] = disk.stretches();
  const { samples, ...described } = prepared(beginning);
  const packing = new RowPacking(samples, dtype);
  const file = new ScratchFile();
  try {
    const held = { shown: packing.room(0), validation: packing.room(0), test: packing.room(0) };
    const filled = { shown: 0, validation: 0, test: 0 };
    for (const part of heldParts) held[part] = packing.room(rows[part].length);
    let first = 0;
    for (const table of disk.stretches()) {
      const { samples } = prepared(table);
      const those = (mark: number) => rowsMarked(marked, first, table.rowCount, mark);
      const training = those(marks.training);
      const packed = packing.room(training.length);
      packing.pack(samples, training, packed, 0);
      file.append(packed);
      for (const part of heldParts) {
        const own = those(marks[part]);
        packing.pack(samples, own, held[part], filled[part]);
        filled[part] += own.length;
      }
      first += table.rowCount;
      watch?.onProgress?.(first, rowCount);
      await breathe();
      watch?.signal?.throwIfAborted();
    }
    const part = (name: 'validation' | 'test'): Dataset | undefined => {
      if (rows[name].length === 0) return undefined;
      const { weights: _, ...unweighted } = packing.unpack(held[name]);
      return { ...described, samples: unweighted };
    };
    const stream = streamOf(file, packing, rows.training.length);
    return {
      training: { ...described, samples: packing.unpack(held.shown), stream },
      trainingRows: rows.shown,
      validation: part('validation'),
      test: part('test'),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function streamOf(file: ScratchFile, packing: RowPacking, count: number): SampleStream {
  const bytes = packing.room(1).byteLength;
  return {
    count,
    read(ranges) {
      const packed = packing.room(ranges.reduce((sum, [from, to]) => sum + to - from, 0));
      let at = 0;
      for (const [from, to] of ranges) {
        file.read(packed.subarray(at * packing.stride, (at + to - from) * packing.stride), from * bytes);
        at += to - from;
      }
      return packing.unpack(packed);
    },
  };
}

/** Some of the rows, drawn from the seed, ascending; all where there are few. */
function someOf(rows: Uint32Array, seed: number): Uint32Array {
  if (rows.length <= mostShown) return rows;
  const source = random(seed, streams.split, 1);
  // One from each of as many stretches.
  return Uint32Array.from({ length: mostShown }, (_, i) => {
    const [from, to] = [i, i + 1].map((end) => Math.floor((end * rows.length) / mostShown));
    return rows[from + Math.floor(source.uniform(i) * (to - from))];
  });
}

function markedRows(count: number, rows: Readonly<Record<keyof typeof marks, Uint32Array>>): Uint8Array {
  const marked = new Uint8Array(count);
  for (const part of ['training', ...heldParts] as const) for (const row of rows[part]) marked[row] |= marks[part];
  return marked;
}

/** Which of `count` rows from `first` on have a mark, counted from that one. */
function rowsMarked(marked: Uint8Array, first: number, count: number, mark: number): Uint32Array {
  const found = new Uint32Array(count);
  let rows = 0;
  for (let i = 0; i < count; i++) if ((marked[first + i] & mark) !== 0) found[rows++] = i;
  return found.subarray(0, rows);
}
