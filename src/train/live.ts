// A training that is steered while it runs: played, held, taken step by step, and looked at. Its arithmetic is that of `fit`.
import { autoBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import { type Network, type Parameters, withParameters } from '../network/index.ts';
import { breathe } from './breathe.ts';
import { type LiveScores, Readings, type View } from './live-readings.ts';
import type { Quantities } from './quantities.ts';
import { Run } from './run.ts';
import { type Ending, type Execution, type FitOptions, isFullBatch } from './training.ts';
import { fittingDataset, type TrainingData } from './training-data.ts';

/** How a live training is set up: as by `fit`, but it ends when it is told to. */
export interface LiveOptions
  extends Pick<FitOptions, 'optimizer' | 'batch' | 'shuffle' | 'dropLast' | 'validation' | 'seed' | 'backend'> {
  /** What the training scores are taken on; the training data unless given. */
  readonly trainingSample?: TrainingData;
  /** What pictures show beside the scores, under names of one's own. */
  readonly views?: Readonly<Record<string, View>>;
}

/** How far a live training goes. */
export interface PlayOptions {
  /** Steps after which it is held; none unless given. */
  readonly steps?: number;
  /** The epoch at whose end it is held, counted from 1; none unless given. */
  readonly toEpoch?: number;
  /** The most steps a second; as many as can be unless given. */
  readonly stepsPerSecond?: number;
}

/** What a live training looks like at one moment. */
export interface Snapshot {
  /** The running epoch, counted from 1, and how many of its samples were seen. */
  readonly epoch: number;
  readonly samples: number;
  readonly samplesPerEpoch: number;
  /** Steps through all epochs, and the seconds they took. */
  readonly steps: number;
  readonly seconds: number;
  /** The mean loss of the batches since the last snapshot, each before its step; null where there were none. */
  readonly loss: number | null;
  readonly running: boolean;
  readonly ending?: Extract<Ending, 'diverged'>;
  /** The step that met the first loss or made the first parameter that is no finite number, counted from 1 in its epoch. */
  readonly divergedAt?: { readonly epoch: number; readonly step: number };
  readonly network: Network;
  /** What the optimizer carries beside the parameters, by its slots' names; only where training is held. */
  readonly state?: Parameters;
  /** The network's scores at this moment, where they were taken. */
  readonly scores?: LiveScores;
  /** The views' quantities at this moment, those that were taken. */
  readonly views: Readonly<Record<string, Quantities>>;
  readonly execution: Execution;
}

/** A training that goes as far as it is told. */
export interface LiveTraining {
  /** Goes on, from now on in this way. */
  play(options?: PlayOptions): void;
  /** Holds it after the steps that are being computed. */
  pause(): void;
  /**
   * The next snapshot, one look at a time: at once at first, then as soon as something has changed since the last. While training runs, scores and
   * views are left out of some, so that they take about a tenth of the time together; where it is held they are complete.
   */
  look(): Promise<Snapshot>;
  /** Ends it and gives its memory back; a look that waits is refused. */
  end(): void;
}

/** Milliseconds that steps are computed for before something else has its turn. */
const stretchLength = 12;

/** Milliseconds by which a training of a given speed may be behind. */
const mostLate = 1000;

/**
 * Begins a training on this thread that is held until it is told to play; `liveTrainingInWorker` of `chainrule/worker` is one
 * that leaves this thread free.
 * @example
 * const training = liveTraining(net, data, { optimizer: adam() });
 * training.play({ toEpoch: 10 });
 * for (let running = true; running; ) ({ running } = show(await training.look()));
 * @throws ChainruleError where data, network and options do not fit together
 */
export function liveTraining(net: Network, data: TrainingData, options: LiveOptions = {}): LiveTraining {
  return new Live(net, data, options);
}

class Live implements LiveTraining {
  private readonly net: Network;
  private readonly run: Run;
  private readonly readings: Readings;
  /** What it is to do, from which step on and since when. */
  private plan: (PlayOptions & { readonly from: number; since: number }) | undefined;
  private looking: { resolve(snapshot: Snapshot): void; reject(error: unknown): void } | undefined;
  private changed = true;
  private looping = false;
  private ended = false;
  private failure: unknown;
  private lossSum = 0;
  private lossSamples = 0;

  constructor(net: Network, data: TrainingData, { views = {}, trainingSample, ...options }: LiveOptions) {
    const { optimizer } = options;
    if (optimizer !== undefined && isFullBatch(optimizer)) {
      throw new ChainruleError(
        'unsupported',
        `${optimizer.name} sees all samples at once and has no steps to follow; train by a mini-batch optimizer such as adam.`,
      );
    }
    const dataset = fittingDataset(net, data);
    const backend = options.backend ?? autoBackend();
    this.net = net;
    this.run = new Run(net, dataset, { ...options, optimizer, backend, epochs: endless }, {}, stretchLength);
    this.readings = new Readings(net, backend, {
      training: trainingSample ?? dataset,
      validation: options.validation,
      views,
    });
  }

  play(options: PlayOptions = {}): void {
    if (this.ended || this.run.over) return;
    this.plan = { ...options, since: performance.now(), from: this.run.account.steps };
    this.changed = true;
    if (!this.looping) void this.loop();
  }

  pause(): void {
    if (this.plan === undefined) return;
    this.plan = undefined;
    this.changed = true;
    this.answer();
  }

  look(): Promise<Snapshot> {
    const failure = this.ended ? over() : this.failure;
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      this.looking = { resolve, reject };
      this.answer();
    });
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.plan = undefined;
    this.looking?.reject(over());
    this.looking = undefined;
    if (!this.looping) this.dispose();
  }

  private async loop(): Promise<void> {
    this.looping = true;
    try {
      while (this.plan !== undefined) {
        const due = this.stepsDue();
        if (due > 0) this.advance(due);
        this.answer();
        if (due > 0) await breathe();
        else await new Promise((resolve) => setTimeout(resolve, 10));
      }
    } catch (error) {
      this.plan = undefined;
      this.failure = error;
      this.looking?.reject(error);
      this.looking = undefined;
    }
    this.looping = false;
    if (this.ended) this.dispose();
  }

  /** How many steps may be taken at present. */
  private stepsDue(): number {
    if (this.plan === undefined) return 0;
    const { steps = endless, stepsPerSecond, since, from } = this.plan;
    const [now, taken] = [performance.now(), this.run.account.steps - from];
    const left = steps - taken;
    if (stepsPerSecond === undefined) return left;
    // What a computer asleep did not do is not made up for.
    const late = now - since - (1000 * taken) / stepsPerSecond - mostLate;
    if (late > 0) this.plan.since += late;
    return Math.min(left, Math.floor(((now - this.plan.since) / 1000) * stepsPerSecond) + 1 - taken);
  }

  /** Takes steps for as long as nothing else needs its turn, and holds training where the plan says so. */
  private advance(most: number): void {
    const start = performance.now();
    const first = this.run.account.steps;
    while (this.plan !== undefined && performance.now() - start < stretchLength) {
      const before = this.run.account.lossSum;
      const seen = this.run.progress().samples;
      const place = this.run.stretch(most - (this.run.account.steps - first));
      this.changed = true;
      if (place === 'failed') {
        this.plan = undefined;
        return;
      }
      this.lossSum += this.run.account.lossSum - before;
      const { epoch, samples } = this.run.progress();
      this.lossSamples += samples - seen;
      if (place === 'end') this.run.passOn();
      const taken = this.run.account.steps - this.plan.from;
      if (taken >= (this.plan.steps ?? endless) || (place === 'end' && epoch >= (this.plan.toEpoch ?? endless))) {
        this.plan = undefined;
      }
      if (this.run.account.steps - first >= most) return;
    }
  }

  private answer(): void {
    if (this.looking === undefined || !this.changed) return;
    const { resolve, reject } = this.looking;
    this.looking = undefined;
    this.changed = false;
    try {
      resolve(this.snapshot());
    } catch (error) {
      reject(error);
    }
  }

  private snapshot(): Snapshot {
    const { epoch, samples, samplesPerEpoch } = this.run.progress();
    const { steps, seconds } = this.run.account;
    const loss = this.lossSamples === 0 ? null : this.lossSum / this.lossSamples;
    [this.lossSum, this.lossSamples] = [0, 0];
    const running = this.plan !== undefined;
    const { ending, divergedAt, execution } = this.run.outcome();
    const network = withParameters(this.net, this.run.parameters());
    return {
      epoch,
      samples,
      samplesPerEpoch,
      steps,
      seconds,
      loss,
      running,
      ...(ending === 'diverged' && { ending }),
      ...(divergedAt && { divergedAt }),
      network,
      ...(!running && { state: this.run.carried() }),
      ...this.readings.take(network.parameters, !running),
      execution,
    };
  }

  private dispose(): void {
    this.run.dispose();
    this.readings.dispose();
  }
}

/** More epochs and steps than anyone waits for. */
const endless = Number.MAX_SAFE_INTEGER;

const over = () => new ChainruleError('bad-option', 'the live training is over; begin another one.');
