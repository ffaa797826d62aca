// The interface of a backend: it takes a plan and runs steps of it over samples, many a call.
import type { Dtype, FloatArray, Samples, Tensor } from '../memory/index.ts';
import type { Plan } from '../plan/index.ts';

/** Something that runs plans. */
export interface Backend {
  readonly name: string;
  /** The precision it computes in. */
  readonly dtype: Dtype;
  /**
   * Makes a plan ready to run.
   * @param capacity the most samples a batch will have
   */
  prepare(plan: Plan, capacity: number): Executable;
  /** The most threads it uses; one unless given. */
  readonly threads?: number;
  /** Why it has fewer threads than were asked for, once that is known. */
  readonly limitation?: string | undefined;
  /** Ends its threads, where it has any. What it prepared still runs, on one. */
  dispose?(): void;
}

/** What a run of steps came to. */
export interface StepsResult {
  /** Steps run, the one that failed included. */
  readonly steps: number;
  /** What it began at, plus Σ over the steps of loss × samples in the batch, added up one by one. */
  readonly lossSum: number;
  /** Samples seen. */
  readonly samples: number;
  /** Whether the last step's loss was no finite number; its update was not carried out on paper, and nothing ran after it. */
  readonly diverged: boolean;
}

/** A plan in memory. */
export interface Executable {
  readonly plan: Plan;
  readonly dtype: Dtype;
  /** Names of kernels that the backend lacks: their references run in their place, and slow it down. */
  readonly fallbacks: readonly string[];
  /** How many threads the last run had. */
  readonly threads: number;
  /** A copy of a kept slot's numbers: of each sample of the last batch in turn, where it is per sample. */
  read(slot: string): FloatArray;
  /** Sets a parameter, state or single input. */
  write(slot: string, values: ArrayLike<number>): void;
  /** Runs the plan once on the given rows of the data. */
  run(data: Samples, rows: Uint32Array): void;
  /**
   * Runs the plan on `order` cut into batches, one after another, counting the slot `step` up from `firstStep`.
   * @param lossSum what the sum of losses begins at, so that it is the same however steps are cut into calls; 0 unless given
   */
  runSteps(data: Samples, order: Uint32Array, batch: number, firstStep: number, lossSum?: number): StepsResult;
  /** What beside the carried slots a later training needs to go on to the bit, under names no slot has; nothing unless given. */
  extras?(): Readonly<Record<string, Tensor>>;
  /** Takes back what `extras` gave, once the carried slots are written; other tensors are passed over. */
  writeExtras?(tensors: Readonly<Record<string, Tensor>>): void;
  /** Notes parameters and optimizer states; the function it gives back restores them. */
  checkpoint(): () => void;
  /** Gives its memory back; it cannot be used afterwards. */
  dispose(): void;
}
