// The training loop: epochs of shuffled mini-batches, validation, early stopping, cancelling and divergence.
import { type Backend, type Executable, referenceBackend, type StepsResult } from '../backends/index.ts';
import type { Dataset } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { permutation, random, streams, type Tensor } from '../memory/index.ts';
import { type Network, type Parameters, withParameters } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { count, parseWith, seed as seedSchema, size } from '../options.ts';
import { compile, lower } from '../plan/index.ts';
import { type Evaluation, Evaluator, writeParameters } from './evaluate.ts';
import { allRows, fittingDataset, type TrainingData } from './training-data.ts';

/** How a network is trained. */
export interface FitOptions {
  /** Plain `sgd` with the network's learning rate unless given. */
  readonly optimizer?: Optimizer;
  /** How many times the data is gone through; 30 unless given. */
  readonly epochs?: number;
  /** Samples a step; 10 unless given. The last, smaller batch of an epoch is kept. */
  readonly batch?: number;
  /** Whether each epoch takes the samples in a new order; true unless given. */
  readonly shuffle?: boolean;
  /** Whether an epoch's last, smaller batch is left out; false unless given. */
  readonly dropLast?: boolean;
  /** Data to watch: evaluated after each epoch. */
  readonly validation?: TrainingData;
  /** Epochs without a better validation loss after which training stops with the best parameters; never unless given. */
  readonly patience?: number;
  /** What shuffling draws from; the network's seed unless given. */
  readonly seed?: number;
  /** What computes; float64 reference unless given. */
  readonly backend?: Backend;
  /** Stops training between chunks of steps; the result is the network so far. */
  readonly signal?: AbortSignal;
  /** Called between chunks of steps, at most about 20 times a second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Where training stands within an epoch. */
export interface Progress {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Samples of this epoch seen, and all of them. */
  readonly samples: number;
  readonly samplesPerEpoch: number;
  /** The mean loss of this epoch's batches so far. */
  readonly loss: number;
  readonly stepsPerSecond: number;
}

/** What an epoch came to. */
export interface Epoch {
  /** Counted from 1. */
  readonly epoch: number;
  /** The mean of its batches' losses, each before its step. */
  readonly loss: number;
  readonly validation: Evaluation | null;
  /** Seconds of optimisation, without evaluation. */
  readonly seconds: number;
  readonly steps: number;
  /** The network as it stands after the epoch. */
  readonly network: Network;
}

/** Why training ended. */
export type Ending = 'epochs' | 'patience' | 'aborted' | 'diverged';

/** What training came to. */
export interface FitResult {
  /** The trained network: the best by validation loss where patience was asked for, the last finite one where it diverged. */
  readonly network: Network;
  readonly history: readonly Omit<Epoch, 'network'>[];
  readonly ending: Ending;
  /** The step that met the first loss or made the first parameter that is no finite number, counted from 1 in its epoch. */
  readonly divergedAt?: { readonly epoch: number; readonly step: number };
  /** The epoch whose parameters the network has, where they were restored. */
  readonly bestEpoch?: number;
  readonly steps: number;
  /** Seconds of optimisation alone. */
  readonly seconds: number;
}

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
  const run = new Run(net, data, options);
  while (!run.over) {
    const epoch = await run.epoch();
    if (epoch !== undefined) yield epoch;
  }
  return run.result();
}

/** A chunk of steps that can be run again: the state it began in, its samples, and the number of its first step. */
interface Replay {
  readonly state: readonly [string, ArrayLike<number>][];
  readonly rows: Uint32Array;
  readonly firstStep: number;
  readonly steps: number;
}

/** One training in progress. */
class Run {
  private readonly net: Network;
  private readonly dataset: Dataset;
  private readonly validation: Dataset | undefined;
  private readonly settings: ReturnType<typeof settingsOf>;
  private readonly executable: Executable;
  private readonly evaluator: Evaluator;
  private readonly chunk = new Chunk();
  private readonly history: Omit<Epoch, 'network'>[] = [];
  private best: { loss: number; epoch: number; parameters: Parameters } | undefined;
  private ending: Ending | undefined;
  private divergedAt: FitResult['divergedAt'];
  private last: Replay | undefined;
  private steps = 0;
  private seconds = 0;

  constructor(net: Network, data: TrainingData, options: FitOptions) {
    this.net = net;
    this.settings = settingsOf(net, options);
    this.dataset = fittingDataset(net, data);
    this.validation = options.validation && fittingDataset(net, options.validation);
    if (this.settings.patience !== undefined && this.validation === undefined) {
      throw new ChainruleError(
        'bad-option',
        'patience needs validation data to watch; give validation, or leave patience out.',
      );
    }
    const { backend, optimizer, batch } = this.settings;
    const count = this.dataset.samples.inputs.count;
    if (this.settings.dropLast && batch > count) {
      throw new ChainruleError(
        'bad-option',
        `dropLast leaves no batch: there are ${count} samples and a batch has ${batch}; use a smaller batch.`,
      );
    }
    const plan = lower(compile(net, optimizer), { keep: ['loss'], carry: true });
    this.executable = backend.prepare(plan, Math.min(batch, count));
    writeParameters(this.executable, net.parameters);
    if (plan.places.has('learningRate')) this.executable.write('learningRate', [optimizer.learningRate]);
    this.evaluator = new Evaluator(net, backend);
    if (this.settings.epochs === 0) this.ending = 'epochs';
    if (this.settings.signal?.aborted) this.ending = 'aborted';
  }

  get over(): boolean {
    return this.ending !== undefined;
  }

  async epoch(): Promise<Epoch | undefined> {
    const epoch = this.history.length + 1;
    const order = this.order(epoch);
    const [stepsBefore, secondsBefore] = [this.steps, this.seconds];
    let [lossSum, seen] = [0, 0];
    while (seen < order.length && !this.over) {
      const result = this.advance(order.subarray(seen), epoch, this.steps - stepsBefore);
      lossSum += result.lossSum;
      seen += result.samples;
      if (result.diverged) return undefined;
      const stepsPerSecond = this.steps / this.seconds;
      const progress = {
        epoch,
        epochs: this.settings.epochs,
        samples: seen,
        samplesPerEpoch: order.length,
        loss: lossSum / seen,
        stepsPerSecond,
      };
      this.settings.onProgress?.(progress);
      await breathe();
      if (this.settings.signal?.aborted) this.ending = 'aborted';
    }
    if (seen < order.length) return undefined;
    if (!this.isFinite()) {
      this.diverge(epoch, this.steps - stepsBefore, (this.last?.steps ?? 0) - 1);
      return undefined;
    }
    return this.endOfEpoch(epoch, lossSum / seen, this.steps - stepsBefore, this.seconds - secondsBefore);
  }

  result(): FitResult {
    const { best, history, steps, seconds, divergedAt } = this;
    const restore = this.settings.patience !== undefined && best !== undefined;
    return {
      network: withParameters(this.net, restore && best ? best.parameters : this.parameters()),
      history,
      ending: this.ending ?? 'epochs',
      ...(divergedAt && { divergedAt }),
      ...(restore && best && { bestEpoch: best.epoch }),
      steps,
      seconds,
    };
  }

  /** Runs one chunk of steps; at a loss that is not finite, goes back to the parameters that gave the last finite one. */
  private advance(rest: Uint32Array, epoch: number, stepsInEpoch: number): StepsResult {
    const { batch } = this.settings;
    const before = this.last;
    const rows = rest.subarray(0, this.chunk.steps * batch);
    this.last = { state: this.snapshot(), rows, firstStep: this.steps + 1, steps: Math.ceil(rows.length / batch) };
    const start = performance.now();
    const result = this.executable.runSteps(this.dataset.samples, rows, batch, this.steps + 1);
    const elapsed = performance.now() - start;
    this.seconds += elapsed / 1000;
    this.chunk.took(result.steps, elapsed);
    this.steps += result.steps;
    if (result.diverged) {
      // The chunk's first step failed: the last finite loss is that of the last step of the chunk before.
      const fromBefore = result.steps === 1 && before !== undefined;
      if (fromBefore) this.last = before;
      this.diverge(epoch, stepsInEpoch + result.steps, fromBefore ? before.steps - 1 : result.steps - 2);
    }
    return result;
  }

  /** Ends training with the state after `steps` steps of the last chunk. */
  private diverge(epoch: number, step: number, steps: number): void {
    this.ending = 'diverged';
    this.divergedAt = { epoch, step };
    if (this.last === undefined) return;
    const { state, rows, firstStep } = this.last;
    for (const [name, values] of state) this.executable.write(name, values);
    const { batch } = this.settings;
    const finite = rows.subarray(0, Math.max(0, steps) * batch);
    this.executable.runSteps(this.dataset.samples, finite, batch, firstStep);
  }

  private snapshot(): [string, ArrayLike<number>][] {
    return this.executable.plan.program.carries.map(({ to }) => [to, this.executable.read(to)]);
  }

  private isFinite(): boolean {
    return Object.values(this.parameters()).every(({ data }) => data.every(Number.isFinite));
  }

  private endOfEpoch(epoch: number, loss: number, steps: number, seconds: number): Epoch {
    const network = withParameters(this.net, this.parameters());
    const validation = this.validation ? this.evaluator.evaluate(this.validation, network.parameters) : null;
    const record = { epoch, loss, validation, seconds, steps };
    this.history.push(record);
    if (validation !== null && validation.loss < (this.best?.loss ?? Number.POSITIVE_INFINITY)) {
      this.best = { loss: validation.loss, epoch, parameters: network.parameters };
    }
    const { epochs, patience } = this.settings;
    if (patience !== undefined && epoch - (this.best?.epoch ?? 0) >= patience) this.ending ??= 'patience';
    if (epoch >= epochs) this.ending ??= 'epochs';
    return { ...record, network };
  }

  private order(epoch: number): Uint32Array {
    const { shuffle, seed, dropLast, batch } = this.settings;
    const count = this.dataset.samples.inputs.count;
    const order = shuffle ? permutation(count, random(seed, streams.shuffle, epoch)) : allRows(this.dataset.samples);
    return dropLast ? order.subarray(0, count - (count % batch)) : order;
  }

  private parameters(): Parameters {
    const { plan } = this.executable;
    const entries = Object.entries(this.net.parameters).map(([name, tensor]): [string, Tensor] => [
      name,
      plan.places.has(name) ? { shape: tensor.shape, data: this.executable.read(name) } : tensor,
    ]);
    return Object.fromEntries(entries);
  }
}

function settingsOf(net: Network, options: FitOptions) {
  const { patience, signal, onProgress } = options;
  return {
    optimizer: options.optimizer ?? sgd(net.learningRate === undefined ? {} : { learningRate: net.learningRate }),
    epochs: parseWith(count, options.epochs ?? 30, 'epochs'),
    batch: parseWith(size, options.batch ?? 10, 'batch'),
    shuffle: options.shuffle ?? true,
    dropLast: options.dropLast ?? false,
    seed: parseWith(seedSchema, options.seed ?? net.seed, 'seed'),
    backend: options.backend ?? referenceBackend(),
    patience: patience === undefined ? undefined : parseWith(size, patience, 'patience'),
    signal,
    onProgress,
  };
}

/** How many steps to run without letting go of the event loop: as many as take about 40 ms. */
class Chunk {
  steps = 1;

  took(steps: number, milliseconds: number): void {
    const perStep = Math.max(milliseconds, 0.01) / steps;
    this.steps = Math.max(1, Math.min(this.steps * 8, Math.floor(40 / perStep)));
  }
}

/** Lets timers, input and cancelling have their turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });
}
