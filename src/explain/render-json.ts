// A derivation as data for scripts: formulas in LaTeX, values at full precision.
import type { Phase } from '../plan/index.ts';
import type { Derivation, Proof, Recorded, Step } from './derivation.ts';
import { flat } from './formula.ts';
import type { PreparedSample } from './prepared.ts';
import { Rendering, type RenderOptions } from './render.ts';

/** One quantity, as JSON. */
export interface JsonStep {
  readonly id: string;
  readonly phase: Phase;
  /** LaTeX */
  readonly symbol: string;
  /** LaTeX: the chain's factors by name, then written out */
  readonly formula: string;
  /** LaTeX with numbers */
  readonly substituted: string;
  /** LaTeX: what the formula simplifies to, where loss and activation match */
  readonly simplified?: string;
  /** LaTeX: the formula unfolded once more in each entry, where that was asked for */
  readonly unfolded?: readonly string[];
  /** The gradient by central differences, where that was asked for */
  readonly proof?: Proof;
  /** What the training itself got, where the step is one of a recorded run */
  readonly trained?: number;
  readonly value: number;
  /** The ids of the quantities it reads. */
  readonly uses: readonly string[];
}

/** One call on whole matrices, as JSON. */
export interface JsonMatrixStep {
  /** The name of what it writes. */
  readonly id: string;
  readonly phase: Phase;
  /** LaTeX */
  readonly symbol: string;
  readonly formula: string;
  readonly simplified?: string;
  /** The equation's name in the field. */
  readonly rule?: string;
}

/** A derivation, as JSON. */
export interface JsonDerivation {
  /** Where the step is one of a recorded run: which. */
  readonly recorded?: Omit<Recorded, 'value'> & { readonly step: number };
  /** Where the samples came from raw data: how. */
  readonly prepared?: readonly PreparedSample[];
  readonly steps: readonly JsonStep[];
  /** Where the matrix form was asked for, or is all there is. */
  readonly matrices?: readonly JsonMatrixStep[];
}

/** The derivation as the data that `explain --format json` prints. */
export function renderJson(derivation: Derivation, options: RenderOptions = {}): JsonDerivation {
  const rendering = new Rendering(derivation, options, 'latex');
  const conventional = rendering.derivation;
  const steps = conventional.steps.map((step) => jsonStep(step, rendering));
  const after = conventional.after.map(({ id, element, value }): JsonStep => {
    const symbol = rendering.symbol(element);
    return { id, phase: 'forward', symbol, formula: symbol, substituted: String(value), value, uses: [] };
  });
  return {
    ...(derivation.recorded && { recorded: originOf(derivation.recorded, derivation.step) }),
    ...(derivation.prepared && { prepared: derivation.prepared }),
    steps: [...steps, ...after],
    ...(rendering.form !== 'elements' && { matrices: jsonMatrices(rendering) }),
  };
}

function originOf(
  { value: _, ...origin }: Recorded,
  step: number,
): Omit<Recorded, 'value'> & { readonly step: number } {
  return { ...origin, step };
}

function jsonStep({ id, phase, element, expression, chain, ...step }: Step, rendering: Rendering): JsonStep {
  const form = chain ?? expression;
  const trained = rendering.derivation.recorded?.value(element);
  const latex = (content: 'names' | 'bodies' | 'numbers', of = form) => flat(rendering.write(of, content));
  return {
    id,
    phase,
    symbol: rendering.symbol(element),
    formula: [...new Set([latex('names'), latex('bodies')])].join(' = '),
    substituted: latex('numbers'),
    ...(step.simplified && { simplified: latex('bodies', step.simplified) }),
    ...(step.unfolded && { unfolded: step.unfolded.map((further) => latex('bodies', further)) }),
    ...(step.proof && { proof: step.proof }),
    ...(trained !== undefined && { trained }),
    value: step.value,
    uses: step.uses,
  };
}

function jsonMatrices(rendering: Rendering): JsonMatrixStep[] {
  return rendering.derivation.matrices.map(
    ({ slot, phase, expression, simplified, rule }): JsonMatrixStep => ({
      id: slot,
      phase,
      symbol: rendering.symbols.matrix(slot).latex,
      formula: flat(rendering.writeMatrix(expression, 'names')),
      ...(simplified && { simplified: flat(rendering.writeMatrix(simplified, 'names')) }),
      ...(rule !== undefined && { rule }),
    }),
  );
}
