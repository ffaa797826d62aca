// Training by a full-batch method, an iteration an epoch, in float64 on the reference backend.
import { referenceBackend } from '../backends/index.ts';
import type { Dataset } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { type Network, type Parameters, withParameters } from '../network/index.ts';
import { count, parseWith, size } from '../options.ts';
import { breathe } from './breathe.ts';
import { weightingOf } from './class-weights.ts';
import { Evaluator } from './evaluate.ts';
import { isFinitePoint } from './minimizer.ts';
import { Objective } from './objective.ts';
import type { Ending, Epoch, EpochRecord, FitOptions, FitResult, FullBatchOptimizer } from './training.ts';
import {
  fittingDataset,
  requireSomeWeight,
  requireWatched,
  samplesForLoss,
  type TrainingData,
} from './training-data.ts';

/** A full-batch method with the loop that trains by it. */
export function fullBatch(method: Omit<FullBatchOptimizer, 'train'>): FullBatchOptimizer {
  return { ...method, train: (net, data, options) => fitFullBatch(net, data, method, options) };
}

/**
 * Trains like `fitEpochs`; how batches are made and what computes them has no meaning here.
 * @throws ChainruleError `bad-option` with a schedule or another technique of mini-batches, `unsupported` for a network or loss that the method cannot take
 */
async function* fitFullBatch(
  net: Network,
  data: TrainingData,
  method: Omit<FullBatchOptimizer, 'train'>,
  options: FitOptions,
): AsyncGenerator<Epoch, FitResult> {
  const { epochs, patience, trainingScores, signal, onProgress } = settingsOf(method, options);
  const dataset = fittingDataset(net, data);
  if (dataset.stream !== undefined) {
    throw new ChainruleError(
      'unsupported',
      `${method.name} sees all samples at once, and these are streamed; use a mini-batch optimizer such as adam.`,
    );
  }
  const validation = options.validation && fittingDataset(net, options.validation);
  const evaluator = new Evaluator(net, referenceBackend());
  const samples = dataset.samples.inputs.count;
  const history: EpochRecord[] = [];
  let best: { loss: number; epoch: number; parameters: Parameters } | undefined;
  let ending: Ending | undefined;

  const start = performance.now();
  const { classWeights, weights } = options.classWeights ? weightingOf(net, dataset, options.classWeights) : {};
  const weighted = samplesForLoss(net, dataset, weights);
  requireSomeWeight(weighted);
  const objective = new Objective(net, weighted, classWeights);
  const minimizer = method.minimize(objective);
  let seconds = (performance.now() - start) / 1000;
  const parameters = () => objective.parameters(minimizer.point.weights);
  // Only the beginning can be no number: methods refuse steps to where one would be.
  if (!isFinitePoint(minimizer.point)) ending = 'diverged';
  else if (epochs === 0) ending = 'epochs';

  while (ending === undefined && !signal?.aborted) {
    const { loss } = minimizer.point;
    const epoch = history.length + 1;
    const began = performance.now();
    if (!minimizer.iterate()) {
      ending = 'converged';
      break;
    }
    const took = (performance.now() - began) / 1000;
    seconds += took;
    const scores = (of: Dataset) => evaluator.evaluate(of, parameters());
    const watched = validation ? scores(validation) : null;
    const training = trainingScores && { training: scores(dataset) };
    history.push({ epoch, loss, validation: watched, ...training, seconds: took, steps: 1 });
    if (watched !== null && watched.loss < (best?.loss ?? Number.POSITIVE_INFINITY)) {
      best = { loss: watched.loss, epoch, parameters: parameters() };
    }
    if (patience !== undefined && epoch - (best?.epoch ?? 0) >= patience) ending = 'patience';
    else if (epoch >= epochs) ending = 'epochs';
    onProgress?.({ epoch, epochs, samples, samplesPerEpoch: samples, loss, stepsPerSecond: epoch / seconds });
    yield { ...history[epoch - 1], network: withParameters(net, parameters()) };
    await breathe();
  }

  const restored = patience === undefined ? undefined : best;
  return {
    network: withParameters(net, restored?.parameters ?? parameters()),
    history,
    ending: ending ?? 'aborted',
    ...(ending === 'diverged' && { divergedAt: { epoch: 1, step: 1 } }),
    ...(restored && { bestEpoch: restored.epoch }),
    steps: history.length,
    seconds,
    execution: { backend: 'reference', threads: 1, fallbacks: [] },
  };
}

function settingsOf({ name }: Pick<FullBatchOptimizer, 'name'>, options: FitOptions) {
  if (options.schedule !== undefined) {
    throw new ChainruleError(
      'bad-option',
      `${name} finds the length of its steps itself, so that it takes no schedule; leave the schedule out.`,
    );
  }
  const { augment, noise, smoothLabels, resume, onStep } = options;
  const ignored = Object.entries({ augment, noise, smoothLabels, resume, onStep }).find(
    ([, value]) => value !== undefined,
  );
  if (ignored !== undefined) {
    throw new ChainruleError(
      'bad-option',
      `${name} takes no ${ignored[0]}; leave it out, or use a mini-batch optimizer such as adam.`,
    );
  }
  requireWatched(options);
  return {
    epochs: parseWith(count, options.epochs ?? 30, 'epochs'),
    patience: options.patience === undefined ? undefined : parseWith(size, options.patience, 'patience'),
    trainingScores: options.trainingScores ?? false,
    signal: options.signal,
    onProgress: options.onProgress,
  };
}
