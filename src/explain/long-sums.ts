// Which terms of a long sum are shown, and what the rest comes to.
import type { Expression } from '../symbolic/index.ts';

/** Sums of more terms than this show the largest ones and what the rest comes to. */
const mostTerms = 12;
const shownTerms = 4;

/** The terms to show, and how many others there are with their exact sum. */
export interface Abbreviated {
  readonly terms: readonly Expression[];
  readonly rest?: { readonly count: number; readonly total: number };
}

/** The largest terms of a long sum, in the order they stand in; every term of a short one, or where all are wanted. */
export function abbreviated(
  terms: readonly Expression[],
  value: (term: Expression) => number,
  full: boolean,
): Abbreviated {
  if (full || terms.length <= mostTerms) return { terms };
  const values = terms.map(value);
  const ranked = values.map((_, i) => i).sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]));
  const rest = ranked.slice(shownTerms);
  return {
    terms: ranked
      .slice(0, shownTerms)
      .sort((a, b) => a - b)
      .map((i) => terms[i]),
    rest: { count: rest.length, total: rest.reduce((total, i) => total + values[i], 0) },
  };
}
