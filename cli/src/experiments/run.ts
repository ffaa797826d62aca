// Runs one experiment with one seed: hands it digits and trainings, and times it. What a training is, is course.ts's business.
import { createHash } from 'node:crypto';
import { availableParallelism, cpus, type } from 'node:os';
import { join } from 'node:path';
import type { Backend, Dataset, Network } from 'chainrule';
import { describeNetwork } from 'chainrule/formats';
import type { Context, Course, Digits, Experiment, Training } from '#experiments';
import { UsageError } from '../errors.ts';
import { clock, counted } from '../numbers.ts';
import { say } from '../output.ts';
import { TrainingBar } from '../progress.ts';
import { codeVersion, libraryDigest } from './code-version.ts';
import { Interrupted, type Notes, rounded, runCourse } from './course.ts';
import { between, type DigitSource, findDigits } from './digits.ts';
import type { Results, RunResult } from './results.ts';

/** How to run experiments. */
export interface RunOptions {
  readonly quick: boolean;
  readonly backend: Backend;
  readonly threads: number;
  readonly results: Results;
  readonly signal: AbortSignal;
  readonly quiet: boolean;
}

/** Digits that quick runs validate and test with. */
const quickCount = 1000;
/** How often a run that is not watched on a terminal tells where it is. */
const secondsBetweenLines = 60;

/**
 * Runs an experiment, and keeps its result.
 * @throws Interrupted where the signal stopped it; what was done is kept, and the same call goes on
 */
export async function runExperiment(experiment: Experiment, seed: number, options: RunOptions): Promise<RunResult> {
  const { quick, results, backend, threads } = options;
  const run = new Run(experiment, seed, options);
  const { figures, curves } = await experiment.run(run, quick);
  // One that was stopped within what it trains by itself came back early, with half of its figures.
  if (options.signal.aborted) throw new Interrupted();
  const wrong = Object.entries(figures).find(([, value]) => !Number.isFinite(value));
  if (wrong !== undefined)
    throw new UsageError(
      `${experiment.id}, seed ${seed}: the figure ${wrong[0]} is ${wrong[1]}; nothing was kept of it.`,
    );
  const result: RunResult = {
    seed,
    version: codeVersion(experiment),
    setting: experiment.settingOf(quick),
    ...(run.source && { data: run.source.name }),
    backend: backend.name,
    threads,
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${counted(availableParallelism(), 'core')}, ${type()}, Node ${process.versions.node}`,
    seconds: Number(run.seconds.toFixed(2)),
    figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value)])),
    ...(curves && {
      curves: Object.fromEntries(Object.entries(curves).map(([name, values]) => [name, values.map(rounded)])),
    }),
  };
  await results.add(experiment, quick, result);
  return result;
}

/** One run: what its experiment is handed. */
class Run implements Context {
  readonly seed: number;
  readonly backend: Backend;
  readonly signal: AbortSignal;
  source: DigitSource | undefined;
  private readonly begun = performance.now();
  /** Seconds of trainings before an interruption. */
  private earlier = 0;
  private readonly experiment: Experiment;
  private readonly options: RunOptions;

  constructor(experiment: Experiment, seed: number, options: RunOptions) {
    this.experiment = experiment;
    this.seed = seed;
    this.options = options;
    this.backend = options.backend;
    this.signal = options.signal;
  }

  get seconds(): number {
    return (performance.now() - this.begun) / 1000 + this.earlier;
  }

  digits = async (training = Number.POSITIVE_INFINITY): Promise<Digits> => {
    const { quick } = this.options;
    this.source ??= await findDigits(quick);
    const all = await this.source.read();
    const held = quick ? quickCount : Number.POSITIVE_INFINITY;
    return {
      training: between(all.training, 0, training),
      validation: between(all.validation, 0, held),
      test: between(all.test, 0, held),
    };
  };

  train = async (name: string, net: Network, digits: Digits, training: Training): Promise<Course> => {
    const { quick, results, signal, quiet } = this.options;
    const { id } = this.experiment;
    const title = `${id}, seed ${this.seed}, ${name}`;
    const bar = quiet ? undefined : new TrainingBar(training.epochs, digits.training.samples.inputs.count);
    const begun = performance.now();
    const tell = quiet ? () => {} : liner(title, training.epochs);
    try {
      const { course, seconds } = await runCourse(net, digits, training, {
        backend: this.backend,
        signal,
        file:
          training.keep === undefined
            ? join(results.unfinished(id, quick, this.seed), `${name}.safetensors`)
            : results.kept(training.keep, quick),
        identity: identityOf(net, digits, training, [
          libraryDigest(),
          this.backend.name,
          this.source?.name,
          // What other experiments use too is told by all else.
          training.keep === undefined && this.experiment.settingOf(quick),
        ]),
        onProgress: (progress) => bar?.update(progress),
        onEpoch: tell,
      });
      this.earlier += seconds - (performance.now() - begun) / 1000;
      return course;
    } finally {
      bar?.stop();
    }
  };
}

/** Tells now and then, off a terminal, where a training is. */
function liner(title: string, epochs: number): (epoch: number, notes: Notes) => void {
  let told = performance.now();
  const first = { epoch: 0, at: told };
  return (epoch, { test }) => {
    const now = performance.now();
    // How long an epoch takes is known when there is a second one.
    if (first.epoch === 0) {
      Object.assign(first, { epoch, at: now });
      return;
    }
    if (process.stderr.isTTY || now - told < secondsBetweenLines * 1000) return;
    told = now;
    const left = ((now - first.at) / 1000 / (epoch - first.epoch)) * (epochs - epoch);
    const accuracy = test.accuracy.at(-1);
    if (accuracy === undefined) say(`${title}: epoch ${epoch} of ${epochs}, ${clock(left)} left`);
    else say(`${title}: epoch ${epoch} of ${epochs}, ${accuracy.toFixed(2)} % of the test digits, ${clock(left)} left`);
  };
}

/** How many digits, and a few of them: those that were moved otherwise, or cut elsewhere, are others. */
function contentOf({ inputs, targets }: Dataset['samples']): readonly unknown[] {
  const { count, width, values } = inputs;
  const few = Array.from({ length: 16 }, (_, i) => Math.floor((i * count) / 16) * width);
  return [count, 'labels' in targets, ...few.map((start) => values.slice(start, start + width).join())];
}

/** What makes a training this one: all that its result depends on. */
function identityOf(net: Network, digits: Digits, training: Training, others: readonly unknown[]): string {
  const { optimizer, schedule, epochs, batch, patience, watch } = training;
  const { training: learned, validation, test } = digits;
  const facts = [
    describeNetwork(net, { parameters: false }),
    optimizer && [optimizer.name, 'learningRate' in optimizer && optimizer.learningRate, optimizer.settings],
    [schedule?.name, epochs, batch, patience, watch],
    [learned, validation, test].map(({ samples }) => contentOf(samples)),
    others,
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
