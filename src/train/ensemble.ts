// Several networks' outputs made one: by their mean, or by vote. How each came to its outputs is evaluate.ts's business.
import { ChainruleError } from '../errors.ts';
import type { FloatArray } from '../memory/index.ts';

/** How networks decide together. */
export type EnsembleRule = 'average' | 'vote';

/** What the rows of outputs are. */
export interface EnsembleOptions {
  /** The mean of the outputs unless given. */
  readonly rule?: EnsembleRule;
  /** Outputs of one sample. */
  readonly width: number;
  /** Whether the largest output of a row is the answer; else each output by itself is a yes or no. True unless given and for a width of 1. */
  readonly oneOf?: boolean;
  /** The outputs that mean no and yes; 0 and 1 unless given. */
  readonly targets?: readonly [no: number, yes: number];
}

/**
 * The outputs of several networks for the same samples as one network's.
 * With `vote` every network counts once for the class that it takes (each output by itself where classes exclude none): the
 * result is (votes + mean output) / (networks + 1), so that the mean decides where votes are equal, and probabilities still add up to 1.
 * @param outputs each network's, row after row, as `predictRows` gives them
 * @example combineOutputs(networks.map((one) => predictRows(one, samples)), { rule: 'vote', width: 10 })
 * @throws ChainruleError `bad-option` where there are none, `bad-shape` where they are not equally many
 */
export function combineOutputs(
  outputs: readonly FloatArray[],
  { rule = 'average', width, oneOf = width > 1, targets = [0, 1] }: EnsembleOptions,
): Float64Array {
  const [first] = outputs;
  if (first === undefined)
    throw new ChainruleError('bad-option', 'outputs is empty; give those of one network at least.');
  const other = outputs.find(({ length }) => length !== first.length);
  if (other !== undefined)
    throw new ChainruleError(
      'bad-shape',
      `the networks gave ${first.length} and ${other.length} outputs; give all of them the same samples and classes.`,
    );
  const mean = Float64Array.from(first, (_, i) => outputs.reduce((sum, one) => sum + one[i], 0) / outputs.length);
  if (rule === 'average') return mean;
  const votes = new Float64Array(mean.length);
  for (const one of outputs) castVotes(one, votes, { width, oneOf, targets });
  const [no, yes] = targets;
  const bounded = (value: number): number => Math.min(yes, Math.max(no, value));
  return votes.map(
    (count, i) => (no * (outputs.length - count) + yes * count + bounded(mean[i])) / (outputs.length + 1),
  );
}

/** Adds one network's votes: for the largest output of a row, or for each output that is nearer to yes than to no. */
function castVotes(
  outputs: FloatArray,
  votes: Float64Array,
  { width, oneOf, targets: [no, yes] }: Required<Pick<EnsembleOptions, 'width' | 'oneOf' | 'targets'>>,
): void {
  for (let start = 0; start < outputs.length; start += width) {
    const row = Float64Array.from(outputs.subarray(start, start + width));
    if (oneOf) votes[start + row.indexOf(Math.max(...row))]++;
    else for (let j = 0; j < width; j++) if (row[j] > (no + yes) / 2) votes[start + j]++;
  }
}
