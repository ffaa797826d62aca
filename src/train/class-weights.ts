// The weight of each class in the loss: given, or such that all classes count alike.

import * as z from 'zod/mini';
import type { Dataset } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { isLabels } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { nonNegative, parseWith } from '../options.ts';

const schema = z.array(nonNegative);

/** What samples count by their class. */
export interface Weighting {
  /** By class, for the program to look up. */
  readonly classWeights?: readonly number[];
  /** By sample, its own weight times its class's: for losses whose targets are not 0 and 1, of which no class can be looked up. */
  readonly weights?: Float64Array;
}

/** @throws ChainruleError as {@link classWeightsOf} */
export function weightingOf({ loss }: Network, dataset: Dataset, given: readonly number[] | 'balanced'): Weighting {
  const classWeights = classWeightsOf(dataset, given);
  if (loss.targets === undefined) return { classWeights };
  if (dataset.stream !== undefined) {
    throw new ChainruleError(
      'unsupported',
      `classWeights with the loss ${loss.name} needs all samples in memory, and these are streamed; leave classWeights out, or use another loss.`,
    );
  }
  const { weights } = dataset.samples;
  const labels = classesOf(dataset)?.labels ?? [];
  return { weights: Float64Array.from(labels, (label, i) => classWeights[label] * (weights?.[i] ?? 1)) };
}

/**
 * The weights of a dataset's classes; `'balanced'` is m / (K m_k), m samples of K classes, m_k of them in class k.
 * @throws ChainruleError `bad-option` where the targets are no classes, or weights and classes do not match
 */
export function classWeightsOf(dataset: Dataset, given: readonly number[] | 'balanced'): readonly number[] {
  const classes = classesOf(dataset);
  if (classes === undefined) {
    throw new ChainruleError(
      'bad-option',
      'classWeights needs targets that are classes, one a sample, which this data has not; leave classWeights out.',
    );
  }
  const { labels, count } = classes;
  if (given === 'balanced') return balanced(labels, count);
  const weights = parseWith(schema, given, 'classWeights');
  if (weights.length === count) return weights;
  throw new ChainruleError(
    'bad-option',
    `classWeights has ${weights.length} weights where the data has ${count} classes; give one for each.`,
  );
}

function balanced(labels: ArrayLike<number>, count: number): number[] {
  const samples = new Array<number>(count).fill(0);
  for (let i = 0; i < labels.length; i++) samples[labels[i]]++;
  // A class without samples has nothing to weigh.
  return samples.map((own) => (own === 0 ? 0 : labels.length / (count * own)));
}

/** Each sample's class: targets that are labels, or a single number of 0 or 1. */
function classesOf({ samples: { targets }, task }: Dataset): { labels: ArrayLike<number>; count: number } | undefined {
  if (isLabels(targets)) return { labels: targets.labels, count: targets.classes };
  if (task !== 'classification' || targets.width !== 1) return undefined;
  return { labels: targets.values.map((value) => value * targets.scale), count: 2 };
}
