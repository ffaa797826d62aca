// Samples that are not in memory, as training sees them. Where they lie is others' business: src/node has them in a file.
import type { Samples } from '../memory/samples.ts';

/** Samples that are read when they are wanted. */
export interface SampleStream {
  readonly count: number;
  /** The samples of some ranges of rows, from the first to the one before the last, one range after another. */
  read(ranges: readonly (readonly [from: number, to: number])[]): Samples;
}

/** How many samples a dataset has, in memory or not. */
export function sampleCount({
  samples,
  stream,
}: {
  readonly samples: Samples;
  readonly stream?: SampleStream;
}): number {
  return stream === undefined ? samples.inputs.count : stream.count;
}
