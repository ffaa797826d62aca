// What one view hands to another: a network in the middle of its training, to be opened in Step. Nothing is computed here.
import type { Network, Optimizer } from 'chainrule';
import { show } from '../shell/views.svelte.ts';

/** A step of a training, as it stands before it is carried out. */
export interface StepHandover {
  /** With the parameters before the step. */
  readonly network: Network;
  /** The samples of the step's batch; images flat or nested. */
  readonly inputs: readonly (readonly number[])[];
  /** One a sample: its outputs, a class as 0s and a 1. */
  readonly targets: readonly (readonly number[])[];
  readonly optimizer: Optimizer;
  /** η of this step; the optimizer's own unless given. */
  readonly learningRate?: number;
  /** The number of the step in its training, counted from 1; 1 unless given. */
  readonly step?: number;
  /** The optimizer's state before the step by its slots' names: `layers.0.weight.velocity`; 0 unless given. */
  readonly state?: Readonly<Record<string, ArrayLike<number>>>;
}

let waiting: StepHandover | undefined = $state.raw();

/** Opens a step of a training in the Step view. */
export function openInStep(handover: StepHandover): void {
  waiting = handover;
  show('step');
}

/** What was handed over and not yet taken. */
export function takeHandover(): StepHandover | undefined {
  const taken = waiting;
  waiting = undefined;
  return taken;
}
