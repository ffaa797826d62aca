// What a page and its training worker say to each other: plain data and typed arrays. Nothing here is code.
import type { Dataset } from '../data/index.ts';
import type { ErrorCode } from '../errors.ts';
import type { Attributes } from '../kernels/index.ts';
import type { Network } from '../network/index.ts';
import type { Clip } from '../optimizers/optimizer.ts';
import type { EpochRecord, FitOptions, FitResult, PlayOptions, Progress, Snapshot, schedules } from '../train/index.ts';

/** A network as its file describes it, with the numbers beside it. */
export interface SentNetwork {
  readonly description: Readonly<Record<string, unknown>>;
  readonly parameters: Network['parameters'];
}

/** An optimizer as its name and what makes it so. */
export interface SentOptimizer {
  readonly name: string;
  /** Its settings, the learning rate among them where it has one. */
  readonly settings: Attributes;
  readonly clip?: Clip;
}

/** A backend as its name. */
export interface SentBackend {
  readonly name: string;
  readonly threads?: number;
}

type Named<Name extends keyof typeof schedules> = { readonly name: Name } & NonNullable<
  Parameters<(typeof schedules)[Name]>[0]
>;

type Simple = Exclude<keyof typeof schedules, 'warmUp'>;

/** A schedule as its name and its settings: `{ name: 'cosine', least: 0.01 }`. */
export type ScheduleDescription = { [Name in Simple]: Named<Name> }[Simple] | WarmUpDescription;

/** A warm-up, and what follows it. */
export interface WarmUpDescription {
  readonly name: 'warmUp';
  readonly steps?: number;
  readonly after?: ScheduleDescription;
}

/** Options of a training that are data as they stand. */
export type PlainOptions = Omit<
  FitOptions,
  'optimizer' | 'schedule' | 'validation' | 'backend' | 'signal' | 'onProgress' | 'onStep'
>;

/** All that a training needs. */
export interface SentFit {
  readonly network: SentNetwork;
  readonly data: Dataset;
  readonly validation?: Dataset;
  readonly optimizer?: SentOptimizer;
  readonly schedule?: ScheduleDescription;
  readonly backend?: SentBackend;
  readonly options: PlainOptions;
  /** Whether someone listens to progress. */
  readonly progress: boolean;
  /** Whether training was called off before it began. */
  readonly aborted: boolean;
}

/** What a live training is looked at on, as data. */
export interface SentLooks {
  readonly views: Readonly<Record<string, { readonly data: Dataset; readonly names: readonly string[] }>>;
  readonly trainingSample?: Dataset;
}

/** What the worker is told: a training first, then to run all of it or one epoch at a time, or a live one and how to steer it. */
export type Request =
  | { readonly type: 'prepare'; readonly fit: SentFit }
  | { readonly type: 'fit' }
  | { readonly type: 'epoch' }
  | { readonly type: 'abort' }
  | { readonly type: 'live'; readonly fit: SentFit; readonly looks: SentLooks }
  | { readonly type: 'play'; readonly options: PlayOptions }
  | { readonly type: 'pause' }
  | { readonly type: 'look' };

/** A snapshot with its network's parameters in place of the network. */
export type SentSnapshot = Omit<Snapshot, 'network'> & { readonly parameters: Network['parameters'] };

/** What it answers. */
export type Answer =
  | { readonly type: 'epoch'; readonly epoch: EpochRecord; readonly parameters: Network['parameters'] }
  | {
      readonly type: 'result';
      readonly result: Omit<FitResult, 'network'>;
      readonly parameters: Network['parameters'];
    };

/** All that it says. */
export type Reply =
  | Answer
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'snapshot'; readonly snapshot: SentSnapshot }
  | { readonly type: 'error'; readonly code: ErrorCode | undefined; readonly message: string };
