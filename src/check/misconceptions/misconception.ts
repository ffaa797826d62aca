// The contract of a misconception: a function from canonical program to canonical program, and how it is explained.
import type { Program } from '../../plan/index.ts';

/** A program that makes the mistake. It has every slot of the right one, of the same shape, and perhaps more. */
export interface Mutant {
  readonly program: Program;
  /** Which of the ways the mistake can be made in, where there are several: `k=1`. */
  readonly variant?: string;
}

/** What an explanation can name, already written in the reader's notation. */
export interface Circumstances {
  /** The first quantity that is wrong: `δ²₁`. */
  readonly quantity: string;
  /** Its right formula and the one that gives the student's number: right-hand sides, without the quantity and its =. */
  readonly right: string;
  readonly wrong: string;
}

/** One mistake that people make in backprop. */
export interface Misconception {
  /** `hidden-delta-uses-updated-weights` */
  readonly id: string;
  /**
   * Every program that makes the mistake; none where it cannot be made on this one. A mutant may still come to the right
   * numbers: a batch's sum is its mean where the batch has one sample.
   */
  readonly mutate: (program: Program) => readonly Mutant[];
  /** Two or three sentences: what was done, what is right, and why. */
  readonly explanation: {
    readonly en: (found: Circumstances) => string;
    readonly zh: (found: Circumstances) => string;
  };
}
