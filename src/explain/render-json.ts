// A derivation as data for scripts: formulas in LaTeX, values at full precision.
import type { Phase } from '../plan/index.ts';
import type { Derivation } from './derivation.ts';
import { formulas, type RenderOptions, rendering, substituted } from './render.ts';

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
  readonly value: number;
  /** The ids of the quantities it reads. */
  readonly uses: readonly string[];
}

/** The derivation as the data that `explain --format json` prints. */
export function renderJson(
  derivation: Derivation,
  options: RenderOptions = {},
): { readonly steps: readonly JsonStep[] } {
  const chosen = rendering(derivation, options);
  const { symbols } = chosen;
  const steps = derivation.steps.map((step): JsonStep => {
    const { id, phase, element, value, uses } = step;
    const formula = formulas(step, chosen, 'latex').join(' = ');
    return {
      id,
      phase,
      symbol: symbols.of(element).latex,
      formula,
      substituted: substituted(step, chosen, 'latex'),
      value,
      uses,
    };
  });
  const after = derivation.after.map(({ id, element, value }): JsonStep => {
    const symbol = symbols.of(element).latex;
    return { id, phase: 'forward', symbol, formula: symbol, substituted: String(value), value, uses: [] };
  });
  return { steps: [...steps, ...after] };
}
