// A derivation: the quantities of one optimisation step, each with the expression that gives it. No words, no notation.
import type { Phase, Program } from '../plan/index.ts';
import type { Element, Expression, MatrixExpression } from '../symbolic/index.ts';
import type { PreparedSample } from './prepared.ts';

/** A gradient by central differences beside the one by backprop. */
export interface Proof {
  /** (C(w + h) − C(w − h)) / 2h, extrapolated once. */
  readonly numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|, 10⁻³·‖g‖∞) */
  readonly error: number;
}

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
  /** The expression with its quantities replaced by what they are, once more in each entry; where depth was asked for. */
  readonly unfolded?: readonly Expression[];
  /** A parameter's gradient checked; where verification was asked for. */
  readonly proof?: Proof;
  /** The equation's name in the field: `BP4`. */
  readonly rule?: string;
  /** Its value in the program's slot. */
  readonly value: number;
  /** The quantities its expression reads. */
  readonly uses: readonly string[];
}

/** One call of the program on whole matrices: `z = W·a + b`. */
export interface MatrixStep {
  /** The slot it writes: `layers.1.delta`. */
  readonly slot: string;
  readonly phase: Phase;
  /** Null for the loss. */
  readonly layer: number | null;
  readonly expression: MatrixExpression;
  /** What the expression simplifies to, where loss and activation match. */
  readonly simplified?: MatrixExpression;
  readonly rule?: string;
}

/** A value after the step: the loss and the outputs of the updated network. */
export interface Afterwards {
  /** `after.1.loss` */
  readonly id: string;
  readonly element: Element;
  readonly value: number;
}

/** The training that a step is one of. */
export interface Recorded {
  /** What the run is called: the folder it was recorded in. */
  readonly run: string;
  readonly epoch: number;
  /** Counted from 1 in its epoch. */
  readonly stepInEpoch: number;
  /** What it was trained on, and the rows of it in this step's batch, counted from 1. */
  readonly data: string;
  readonly rows: readonly number[];
  /** The precision that the training computed in. */
  readonly dtype: 'F64' | 'F32';
  /** What the training itself got for an element that is carried over to the next step; undefined of others. */
  value(element: Element): number | undefined;
}

/** The derivation of one optimisation step. */
export interface Derivation {
  readonly program: Program;
  /** The number of this step, counted from 1. */
  readonly step: number;
  /** How many samples its batch has. */
  readonly samples: number;
  /** The names of the quantities that were asked for, where not all were. */
  readonly of?: readonly string[];
  /** How the samples came from raw data, where they did. */
  readonly prepared?: readonly PreparedSample[];
  /** In the order of computing. */
  readonly steps: readonly Step[];
  /** The same step on whole matrices, in the order of computing; there for a network of any size. */
  readonly matrices: readonly MatrixStep[];
  readonly after: readonly Afterwards[];
  /** Where the step is one of a recorded run. */
  readonly recorded?: Recorded;
  /** The value of any element of the program, in float64. */
  value(element: Element): number;
  /** All values of a slot, row-major, in float64; samples first where it is per sample. */
  values(slot: string): Float64Array;
}
