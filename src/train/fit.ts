// The training loop: epochs of shuffled mini-batches, validation, early stopping, cancelling and divergence.
import { autoBackend, type Executable, type StepsResult } from '../backends/index.ts';
import { augmenter, type Dataset, inputNoise, inTurn, labelSmoothing, type SampleTransform } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import type { TrainingState } from '../formats/index.ts';
import { permutation, random, sameShape, showShape, streams, type Tensor } from '../memory/index.ts';
import { type Network, type Parameters, requireBatch, withParameters } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { count, parseWith, seed as seedSchema, size } from '../options.ts';
import { compile, lower, slotOf } from '../plan/index.ts';
import { breathe } from './breathe.ts';
import { classWeightsOf } from './class-weights.ts';
import { Evaluator, writeParameters } from './evaluate.ts';
import { fitFullBatch } from './fit-full-batch.ts';
import { isFullBatch } from './minimizer.ts';
import type { Ending, Epoch, EpochRecord, FitOptions, FitResult } from './training.ts';
import { allRows, fittingDataset, requireTargets, requireWatched, type TrainingData } from './training-data.ts';

export type { Ending, Epoch, EpochRecord, Execution, FitOptions, FitResult, Progress } from './training.ts';

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
  if (optimizer !== undefined && isFullBatch(optimizer)) return yield* fitFullBatch(net, data, optimizer, options);
  const run = new Run(net, data, { ...options, optimizer });
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

/** A chunk of steps that can be run again: how to go back to its start, its samples, and the number of its first step. */
interface Replay {
  restore(): void;
  readonly rows: Uint32Array;
  readonly firstStep: number;
  readonly steps: number;
  readonly epoch: number;
}

/** Options of a training in mini-batches. */
type BatchOptions = Omit<FitOptions, 'optimizer'> & { readonly optimizer: Optimizer | undefined };

/** One training in progress. */
class Run {
  private readonly net: Network;
  private readonly dataset: Dataset;
  private readonly validation: Dataset | undefined;
  private readonly settings: ReturnType<typeof settingsOf>;
  private readonly executable: Executable;
  private readonly evaluator: Evaluator;
  private readonly chunk = new Chunk();
  private readonly transform: SampleTransform | undefined;
  private readonly history: EpochRecord[] = [];
  /** Samples of the running epoch seen, and the sum of their losses. */
  private position = { samples: 0, lossSum: 0 };
  private best: { loss: number; epoch: number; parameters: Parameters } | undefined;
  private ending: Ending | undefined;
  private divergedAt: FitResult['divergedAt'];
  private last: Replay | undefined;
  private rate: number | undefined;
  private steps = 0;
  private seconds = 0;

  constructor(net: Network, data: TrainingData, options: BatchOptions) {
    this.net = net;
    this.settings = settingsOf(net, options);
    this.dataset = fittingDataset(net, data);
    requireTargets(net, this.dataset);
    this.validation = options.validation && fittingDataset(net, options.validation);
    requireWatched(options);
    const { backend, optimizer, batch } = this.settings;
    const count = this.dataset.samples.inputs.count;
    if (this.settings.dropLast && batch > count) {
      throw new ChainruleError(
        'bad-option',
        `dropLast leaves no batch: there are ${count} samples and a batch has ${batch}; use a smaller batch.`,
      );
    }
    requireBatches(net, count, this.settings);
    this.transform = transformOf(this.dataset, options);
    const weights = options.classWeights && classWeightsOf(this.dataset, options.classWeights);
    // Masks are drawn from the same seed as the order of samples.
    const program = compile({ ...net, seed: this.settings.seed }, optimizer, { classWeights: weights });
    const plan = lower(program, { keep: ['loss'], carry: true });
    this.executable = backend.prepare(plan, Math.min(batch, count));
    writeParameters(this.executable, net.parameters);
    if (plan.places.has('learningRate')) this.executable.write('learningRate', [optimizer.learningRate]);
    this.evaluator = new Evaluator(net, backend);
    if (options.resume !== undefined) this.goOnFrom(options.resume);
    if (this.history.length >= this.settings.epochs) this.ending = 'epochs';
    if (this.settings.signal?.aborted) this.ending = 'aborted';
  }

  get over(): boolean {
    return this.ending !== undefined;
  }

  async epoch(): Promise<Epoch | undefined> {
    const epoch = this.history.length + 1;
    const order = this.order(epoch);
    if (!this.scheduleRate(epoch, this.steps + 1)) return undefined;
    const [stepsBefore, secondsBefore] = [this.steps, this.seconds];
    const stepsInEpoch = () => Math.ceil(this.position.samples / this.settings.batch);
    while (this.position.samples < order.length && !this.over) {
      const result = this.advance(order.subarray(this.position.samples), epoch, stepsInEpoch());
      const { lossSum } = result;
      const seen = this.position.samples + result.samples;
      this.position = { samples: seen, lossSum };
      if (result.diverged || result.steps === 0) return undefined;
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
    if (this.position.samples < order.length) return undefined;
    if (!this.isFinite()) {
      this.diverge(epoch, stepsInEpoch(), (this.last?.steps ?? 0) - 1);
      return undefined;
    }
    const { samples, lossSum } = this.position;
    this.position = { samples: 0, lossSum: 0 };
    return this.endOfEpoch(epoch, lossSum / samples, this.steps - stepsBefore, this.seconds - secondsBefore);
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
      execution: {
        backend: this.settings.backend.name,
        threads: this.executable.threads,
        fallbacks: this.executable.fallbacks,
      },
      ...(this.ending !== 'diverged' && { state: this.state() }),
    };
  }

  /** Gives the backend's memory back. */
  dispose(): void {
    this.executable.dispose();
    this.evaluator.dispose();
  }

  /** Everything a later training needs to go on from here. */
  private state(): TrainingState {
    const { plan } = this.executable;
    const tensors = plan.program.carries.map(({ to }): [string, Tensor] => [
      to,
      { shape: slotOf(plan.program, to).shape, data: this.executable.read(to) },
    ]);
    return {
      epoch: this.history.length,
      position: this.position,
      steps: this.steps,
      tensors: { ...this.parameters(), ...Object.fromEntries(tensors) },
      ...(this.best && { best: this.best }),
      history: [...this.history],
      settings: this.fixedSettings(),
    };
  }

  /** What must be the same for a training that goes on to give what one without a stop gives. */
  private fixedSettings(): Record<string, unknown> {
    const { optimizer, batch, shuffle, dropLast, seed, schedule } = this.settings;
    return {
      samples: this.dataset.samples.inputs.count,
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

  private goOnFrom({ epoch, position, steps, tensors, best, history, settings }: TrainingState): void {
    for (const [name, value] of Object.entries(this.fixedSettings())) {
      if (settings[name] === value) continue;
      throw new ChainruleError(
        'bad-option',
        `the training to resume had ${name} ${settings[name]}, not ${value}; give the same settings, or begin anew.`,
      );
    }
    for (const { to } of this.executable.plan.program.carries) {
      const { shape } = slotOf(this.executable.plan.program, to);
      if (!Object.hasOwn(tensors, to) || !sameShape(tensors[to].shape, shape)) {
        throw new ChainruleError(
          'bad-shape',
          `the training to resume has no ${to} of shape ${showShape(shape)}; it is one of another network.`,
        );
      }
    }
    for (const [name, { data }] of Object.entries(tensors)) {
      if (this.executable.plan.places.has(name)) this.executable.write(name, data);
    }
    this.history.push(...epochRecords(history, epoch));
    this.position = position;
    this.steps = steps;
    this.best = best;
    const { patience } = this.settings;
    if (patience !== undefined && epoch > 0 && epoch - (best?.epoch ?? 0) >= patience) this.ending = 'patience';
  }

  /** Runs one chunk of steps; at a loss that is not finite, goes back to the parameters that gave the last finite one. */
  private advance(rest: Uint32Array, epoch: number, stepsInEpoch: number): StepsResult {
    const { batch } = this.settings;
    const before = this.last;
    const rows = rest.subarray(0, this.chunk.steps * batch);
    const firstStep = this.steps + 1;
    this.last = {
      restore: this.executable.checkpoint(),
      rows,
      firstStep,
      steps: Math.ceil(rows.length / batch),
      epoch,
    };
    const start = performance.now();
    const result = this.runSteps(rows, firstStep, epoch, this.position.lossSum);
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
    const { rows, firstStep, epoch: replayed } = this.last;
    this.last.restore();
    const { batch } = this.settings;
    const finite = rows.subarray(0, Math.max(0, steps) * batch);
    this.scheduleRate(replayed, firstStep);
    this.runSteps(finite, firstStep, replayed);
  }

  /** Runs steps on these rows: at once, or one by one where the schedule changes the rate from step to step. */
  private runSteps(rows: Uint32Array, firstStep: number, epoch: number, sum = 0): StepsResult {
    const { batch, schedule, seed } = this.settings;
    const { transform } = this;
    const samples = transform ? transform.apply(this.dataset.samples, rows, epoch, seed) : this.dataset.samples;
    const order = transform ? rows.map((_, i) => i) : rows;
    if (schedule?.every !== 'step') return this.executable.runSteps(samples, order, batch, firstStep, sum);
    let [steps, lossSum, seen] = [0, sum, 0];
    for (let start = 0; start < order.length; start += batch) {
      if (!this.scheduleRate(epoch, firstStep + steps)) break;
      const rows = order.subarray(start, start + batch);
      const one = this.executable.runSteps(samples, rows, batch, firstStep + steps, lossSum);
      steps += one.steps;
      lossSum = one.lossSum;
      seen += one.samples;
      if (one.diverged) return { steps, lossSum, samples: seen, diverged: true };
    }
    return { steps, lossSum, samples: seen, diverged: false };
  }

  /** Sets the learning rate of a step as the schedule says; false where it ends training. */
  private scheduleRate(epoch: number, step: number): boolean {
    const { schedule, epochs, optimizer } = this.settings;
    if (schedule === undefined) return true;
    const history = this.history.slice(0, epoch - 1);
    const steps = epochs * this.stepsPerEpoch();
    const factor = schedule.factor({ epoch, epochs, step, steps, history });
    if (factor === null) {
      this.ending ??= 'schedule';
      return false;
    }
    this.rate = optimizer.learningRate * factor;
    if (this.executable.plan.places.has('learningRate')) this.executable.write('learningRate', [this.rate]);
    return true;
  }

  private stepsPerEpoch(): number {
    const { batch, dropLast } = this.settings;
    const batches = this.dataset.samples.inputs.count / batch;
    return dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  private isFinite(): boolean {
    return Object.values(this.parameters()).every(({ data }) => data.every(Number.isFinite));
  }

  private endOfEpoch(epoch: number, loss: number, steps: number, seconds: number): Epoch {
    const network = withParameters(this.net, this.parameters());
    const validation = this.validation ? this.evaluator.evaluate(this.validation, network.parameters) : null;
    const rate = this.rate === undefined ? {} : { learningRate: this.rate };
    const record = { epoch, loss, validation, seconds, steps, ...rate };
    this.history.push(record);
    if (validation !== null && validation.loss < (this.best?.loss ?? Number.POSITIVE_INFINITY)) {
      this.best = { loss: validation.loss, epoch, parameters: network.parameters };
    }
    const { epochs, patience } = this.settings;
    if (patience !== undefined && epoch - (this.best?.epoch ?? 0) >= patience) this.ending ??= 'patience';
    if (epoch >= epochs) this.ending ??= 'epochs';
    return { ...record, network, state: () => this.state() };
  }

  private order(epoch: number): Uint32Array {
    const { shuffle, seed, dropLast, batch } = this.settings;
    const count = this.dataset.samples.inputs.count;
    const order = shuffle ? permutation(count, random(seed, streams.shuffle, epoch)) : allRows(this.dataset.samples);
    return dropLast ? order.subarray(0, count - (count % batch)) : order;
  }

  /** The parameters as they stand; what training does not touch keeps its own precision. */
  private parameters(): Parameters {
    if (this.steps === 0) return this.net.parameters;
    const { plan } = this.executable;
    const trained = new Set(plan.program.carries.map(({ to }) => to));
    const entries = Object.entries(this.net.parameters).map(([name, tensor]): [string, Tensor] => [
      name,
      trained.has(name) ? { shape: tensor.shape, data: this.executable.read(name) } : tensor,
    ]);
    return Object.fromEntries(entries);
  }
}

function settingsOf(net: Network, options: BatchOptions) {
  const { patience, signal, onProgress, schedule } = options;
  return {
    optimizer: options.optimizer ?? sgd(net.learningRate === undefined ? {} : { learningRate: net.learningRate }),
    epochs: parseWith(count, options.epochs ?? 30, 'epochs'),
    batch: parseWith(size, options.batch ?? 10, 'batch'),
    shuffle: options.shuffle ?? true,
    dropLast: options.dropLast ?? false,
    seed: parseWith(seedSchema, options.seed ?? net.seed, 'seed'),
    backend: options.backend ?? autoBackend(),
    patience: patience === undefined ? undefined : parseWith(size, patience, 'patience'),
    signal,
    onProgress,
    schedule,
  };
}

/** What happens to samples each time they are trained on. */
function transformOf(dataset: Dataset, { augment, noise, smoothLabels }: BatchOptions): SampleTransform | undefined {
  const transforms = [
    ...(augment ? [augmenter(dataset.inputShape, augment)] : []),
    ...(noise ? [inputNoise(noise)] : []),
    ...(smoothLabels ? [labelSmoothing(smoothLabels)] : []),
  ];
  return transforms.length === 0 ? undefined : inTurn(transforms);
}

/** The epochs of a state, which files hold as plain data. */
function epochRecords(history: TrainingState['history'], epochs: number): EpochRecord[] {
  const records = history.filter(isEpochRecord);
  if (records.length === epochs) return records;
  throw new ChainruleError(
    'bad-data',
    `the training to resume has ${records.length} epochs on record where it ran ${epochs}; it is damaged.`,
  );
}

const isEpochRecord = (record: unknown): record is EpochRecord =>
  typeof record === 'object' && record !== null && 'epoch' in record && 'loss' in record && 'validation' in record;

/** Every batch of an epoch, the smaller last one too, must be large enough for the layers. */
function requireBatches(net: Network, count: number, { batch, dropLast }: ReturnType<typeof settingsOf>): void {
  requireBatch(net, Math.min(batch, count), 'a batch', 'give more samples or a larger batch');
  const last = count % batch;
  if (last === 0 || dropLast || count < batch) return;
  requireBatch(net, last, "an epoch's last batch", 'use dropLast or another batch size');
}

/** How many steps to run without letting go of the event loop: as many as take about 40 ms. */
class Chunk {
  steps = 1;

  took(steps: number, milliseconds: number): void {
    const perStep = Math.max(milliseconds, 0.01) / steps;
    this.steps = Math.max(1, Math.min(this.steps * 8, Math.floor(40 / perStep)));
  }
}
