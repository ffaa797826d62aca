// The settings of a training in mini-batches: defaults, checks, and which of them a later training must share to go on from it.
import { autoBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import { type Network, requireBatch } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { count, parseWith, seed as seedSchema, size } from '../options.ts';
import type { FitOptions } from './training.ts';

/** Options of a training in mini-batches. */
export type BatchOptions = Omit<FitOptions, 'optimizer'> & { readonly optimizer: Optimizer | undefined };

/** Options with their defaults, checked. */
export type RunSettings = ReturnType<typeof settingsOf>;

/** @throws ChainruleError `bad-option` naming the first that does not fit */
export function settingsOf(net: Network, options: BatchOptions) {
  const { patience, signal, onProgress, onStep, schedule } = options;
  return {
    optimizer: options.optimizer ?? sgd(net.learningRate === undefined ? {} : { learningRate: net.learningRate }),
    epochs: parseWith(count, options.epochs ?? 30, 'epochs'),
    batch: parseWith(size, options.batch ?? 10, 'batch'),
    shuffle: options.shuffle ?? true,
    dropLast: options.dropLast ?? false,
    seed: parseWith(seedSchema, options.seed ?? net.seed, 'seed'),
    backend: options.backend ?? autoBackend(),
    patience: patience === undefined ? undefined : parseWith(size, patience, 'patience'),
    trainingScores: options.trainingScores ?? false,
    signal,
    onProgress,
    onStep,
    schedule,
  };
}

/**
 * Every batch of an epoch, the smaller last one too, must be large enough for the layers, and there must be one.
 * @throws ChainruleError `bad-option`
 */
export function requireBatches(net: Network, samples: number, { batch, dropLast }: RunSettings): void {
  if (dropLast && batch > samples) {
    throw new ChainruleError(
      'bad-option',
      `dropLast leaves no batch: there are ${samples} samples and a batch has ${batch}; use a smaller batch.`,
    );
  }
  requireBatch(net, Math.min(batch, samples), 'a batch', 'give more samples or a larger batch');
  const last = samples % batch;
  if (last === 0 || dropLast || samples < batch) return;
  requireBatch(net, last, "an epoch's last batch", 'use dropLast or another batch size');
}

/** What must be the same for a training that goes on to give what one without a stop gives. */
export function fixedSettings(settings: RunSettings, samples: number): Record<string, unknown> {
  const { optimizer, batch, shuffle, dropLast, seed, schedule } = settings;
  return {
    samples,
    optimizer: optimizer.name,
    ...optimizer.settings,
    learningRate: optimizer.learningRate,
    batch,
    shuffle,
    dropLast,
    seed,
    ...(schedule && { schedule: schedule.name }),
  };
}
