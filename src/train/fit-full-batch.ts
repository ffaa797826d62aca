// Training by a full-batch method, an iteration an epoch, in float64 on the reference backend.
import { referenceBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import { type Network, type Parameters, withParameters } from '../network/index.ts';
import { count, parseWith, size } from '../options.ts';
import { breathe } from './breathe.ts';
import { classWeightsOf } from './class-weights.ts';
import { Evaluator } from './evaluate.ts';
import type { FullBatchOptimizer } from './minimizer.ts';
import { Objective } from './objective.ts';
import type { Ending, Epoch, FitOptions, FitResult } from './training.ts';
import { fittingDataset, requireTargets, requireWatched, type TrainingData } from './training-data.ts';

/**
 * Trains like `fitEpochs`; how batches are made and what computes them has no meaning here.
 * @throws ChainruleError `bad-option` with a schedule or another technique of mini-batches, `unsupported` for a network or loss that the method cannot take
 */
export async function* fitFullBatch(
  net: Network,
  data: TrainingData,
  optimizer: FullBatchOptimizer,
  options: FitOptions,
): AsyncGenerator<Epoch, FitResult> {
  const { epochs, patience, signal, onProgress } = settingsOf(optimizer, options);
  const dataset = fittingDataset(net, data);
  requireTargets(net, dataset);
  const validation = options.validation && fittingDataset(net, options.validation);
  const evaluator = new Evaluator(net, referenceBackend());
  const samples = dataset.samples.inputs.count;
  const history: Omit<Epoch, 'network'>[] = [];
  let best: { loss: number; epoch: number; parameters: Parameters } | undefined;
  let ending: Ending | undefined;

  const start = performance.now();
  const weights = options.classWeights && classWeightsOf(dataset, options.classWeights);
  const objective = new Objective(net, dataset, weights);
  const minimizer = optimizer.minimize(objective);
  let seconds = (performance.now() - start) / 1000;
  const parameters = () => objective.parameters(minimizer.point.weights);
  if (!Number.isFinite(minimizer.point.loss)) ending = 'diverged';
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
    const scores = validation ? evaluator.evaluate(validation, parameters()) : null;
    history.push({ epoch, loss, validation: scores, seconds: took, steps: 1 });
    if (scores !== null && scores.loss < (best?.loss ?? Number.POSITIVE_INFINITY)) {
      best = { loss: scores.loss, epoch, parameters: parameters() };
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

function settingsOf({ name }: FullBatchOptimizer, options: FitOptions) {
  if (options.schedule !== undefined) {
    throw new ChainruleError(
      'bad-option',
      `${name} finds the length of its steps itself, so that it takes no schedule; leave the schedule out.`,
    );
  }
  const { augment, noise, smoothLabels, resume } = options;
  const ignored = Object.entries({ augment, noise, smoothLabels, resume }).find(([, value]) => value !== undefined);
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
    signal: options.signal,
    onProgress: options.onProgress,
  };
}
