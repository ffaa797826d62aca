// The contract of a first-order optimizer: the kernel calls that turn a parameter and its gradient into the next one.
import type * as z from 'zod/mini';
import type { Attributes, Kernel } from '../kernels/index.ts';

/** Emits the calls of one parameter's update. */
export interface UpdateBuilder {
  /** The slots an update reads: the parameter, its gradient, the learning rate and the number of this step (from 1). */
  readonly parameter: string;
  readonly gradient: string;
  readonly rate: string;
  readonly step: string;
  /** A state of the parameter's shape that lives from step to step and begins at 0, by its public name: `velocity`. */
  state(name: string): string;
  /** Emits a call whose output is `next` (the parameter's), `NAME.next` (a state's), or a name of its own. */
  call(kernel: Kernel, inputs: Readonly<Record<string, string>>, output: string, attributes?: Attributes): string;
}

/** How parameters follow their gradients. */
export interface Optimizer {
  readonly name: string;
  /** η, the learning rate it starts with; above 0. */
  readonly learningRate: number;
  /** Its settings beside the learning rate, as data. */
  readonly settings: Attributes;
  update(g: UpdateBuilder): void;
}

/** An optimizer by name: its schema, and how to make one. */
export interface OptimizerType<Options> {
  (options?: Options): Optimizer;
  readonly schema: z.ZodMiniType<Options>;
}
