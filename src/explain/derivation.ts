// A derivation: the quantities of one optimisation step, each with the expression that gives it. No words, no notation.
import type { Phase, Program } from '../plan/index.ts';
import type { Element, Expression } from '../symbolic/index.ts';

/** One quantity of a step. */
export interface Step {
  /** Its public name: `layers.1.weight.grad[0,0]`. */
  readonly id: string;
  readonly phase: Phase;
  readonly element: Element;
  /** What it is, over elements of other quantities; factors of the chain rule are `derivative` nodes. */
  readonly expression: Expression;
  /** A parameter's gradient with δ written out as well: the whole chain of factors; for one sample only. */
  readonly chain?: Expression;
  /** What the expression simplifies to, where loss and activation match. */
  readonly simplified?: Expression;
  /** The equation's name in the field: `BP4`. */
  readonly rule?: string;
  /** Its value in the program's slot. */
  readonly value: number;
  /** The quantities its expression reads. */
  readonly uses: readonly string[];
}

/** A value after the step: the loss and the outputs of the updated network. */
export interface Afterwards {
  /** `after.1.loss` */
  readonly id: string;
  readonly element: Element;
  readonly value: number;
}

/** The derivation of one optimisation step. */
export interface Derivation {
  readonly program: Program;
  /** The number of this step, counted from 1. */
  readonly step: number;
  /** How many samples its batch has. */
  readonly samples: number;
  /** In the order of computing. */
  readonly steps: readonly Step[];
  readonly after: readonly Afterwards[];
  /** The value of any element of the program, in float64. */
  value(element: Element): number;
}
