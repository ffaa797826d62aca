// The worksheet that is being made, and what it is made from.
import { askable } from 'chainrule/check';
import { language } from '../words/language.svelte.ts';
import { make } from './desk-client.svelte.ts';
import type { Made } from './protocol.ts';
import type { MakeState } from './state.ts';

/** The exercise that is offered first. */
const usualExercise: MakeState = {
  network: { example: 'mazur' },
  widths: [2, 3, 2],
  activation: '',
  outputActivation: '',
  loss: '',
  redraw: false,
  samples: 1,
  steps: 1,
  ask: [...askable],
  numbers: 'decimal',
  digits: 5,
  optimizer: 'sgd',
  notation: 'mazur',
  seed: 1,
};

let options: MakeState = $state.raw(usualExercise);
let made: Made | undefined = $state.raw();
let problem: unknown = $state.raw();
let busy = $state(false);
let isOutdated = false;

/** The options, and the worksheet that they make. */
export const making = {
  get options() {
    return options;
  },
  get made() {
    return made;
  },
  get problem() {
    return problem;
  },
  get busy() {
    return busy;
  },
};

/** Chooses options; the worksheet follows when {@link remake} is called. */
export function opt(change: Partial<MakeState>): void {
  options = { ...options, ...change };
}

/** Says what could not be done. */
export function complainOfMaking(error: unknown): void {
  problem = error;
}

/** Makes the worksheet of the present options, in the page's language; what changes meanwhile is made after it, once. */
export async function remake(): Promise<void> {
  isOutdated = true;
  if (busy) return;
  busy = true;
  while (isOutdated) {
    isOutdated = false;
    try {
      made = await make({ ...options, network: options.network, language: language() });
      problem = undefined;
    } catch (error) {
      problem = error;
    }
  }
  busy = false;
}
