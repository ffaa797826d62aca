// The contract of a first-order optimizer: the kernel calls that turn a parameter and its gradient into the next one.
import type { Attributes, Kernel } from '../kernels/index.ts';
import type { Shape } from '../memory/index.ts';

/** Emits the calls of one parameter's update. */
export interface UpdateBuilder {
  /** The slots an update reads: the parameter, its gradient, the learning rate and the number of this step (from 1). */
  readonly parameter: string;
  readonly gradient: string;
  readonly rate: string;
  readonly step: string;
  /** A state that lives from step to step and begins at 0, by its public name: `velocity`; of the parameter's shape unless given. */
  state(name: string, shape?: Shape): string;
  /** Emits a call whose output is `next` (the parameter's), `NAME.next` (a state's), or a name of its own. */
  call(kernel: Kernel, inputs: Readonly<Record<string, string>>, output: string, attributes?: Attributes): string;
}

/** A limit to the gradients: of each number by its size, or of all together by their common norm. */
export type Clip = { readonly value: number } | { readonly norm: number };

/** How parameters follow their gradients. */
export interface Optimizer {
  readonly name: string;
  /** η, the learning rate it starts with; above 0. */
  readonly learningRate: number;
  /** Its settings beside the learning rate, as data. */
  readonly settings: Attributes;
  /** How gradients are clipped before the updates; not at all where absent. */
  readonly clip?: Clip;
  update(g: UpdateBuilder): void;
}
