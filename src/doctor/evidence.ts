// Everything the doctor judges by, collected once from a finished training or from a network and data alone.
import { baseline, type Dataset, subset } from '../data/index.ts';
import { sizeOf } from '../memory/index.ts';
import { layerShapes, type Network } from '../network/index.ts';
import {
  type Evaluation,
  evaluate,
  type FitOptions,
  type FitResult,
  fittingDataset,
  samplesForLoss,
  type TrainingData,
  weightingOf,
} from '../train/index.ts';
import { type ColumnReading, readColumns, spread } from './columns.ts';
import { type Reading, readNetwork } from './reading.ts';

/** What is examined. */
export interface Case {
  /** The network as training began, or the one to examine where there was no training. */
  readonly network: Network;
  /** What it was trained on, or is to be examined on. */
  readonly data: TrainingData;
  /** How it was trained. */
  readonly options?: FitOptions;
  /** What training came to; without it the network is examined as it stands. */
  readonly result?: Pick<FitResult, 'network' | 'history' | 'ending' | 'divergedAt' | 'bestEpoch'>;
}

/** One class of the data. */
export interface ClassReading {
  readonly name: string;
  readonly share: number;
  /** The share of its samples that the network gets right at the end. */
  readonly recall: number;
}

/** What the illnesses are recognised by. */
export interface Evidence {
  readonly network: Network;
  readonly dataset: Dataset;
  /** Whether there was a training. */
  readonly trained: boolean;
  readonly optimizer: string;
  /** η; undefined for optimizers that find the length of their steps themselves. */
  readonly learningRate: number | undefined;
  readonly epochs: number;
  /** The network before and after training, on a sample of the data; the same where there was none. */
  readonly start: Reading;
  readonly end: Reading;
  readonly history: FitResult['history'];
  readonly ending: FitResult['ending'] | undefined;
  readonly divergedAt: FitResult['divergedAt'];
  readonly bestEpoch: number | undefined;
  /**
   * How much of what there is to learn the network has learnt, on training data: 0 for always the commonest class or the
   * mean, 1 for every answer right. For numbers it is R².
   */
  readonly skill: number;
  /** The same on validation data after the epoch that the network is from. */
  readonly validationSkill: number | undefined;
  readonly validationSamples: number;
  /** ‖w_end − w_start‖ / ‖w_start‖ over all weights. */
  readonly movement: number;
  readonly columns: readonly ColumnReading[];
  readonly classes: readonly ClassReading[] | undefined;
}

/** Samples that layers are read on: shares to half a percent, in a few milliseconds. */
const mostSamples = 256;

/** Multiplications of one forward pass that may be spent on them all: about a tenth of a second for the reference. */
const mostWork = 3e7;

/** Fewer samples than this say nothing of dead neurons. */
const fewestSamples = 32;

function samplesFor({ input, layers, parameters }: Network): number {
  const work = layerShapes(input, layers)
    .slice(1)
    .map((shape, index) => ((parameters[`layers.${index}.weight`]?.data.length ?? 0) / shape[0]) * sizeOf(shape))
    .reduce((total, one) => total + one, 0);
  return Math.max(fewestSamples, Math.min(mostSamples, Math.floor(mostWork / work)));
}

/** Samples that the skill is measured on. */
const mostScored = 5000;

/** Collects the evidence of a case. */
export function collect({ network, data, options = {}, result }: Case): Evidence {
  const dataset = fittingDataset(network, data);
  const rows = spread(dataset.samples.inputs.count, samplesFor(network));
  const trainedNetwork = result?.network ?? network;
  const { optimizer, classWeights: given } = options;
  const { classWeights, weights } = given === undefined ? {} : weightingOf(network, dataset, given);
  const samples = samplesForLoss(network, dataset, weights);
  const start = readNetwork(network, samples, rows, classWeights);
  const end = result === undefined ? start : readNetwork(trainedNetwork, samples, rows, classWeights);
  const part = dataset.samples.inputs.count > mostScored ? sampleOf(dataset, mostScored) : dataset;
  const scores = evaluate(trainedNetwork, part, options.backend === undefined ? {} : { backend: options.backend });
  const history = result?.history ?? [];
  const kept = history.find(({ epoch }) => epoch === result?.bestEpoch) ?? history.at(-1);
  const validation = options.validation && fittingDataset(network, options.validation);
  return {
    network,
    dataset,
    trained: result !== undefined,
    optimizer: optimizer?.name ?? 'sgd',
    learningRate: rateOf(network, optimizer),
    epochs: options.epochs ?? 30,
    start,
    end,
    history,
    ending: result?.ending,
    divergedAt: result?.divergedAt,
    bestEpoch: result?.bestEpoch,
    skill: skillOf(scores, part, part),
    validationSkill: validation && kept?.validation ? skillOf(kept.validation, part, validation) : undefined,
    validationSamples: kept?.validation?.samples ?? 0,
    movement: movement(network, trainedNetwork),
    columns: readColumns(dataset),
    classes: classesOf(part, scores),
  };
}

function sampleOf(dataset: Dataset, most: number): Dataset {
  return subset(dataset, spread(dataset.samples.inputs.count, most));
}

function rateOf(network: Network, optimizer: FitOptions['optimizer']): number | undefined {
  if (optimizer === undefined) return network.learningRate ?? 0.1;
  return 'learningRate' in optimizer ? optimizer.learningRate : undefined;
}

function skillOf(scores: Evaluation, training: Dataset, part: Dataset): number {
  if ('r2' in scores) return Number.isNaN(scores.r2) ? Number.NEGATIVE_INFINITY : scores.r2;
  const trivial = baseline(training, part);
  const least = trivial.kind === 'mean' ? 0 : trivial.accuracy;
  return least === 1 ? scores.accuracy : (scores.accuracy - least) / (1 - least);
}

function movement(from: Network, to: Network): number {
  let [moved, size] = [0, 0];
  for (const [name, { data }] of Object.entries(from.parameters)) {
    if (!name.endsWith('.weight')) continue;
    const now = to.parameters[name].data;
    for (let i = 0; i < data.length; i++) {
      moved += (now[i] - data[i]) ** 2;
      size += data[i] ** 2;
    }
  }
  return size > 0 ? Math.sqrt(moved / size) : 0;
}

function classesOf(
  { samples: { targets }, classNames, task }: Dataset,
  scores: Evaluation,
): ClassReading[] | undefined {
  if (task !== 'classification' || !('confusion' in scores) || scores.confusion === undefined) return undefined;
  return scores.confusion.map((row, label) => {
    const count = row.reduce((a, b) => a + b, 0);
    return {
      name: classNames?.[label] ?? String(label),
      share: count / targets.count,
      recall: count === 0 ? 1 : row[label] / count,
    };
  });
}
