// Training, as people call it: to the end with `fit`, epoch by epoch with `fitEpochs`. What an epoch is, is run.ts's business.
import type { Dataset } from '../data/index.ts';
import type { Network } from '../network/index.ts';
import { Run } from './run.ts';
import type { BatchOptions } from './run-settings.ts';
import type { Techniques } from './techniques.ts';
import { type Epoch, type FitOptions, type FitResult, isFullBatch } from './training.ts';
import { fittingDataset, type TrainingData } from './training-data.ts';

export type { Ending, Epoch, EpochRecord, Execution, FitOptions, FitResult, Progress, StepRecord } from './training.ts';

/**
 * Trains a network and returns the trained one; the given one stays as it is.
 * @example
 * const { network: trained, history } = await fit(net, { inputs, targets }, { epochs: 100, optimizer: adam() });
 * @throws ChainruleError where data, network and options do not fit together
 */
export async function fit(net: Network, data: TrainingData, options: FitOptions = {}): Promise<FitResult> {
  const epochs = fitEpochs(net, data, options);
  for (;;) {
    const next = await epochs.next();
    if (next.done) return next.value;
  }
}

/**
 * Trains like {@link fit}, handing out each epoch as it ends; leaving the loop stops training.
 * @example
 * for await (const { epoch, loss, network } of fitEpochs(net, data)) if (loss < 0.01) break;
 */
export async function* fitEpochs(
  net: Network,
  data: TrainingData,
  options: FitOptions = {},
): AsyncGenerator<Epoch, FitResult> {
  const { optimizer } = options;
  if (optimizer !== undefined && isFullBatch(optimizer)) return yield* optimizer.train(net, data, options);
  const dataset = fittingDataset(net, data);
  const batchOptions = { ...options, optimizer };
  const run = new Run(net, dataset, batchOptions, await techniquesFor(net, dataset, batchOptions));
  try {
    while (!run.over) {
      const epoch = await run.epoch();
      if (epoch !== undefined) yield epoch;
    }
    return run.result();
  } finally {
    run.dispose();
  }
}

/** Only those who ask for a technique load it. */
async function techniquesFor(net: Network, dataset: Dataset, options: BatchOptions): Promise<Techniques> {
  const { augment, noise, smoothLabels, classWeights } = options;
  if ((augment ?? noise ?? smoothLabels ?? classWeights) === undefined) return {};
  const { techniquesOf } = await import('./techniques.ts');
  return techniquesOf(net, dataset, options);
}
