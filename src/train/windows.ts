// The samples that steps take at a time: all of them where they are in memory, else as many as fit, read as an epoch's order asks for them.
import type { Dataset, SampleStream } from '../data/index.ts';
import { permutation, random, type Samples, streams } from '../memory/index.ts';
import { type EpochOrder, epochOrder } from './epoch-order.ts';

/** Samples at hand, and the rows of them in the order in which an epoch takes them. */
export interface Window {
  readonly samples: Samples;
  readonly rows: Uint32Array;
  /** How many samples of the epoch were taken before the first of these rows. */
  readonly from: number;
}

/** The window in which a sample of an epoch lies; both epochs and samples are found from the settings alone. */
export type Windows = (epoch: number, sample: number) => Window;

/** Rows that lie side by side in a stream and are read at once. */
const blockRows = 1024;

/** Numbers that a window holds. */
const windowNumbers = 2 ** 22;

/**
 * The windows of a dataset.
 * @param samples those in memory, as the loss takes them
 * @param ready makes samples that are read such ones
 */
export function windowsOf(
  { samples, stream }: Pick<Dataset, 'samples' | 'stream'>,
  order: Omit<EpochOrder, 'count'>,
  ready: (samples: Samples) => Samples,
): Windows {
  if (stream !== undefined) return streamedWindows(stream, samples.inputs.width, order, ready);
  const { count } = samples.inputs;
  return (epoch) => ({ samples, rows: epochOrder({ ...order, count }, epoch), from: 0 });
}

/** Blocks in random order, cut into windows, whose rows are put in random order again. */
function streamedWindows(
  stream: SampleStream,
  width: number,
  { batch, shuffle, dropLast, seed }: Omit<EpochOrder, 'count'>,
  ready: (samples: Samples) => Samples,
): Windows {
  const wanted = dropLast ? stream.count - (stream.count % batch) : stream.count;
  const size = Math.max(1, Math.floor(windowNumbers / width / batch)) * batch;
  return (epoch, sample) => {
    const number = Math.floor(sample / size);
    const from = number * size;
    const to = Math.min(from + size, wanted);
    const samples = ready(stream.read(shuffle ? ranges(stream.count, from, to, seed, epoch) : [[from, to]]));
    const count = to - from;
    // Steps below 2³² are those of the blocks.
    const source = random(seed, streams.shuffle, epoch + (number + 1) * 2 ** 32);
    const rows = shuffle ? permutation(count, source) : Uint32Array.from({ length: count }, (_, i) => i);
    return { samples, rows, from };
  };
}

/** The rows from … to−1 of all blocks put in random order. */
function ranges(count: number, from: number, to: number, seed: number, epoch: number): [number, number][] {
  const found: [number, number][] = [];
  let before = 0;
  for (const block of permutation(Math.ceil(count / blockRows), random(seed, streams.shuffle, epoch))) {
    const start = block * blockRows;
    const rows = Math.min(blockRows, count - start);
    const [first, last] = [Math.max(0, from - before), Math.min(rows, to - before)];
    if (first < last) found.push([start + first, start + last]);
    before += rows;
    if (before >= to) break;
  }
  return found;
}
