// What training is given and what it comes to: the types that every way of training shares.
import type { Backend } from '../backends/index.ts';
import type { AugmentOptions } from '../data/index.ts';
import type { TrainingState } from '../formats/index.ts';
import type { Attributes } from '../kernels/index.ts';
import type { Network } from '../network/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Evaluation } from './evaluate.ts';
import type { Minimizer } from './minimizer.ts';
import type { Objective } from './objective.ts';
import type { Schedule } from './schedules.ts';
import type { TrainingData } from './training-data.ts';

/** How a network is trained. */
export interface FitOptions {
  /** Plain `sgd` with the network's learning rate unless given. For `lbfgs` and `lm` an epoch is an iteration on all data. */
  readonly optimizer?: Optimizer | FullBatchOptimizer;
  /** How the learning rate changes; it stays unless given. */
  readonly schedule?: Schedule;
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
  /** What each class counts in the training loss, or `'balanced'` for all classes alike; 1 each unless given. */
  readonly classWeights?: readonly number[] | 'balanced';
  /** Images changed at random each time they are trained on: shifts, rotations, scaling, elastic distortion. */
  readonly augment?: AugmentOptions;
  /** Standard deviation of Gaussian noise added to the inputs each time they are trained on; 0 unless given. */
  readonly noise?: number;
  /** ε of label smoothing, targets (1 − ε) y + ε/K; 0 unless given. */
  readonly smoothLabels?: number;
  /** Whether the training data are evaluated after each epoch too, as they are: neither changed nor weighted. False unless given. */
  readonly trainingScores?: boolean;
  /** Where to go on: the state of an earlier training of the same network with the same settings. */
  readonly resume?: TrainingState;
  /** What shuffling draws from; the network's seed unless given. */
  readonly seed?: number;
  /** What computes; WebAssembly in float32 unless given, or the float64 reference where there is none. */
  readonly backend?: Backend;
  /** Stops training between chunks of steps; the result is the network so far. */
  readonly signal?: AbortSignal;
  /** Called between chunks of steps, at most about 20 times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called after each step, which small networks take longer for; a training that diverges goes over its last steps again. */
  readonly onStep?: (step: StepRecord) => void;
}

/** What is told of a step. */
export interface StepRecord {
  /** Counted from 1 through all epochs. */
  readonly step: number;
  /** The loss of its batch, before the update. */
  readonly loss: number;
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
  /** The mean of its batches' losses, each before its step, weights of samples and classes counted. */
  readonly loss: number;
  readonly validation: Evaluation | null;
  /** On the training data after the epoch, where `trainingScores` asked for it. */
  readonly training?: Evaluation;
  /** Seconds of optimisation, without evaluation. */
  readonly seconds: number;
  readonly steps: number;
  /** η of its last step, where a schedule sets it. */
  readonly learningRate?: number;
  /** The network as it stands after the epoch. */
  readonly network: Network;
  /** All that a later training needs to go on from here as if it had never stopped; `lbfgs` and `lm` cannot. */
  readonly state?: () => TrainingState;
}

/** What is kept of an epoch. */
export type EpochRecord = Omit<Epoch, 'network' | 'state'>;

/** Why training ended. */
export type Ending = 'epochs' | 'patience' | 'schedule' | 'converged' | 'aborted' | 'diverged';

/** What computed, for a report. */
export interface Execution {
  readonly backend: string;
  /** Threads that the last steps ran on. */
  readonly threads: number;
  /** Kernels that the backend lacks, whose references ran in their place. */
  readonly fallbacks: readonly string[];
}

/** What training came to. */
export interface FitResult {
  /** The trained network: the best by validation loss where patience was asked for, the last finite one where it diverged. */
  readonly network: Network;
  readonly history: readonly EpochRecord[];
  readonly ending: Ending;
  /** The step that met the first loss or made the first parameter that is no finite number, counted from 1 in its epoch. */
  readonly divergedAt?: { readonly epoch: number; readonly step: number };
  /** The epoch whose parameters the network has, where they were restored. */
  readonly bestEpoch?: number;
  readonly steps: number;
  /** Seconds of optimisation alone. */
  readonly seconds: number;
  /** What computed. */
  readonly execution: Execution;
  /** Where training stands, for one that goes on later; absent where it diverged or has no batches to stand in. */
  readonly state?: TrainingState;
}

/** A full-batch method: where an optimizer's epoch is many steps, its epoch is one iteration. */
export interface FullBatchOptimizer {
  readonly name: string;
  /** Its settings, as data. */
  readonly settings: Attributes;
  /**
   * Begins a minimisation at the objective's own weights.
   * @throws ChainruleError where the network is too large for it, or of a kind it cannot take
   */
  minimize(objective: Objective): Minimizer;
  /** The loop around it, which so comes along only with a method that needs it. */
  train(net: Network, data: TrainingData, options: FitOptions): AsyncGenerator<Epoch, FitResult>;
}

/** Whether an optimizer is a full-batch one. */
export function isFullBatch(optimizer: object): optimizer is FullBatchOptimizer {
  return 'minimize' in optimizer;
}
