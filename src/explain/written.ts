// The quantities of a derivation as a notation writes and means them, for those who lay them out themselves. No equations here.
import type { Phase } from '../plan/index.ts';
import type { Element } from '../symbolic/index.ts';
import type { Derivation } from './derivation.ts';
import type { MathSymbol } from './notations/notation.ts';
import { Rendering, type RenderOptions } from './render.ts';

/** A quantity in a notation. */
export interface WrittenQuantity {
  readonly symbol: MathSymbol;
  /** As the notation means it: where δ is −∂C/∂z it has the other sign. */
  readonly value: number;
  /** The value as text, as derivations show it. */
  readonly shown: string;
}

/** One computed quantity of the step. */
export interface WrittenStep extends WrittenQuantity {
  readonly id: string;
  readonly phase: Phase;
  readonly element: Pick<Element, 'slot' | 'index' | 'sample'>;
  /** The equation's name in the field. */
  readonly rule?: string;
  /** The names of the quantities that it is computed from. */
  readonly uses: readonly string[];
}

/** A derivation's quantities. */
export interface WrittenDerivation {
  /** In the order of computing, with what only the notation has: sums without their thresholds, increments. */
  readonly steps: readonly WrittenStep[];
  /** The loss and the outputs after the step, where they are derived. */
  readonly after: readonly (WrittenQuantity & { readonly id: string })[];
  /** Any quantity, given or computed; a weight's index is (into, from) in every notation. */
  of(element: Pick<Element, 'slot' | 'index' | 'sample'>): WrittenQuantity;
  /** The symbol of all of a slot: W², δ³. */
  matrix(slot: string): MathSymbol;
}

/**
 * The quantities of a derivation in a notation.
 * @example
 * const written = writtenQuantities(derivation, { notation: 'mazur' });
 * written.of({ slot: 'layers.1.delta', index: [0], sample: 0 }).symbol.text // δ_o1
 * @throws ChainruleError `unknown-name` for a notation that there is not
 */
export function writtenQuantities(derivation: Derivation, options: RenderOptions = {}): WrittenDerivation {
  const rendering = new Rendering(derivation, options, 'text');
  const quantity = (element: Element, value: number): WrittenQuantity => ({
    symbol: rendering.symbols.of(element),
    value,
    shown: rendering.number(value),
  });
  return {
    steps: rendering.derivation.steps.map(({ id, phase, element, rule, uses, value }) => ({
      ...quantity(element, value),
      id,
      phase,
      element,
      uses,
      ...(rule !== undefined && { rule }),
    })),
    after: rendering.derivation.after.map(({ id, element, value }) => ({ id, ...quantity(element, value) })),
    of(place) {
      const element: Element = { kind: 'element', ...place };
      return quantity(element, rendering.derivation.value(element));
    },
    matrix: (slot) => rendering.symbols.matrix(slot),
  };
}
