// What an experiment is: a question, a setting as data, a run, and what is claimed of the figures that come out. It runs none itself.
import type { Backend, Dataset, FitOptions, Network } from 'chainrule';

/** A sentence or name in both languages. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** A figure that a run gives. */
export interface Measure {
  readonly name: Text;
  readonly unit?: '%';
  /** What the book prints for it. */
  readonly published?: number;
  /** Whether it is held against the published one, as runs of luck are: best over the seeds, and the median. */
  readonly compared?: boolean;
}

/** Something claimed of the figures: of the medians where there are several seeds. */
export interface Claim<F extends string = string> {
  readonly says: Text;
  readonly holds: (figures: Readonly<Record<F, number>>) => boolean;
  /** Where it is claimed; in both unless given. */
  readonly of?: 'full' | 'quick';
}

/** A line of a chart: a curve of the run by its name, over another one or over 1, 2, 3 … */
export interface Line {
  readonly curve: string;
  readonly over?: string;
  readonly name: Text;
}

/** A figure of the book, drawn from a run's curves. */
export interface Chart {
  readonly title: Text;
  readonly x: Text;
  readonly y: Text;
  readonly lines: readonly Line[];
  readonly log?: 'x' | 'y' | 'both';
  /** The first value along x, where the curves are over 1, 2, 3 … */
  readonly from?: number;
}

/** What a run comes to. */
export interface Outcome<F extends string = string> {
  readonly figures: Readonly<Record<F, number>>;
  readonly curves?: Readonly<Record<string, readonly number[]>>;
}

/** The digits in the book's three parts. */
export interface Digits {
  readonly training: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}

/** What became of one part of the data, epoch by epoch: accuracy in percent, and the loss. */
export interface Watched {
  readonly accuracy: readonly number[];
  readonly loss: readonly number[];
}

/** A part of the digits. */
export type Part = keyof Digits;

/** The course of a training. */
export interface Course extends Readonly<Record<Part, Watched>> {
  readonly network: Network;
  /** The mean loss of each epoch's batches. */
  readonly loss: readonly number[];
  /** The learning rate of each epoch. */
  readonly rates: readonly number[];
  /** The best epoch's accuracy on the test digits, and the one of the epoch that was best on the validation digits. */
  readonly best: number;
  readonly chosen: number;
}

/** How to train: as `fit` is told, and what to look at after each epoch (the test digits unless given). */
export interface Training extends Pick<FitOptions, 'optimizer' | 'schedule' | 'patience'> {
  readonly epochs: number;
  readonly batch: number;
  readonly watch?: readonly Part[];
  /** Under what name the trained network is kept for other experiments, and found by them. */
  readonly keep?: string;
}

/** What a run is given. */
export interface Context {
  readonly seed: number;
  readonly backend: Backend;
  /** Stops what an experiment trains by itself. */
  readonly signal: AbortSignal;
  /** The book's parts of MNIST, or the first so many of the training digits. Quick runs have 1,000 to validate and test with. */
  digits(training?: number): Promise<Digits>;
  /** Trains a network, going on where an interrupted run stood. The name tells one training of a run from another. */
  train(name: string, net: Network, digits: Digits, training: Training): Promise<Course>;
}

/** An experiment as its file writes it; S is its setting, F the names of its figures. */
export interface Lesson<S extends object, F extends string> {
  readonly id: string;
  readonly chapter: string;
  readonly title: Text;
  readonly question: Text;
  readonly setting: S;
  /** What is smaller in a quick run. */
  readonly quick: Partial<S>;
  readonly measures: Readonly<Record<F, Measure>>;
  readonly run: (context: Context, setting: S) => Promise<Outcome<F>> | Outcome<F>;
  readonly claims: readonly Claim<F>[];
  readonly charts?: readonly Chart[];
  /** What to look at, and what one sees. */
  readonly sees: Text;
  /** How many seeds stand for it; 5 unless given. */
  readonly seeds?: number;
}

/** An experiment for those that run it. */
export interface Experiment extends Omit<Lesson<object, string>, 'run' | 'quick'> {
  readonly settingOf: (quick: boolean) => object;
  readonly run: (context: Context, quick: boolean) => Promise<Outcome>;
  /** The text of what runs: results of another are none of it. */
  readonly code: string;
}

/** Makes an experiment of a lesson. */
export function experiment<S extends object, F extends string>(lesson: Lesson<S, F>): Experiment {
  const settingOf = (quick: boolean): S => (quick ? { ...lesson.setting, ...lesson.quick } : lesson.setting);
  const run: Experiment['run'] = async (context, quick) => lesson.run(context, settingOf(quick));
  return { ...lesson, settingOf, run, code: String(lesson.run) };
}
