// One training in mini-batches: epochs of shuffled batches, validation, early stopping, cancelling and divergence.
import type { Executable, StepsResult } from '../backends/index.ts';
import { type Dataset, sampleCount } from '../data/index.ts';
import type { TrainingState } from '../formats/index.ts';
import { gatherWeights, type Samples, type Tensor } from '../memory/index.ts';
import { type Network, type Parameters, withParameters } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { breathe } from './breathe.ts';
import { Chunk, type Replay } from './chunk.ts';
import { stepsPerEpoch } from './epoch-order.ts';
import { Evaluator } from './evaluate.ts';
import { writeParameters } from './predictor.ts';
import { carriedTensors, epochRecords, restoreState } from './resume.ts';
import { type BatchOptions, fixedSettings, type RunSettings, requireBatches, settingsOf } from './run-settings.ts';
import type { Techniques } from './techniques.ts';
import type { Ending, Epoch, EpochRecord, FitResult, Progress } from './training.ts';
import { fittingDataset, requireSomeWeight, requireWatched, samplesForLoss } from './training-data.ts';
import { type Window, type Windows, windowsOf } from './windows.ts';

/** One training in progress. */
export class Run {
  private readonly net: Network;
  private readonly dataset: Dataset;
  private readonly windows: Windows;
  private readonly validation: Dataset | undefined;
  private readonly settings: RunSettings;
  private readonly executable: Executable;
  private readonly evaluator: Evaluator;
  private readonly chunk: Chunk;
  private readonly transform: Techniques['transform'];
  private readonly history: EpochRecord[] = [];
  /** Epochs that are over. */
  private passed = 0;
  /** What is at hand of the running epoch. */
  private window: Window | undefined;
  /** Samples of the running epoch seen, the sum of their losses, and the seconds that took. */
  private position = { samples: 0, lossSum: 0, seconds: 0 };
  private best: { loss: number; epoch: number; parameters: Parameters } | undefined;
  private ending: Ending | undefined;
  private divergedAt: FitResult['divergedAt'];
  private last: Replay | undefined;
  private rate: number | undefined;
  private steps = 0;
  private seconds = 0;

  /**
   * @param chunk milliseconds between pauses for breath; 40 unless given
   * @throws ChainruleError where data, network and options do not fit together
   */
  constructor(net: Network, dataset: Dataset, options: BatchOptions, techniques: Techniques, chunk?: number) {
    this.net = net;
    this.chunk = new Chunk(chunk);
    this.settings = settingsOf(net, options);
    this.dataset = dataset;
    const samples = samplesForLoss(net, dataset, techniques.weights);
    this.windows = windowsOf({ ...dataset, samples }, this.settings, (part) =>
      samplesForLoss(net, fittingDataset(net, { ...dataset, samples: part })),
    );
    this.validation = options.validation && fittingDataset(net, options.validation);
    requireWatched(options);
    requireSomeWeight(samples);
    requireBatches(net, this.count, this.settings);
    this.transform = techniques.transform;
    const { backend, optimizer, batch, seed, epochs, signal } = this.settings;
    const { classWeights } = techniques;
    const weighting = { classWeights, sampleWeights: samples.weights !== undefined };
    // Masks are drawn from the same seed as the order of samples.
    const plan = lower(compile({ ...net, seed }, optimizer, weighting), { keep: ['loss'], carry: true });
    this.executable = backend.prepare(plan, Math.min(batch, this.count));
    writeParameters(this.executable, net.parameters);
    if (plan.places.has('learningRate')) this.executable.write('learningRate', [optimizer.learningRate]);
    this.evaluator = new Evaluator(net, backend);
    if (options.resume !== undefined) this.goOnFrom(options.resume);
    if (this.passed >= epochs) this.ending = 'epochs';
    if (signal?.aborted) this.ending = 'aborted';
  }

  get over(): boolean {
    return this.ending !== undefined;
  }

  /** Trains to the end of the epoch; undefined where training ended within it. */
  async epoch(): Promise<Epoch | undefined> {
    while (!this.over) {
      const place = this.stretch();
      if (place === 'failed') return undefined;
      this.settings.onProgress?.(this.progress());
      await breathe();
      if (this.settings.signal?.aborted) this.ending = 'aborted';
      if (place === 'end') return this.endOfEpoch();
    }
    return undefined;
  }

  /**
   * Trains on for a chunk of steps: at most so many, and at most to the end of the epoch, which is then the caller's to close
   * by {@link passOn}.
   */
  stretch(most = Number.POSITIVE_INFINITY): 'within' | 'end' | 'failed' {
    const epoch = this.passed + 1;
    const { samples } = this.position;
    if (this.window === undefined && !this.scheduleRate(epoch, this.steps + 1)) return 'failed';
    if (this.window === undefined || samples >= this.window.from + this.window.rows.length)
      this.window = this.windows(epoch, samples);
    const result = this.advance(this.window, epoch, most);
    if (result.diverged || result.steps === 0) return 'failed';
    if (this.position.samples < this.samplesPerEpoch) return 'within';
    if (this.isFinite()) return 'end';
    this.diverge(epoch, this.stepsInEpoch, (this.last?.steps ?? 0) - 1);
    return 'failed';
  }

  /** Begins the next epoch. */
  passOn(): void {
    this.passed++;
    this.window = undefined;
    this.position = { samples: 0, lossSum: 0, seconds: 0 };
  }

  /** Where training stands within its epoch. */
  progress(): Progress {
    const { steps, seconds, position } = this;
    return {
      epoch: this.passed + 1,
      epochs: this.settings.epochs,
      samples: position.samples,
      samplesPerEpoch: this.samplesPerEpoch,
      loss: position.lossSum / position.samples,
      stepsPerSecond: steps / seconds,
    };
  }

  /** Steps so far and the seconds they took, and the sum of losses over the running epoch's samples so far. */
  get account(): { readonly steps: number; readonly seconds: number; readonly lossSum: number } {
    return { steps: this.steps, seconds: this.seconds, lossSum: this.position.lossSum };
  }

  /** What the optimizer carries from step to step beside the parameters: velocities, moments. */
  carried(): Parameters {
    return carriedTensors(this.executable);
  }

  /** Why it ended and where, as far as it did, and what computed. */
  outcome(): Pick<FitResult, 'divergedAt' | 'execution'> & { readonly ending: Ending | undefined } {
    const { ending, divergedAt, executable, settings } = this;
    const { threads, fallbacks } = executable;
    const execution = { backend: settings.backend.name, threads, fallbacks };
    return { ending, ...(divergedAt && { divergedAt }), execution };
  }

  result(): FitResult {
    const { best, history, steps, seconds } = this;
    const { ending, ...outcome } = this.outcome();
    const restore = this.settings.patience !== undefined && best !== undefined;
    return {
      network: withParameters(this.net, restore && best ? best.parameters : this.parameters()),
      history,
      ending: ending ?? 'epochs',
      ...(restore && best && { bestEpoch: best.epoch }),
      steps,
      seconds,
      ...outcome,
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
    return {
      epoch: this.passed,
      position: this.position,
      steps: this.steps,
      tensors: { ...this.parameters(), ...carriedTensors(this.executable) },
      ...(this.best && { best: this.best }),
      history: [...this.history],
      settings: fixedSettings(this.settings, this.count),
    };
  }

  private goOnFrom(state: TrainingState): void {
    restoreState(this.executable, state, fixedSettings(this.settings, this.count));
    const { epoch, position, steps, best } = state;
    this.history.push(...epochRecords(state));
    this.passed = epoch;
    this.position = position;
    this.steps = steps;
    this.seconds = this.history.reduce((sum, { seconds }) => sum + seconds, position.seconds);
    this.best = best;
    const { patience } = this.settings;
    if (patience !== undefined && epoch > 0 && epoch - (best?.epoch ?? 0) >= patience) this.ending = 'patience';
  }

  /** Runs one chunk of steps; at a loss that is not finite, goes back to the parameters that gave the last finite one. */
  private advance(window: Window, epoch: number, most: number): StepsResult {
    const { batch } = this.settings;
    const before = this.last;
    const rest = window.rows.subarray(this.position.samples - window.from);
    const rows = rest.subarray(0, Math.min(this.chunk.steps, most) * batch);
    const firstStep = this.steps + 1;
    const steps = Math.ceil(rows.length / batch);
    this.last = { restore: this.executable.checkpoint(), window, rows, firstStep, steps, epoch };
    const stepsBefore = this.stepsInEpoch;
    const start = performance.now();
    const result = this.runSteps(window, rows, firstStep, epoch, this.position.lossSum);
    const elapsed = performance.now() - start;
    this.chunk.took(result.steps, elapsed);
    this.steps += result.steps;
    this.seconds += elapsed / 1000;
    this.position = {
      samples: this.position.samples + result.samples,
      lossSum: result.lossSum,
      seconds: this.position.seconds + elapsed / 1000,
    };
    if (result.diverged) {
      // The chunk's first step failed: the last finite loss is that of the last step of the chunk before.
      const fromBefore = result.steps === 1 && before !== undefined;
      if (fromBefore) this.last = before;
      this.diverge(epoch, stepsBefore + result.steps, fromBefore ? before.steps - 1 : result.steps - 2);
    }
    return result;
  }

  /** Ends training with the state after `steps` steps of the last chunk. */
  private diverge(epoch: number, step: number, steps: number): void {
    this.ending = 'diverged';
    this.divergedAt = { epoch, step };
    if (this.last === undefined) return;
    const { window, rows, firstStep, epoch: replayed } = this.last;
    this.last.restore();
    const finite = rows.subarray(0, Math.max(0, steps) * this.settings.batch);
    this.scheduleRate(replayed, firstStep);
    this.runSteps(window, finite, firstStep, replayed);
  }

  /** Runs steps on these rows: at once, or one by one where the rate changes from step to step or each is to be told. */
  private runSteps(window: Window, rows: Uint32Array, firstStep: number, epoch: number, sum = 0): StepsResult {
    const { batch, schedule, onStep } = this.settings;
    const samples = this.samplesOf(window, rows, epoch);
    const order = this.transform ? rows.map((_, i) => i) : rows;
    const byStep = schedule?.every === 'step' || onStep !== undefined;
    if (!byStep) return this.executable.runSteps(samples, order, batch, firstStep, sum);
    let [steps, lossSum, seen] = [0, sum, 0];
    for (let start = 0; start < order.length; start += batch) {
      if (!this.scheduleRate(epoch, firstStep + steps)) break;
      const rows = order.subarray(start, start + batch);
      const one = this.executable.runSteps(samples, rows, batch, firstStep + steps, lossSum);
      steps += one.steps;
      lossSum = one.lossSum;
      seen += one.samples;
      onStep?.({ step: firstStep + steps - 1, loss: this.executable.read('loss')[0] });
      if (one.diverged) return { steps, lossSum, samples: seen, diverged: true };
    }
    return { steps, lossSum, samples: seen, diverged: false };
  }

  /** Samples as they are held, or where they are changed, these rows as they are in this epoch. */
  private samplesOf({ samples, from }: Window, rows: Uint32Array, epoch: number): Samples {
    const { transform } = this;
    if (transform === undefined) return samples;
    // What is drawn for a sample must not come again for one of another window.
    const numbers = from === 0 ? rows : rows.map((row) => from + row);
    const changed = transform.apply(samples, numbers, epoch, this.settings.seed, rows);
    return samples.weights === undefined ? changed : { ...changed, weights: gatherWeights(samples.weights, rows) };
  }

  /** Sets the learning rate of a step as the schedule says; false where it ends training. */
  private scheduleRate(epoch: number, step: number): boolean {
    const { schedule, epochs, optimizer } = this.settings;
    if (schedule === undefined) return true;
    const history = this.history.slice(0, epoch - 1);
    const steps = epochs * stepsPerEpoch({ ...this.settings, count: this.count });
    const factor = schedule.factor({ epoch, epochs, step, steps, history });
    if (factor === null) {
      this.ending ??= 'schedule';
      return false;
    }
    this.rate = optimizer.learningRate * factor;
    if (this.executable.plan.places.has('learningRate')) this.executable.write('learningRate', [this.rate]);
    return true;
  }

  private get count(): number {
    return sampleCount(this.dataset);
  }

  private get samplesPerEpoch(): number {
    const { batch, dropLast } = this.settings;
    return dropLast ? this.count - (this.count % batch) : this.count;
  }

  /** Whole steps of the running epoch. */
  private get stepsInEpoch(): number {
    return Math.ceil(this.position.samples / this.settings.batch);
  }

  private isFinite(): boolean {
    return Object.values(this.parameters()).every(({ data }) => data.every(Number.isFinite));
  }

  private endOfEpoch(): Epoch {
    const epoch = this.passed + 1;
    const { samples, lossSum, seconds } = this.position;
    const network = withParameters(this.net, this.parameters());
    const scores = (dataset: Dataset) => this.evaluator.evaluate(dataset, network.parameters);
    const validation = this.validation ? scores(this.validation) : null;
    const { epochs, patience, trainingScores } = this.settings;
    const record: EpochRecord = {
      epoch,
      loss: lossSum / samples,
      validation,
      ...(trainingScores && { training: scores(this.dataset) }),
      seconds,
      steps: this.stepsInEpoch,
      ...(this.rate !== undefined && { learningRate: this.rate }),
    };
    this.passOn();
    this.history.push(record);
    if (validation !== null && validation.loss < (this.best?.loss ?? Number.POSITIVE_INFINITY)) {
      this.best = { loss: validation.loss, epoch, parameters: network.parameters };
    }
    if (patience !== undefined && epoch - (this.best?.epoch ?? 0) >= patience) this.ending ??= 'patience';
    if (epoch >= epochs) this.ending ??= 'epochs';
    return { ...record, network, state: () => this.state() };
  }

  /** The parameters as they stand; what training does not touch keeps its own precision. */
  parameters(): Parameters {
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
