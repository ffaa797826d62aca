// What a formula comes to for a reader who works it out with the numbers as they are shown. Says nothing about words.
import { type Expression, evaluate, mapParts, number } from '../symbolic/index.ts';
import type { Derivation } from './derivation.ts';
import { abbreviated } from './long-sums.ts';
import { type NumberWriting, shownGiven, shownNumber, shownStep } from './numbers.ts';
import { isGiven } from './program-reading.ts';

/** How the formula is shown. */
export interface Shown {
  readonly decimals: number;
  readonly full: boolean;
}

/** Whether the numbers as shown come to another last digit than the value as shown. */
export function isRounded(expression: Expression, value: number, derivation: Derivation, { decimals, full }: Shown) {
  const values = { element: derivation.value, samples: derivation.samples };
  const writing: NumberWriting = { decimals, format: 'text' };
  const exact = (e: Expression) => evaluate(e, values);
  const shown = (e: Expression): number => {
    switch (e.kind) {
      case 'number':
        return shownGiven(e.value, writing);
      case 'element':
        return (isGiven(derivation.program, e.slot) ? shownGiven : shownNumber)(exact(e), writing);
      case 'derivative':
        return e.body.kind === 'element' ? shown(e.body) : shownNumber(exact(e), writing);
      case 'draw':
        return shownNumber(exact(e), writing);
      case 'add': {
        const { terms, rest } = abbreviated(e.terms, exact, full);
        const others = rest === undefined ? 0 : shownNumber(rest.total, writing);
        return terms.reduce((total, term) => total + shown(term), others);
      }
      default:
        return evaluate(
          mapParts(e, (part) => number(shown(part))),
          values,
        );
    }
  };
  if (!Number.isFinite(value)) return false;
  // Half a step either way is what rounding the value itself may do.
  return Math.abs(shown(expression) - shownNumber(value, writing)) > shownStep(value, writing) * 0.500001;
}
