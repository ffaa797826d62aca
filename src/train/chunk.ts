// How training is cut into stretches of steps between which the process may do something else. Results do not depend on it.
import type { Window } from './windows.ts';

/** How many steps to run without letting go of the event loop: as many as take about 40 ms, or what is given. */
export class Chunk {
  steps = 1;
  private readonly length: number;

  constructor(length = 40) {
    this.length = length;
  }

  took(steps: number, milliseconds: number): void {
    const perStep = Math.max(milliseconds, 0.01) / steps;
    this.steps = Math.max(1, Math.min(this.steps * 8, Math.floor(this.length / perStep)));
  }
}

/** A chunk of steps that can be run again: how to go back to its start, its samples, and the number of its first step. */
export interface Replay {
  restore(): void;
  readonly window: Window;
  readonly rows: Uint32Array;
  readonly firstStep: number;
  readonly steps: number;
  readonly epoch: number;
}
