// The contract of a marked sheet's words in one language. What was found out is not changed by them.
import type { ConventionName } from '../conventions.ts';
import type { Verdict } from '../marking.ts';
import type { SlipKind } from '../slips.ts';

/** A slip, its numbers already written. */
export interface SlipFound {
  readonly quantity: string;
  readonly given: string;
  /** What the number has to be. */
  readonly expected: string;
  /** The right-hand side of the right rule. */
  readonly right: string;
}

/** The words around a marked sheet. */
export interface CheckWords {
  readonly name: string;
  readonly title: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  /** What each verdict means, for the legend. */
  readonly meanings: Readonly<Record<Verdict, string>>;
  readonly columns: {
    readonly quantity: string;
    readonly given: string;
    readonly expected: string;
    readonly verdict: string;
  };
  readonly headings: { readonly marks: string; readonly causes: string; readonly conventions: string };
  readonly score: (marks: Readonly<Record<Verdict, number>>, total: number, blank: number) => string;
  readonly points: (points: number, total: number) => string;
  readonly allRight: string;
  readonly noCause: string;
  readonly wouldBe: (quantity: string, given: string, expected: string, carried: boolean) => string;
  readonly alternatives: (ids: string) => string;
  readonly alsoAt: (quantities: string, more: number) => string;
  readonly slips: Readonly<Record<SlipKind, (found: SlipFound) => string>>;
  /** A slip in a number that is not on the sheet; `given` is what it must have been taken as. */
  readonly hiddenSlip: (found: SlipFound) => string;
  readonly unexplained: (found: SlipFound) => string;
  readonly conventions: Readonly<Record<ConventionName, string>>;
  readonly after: (steps: number, symbol: string) => string;
  readonly follows: (value: string) => string;
  readonly student: (name: string) => string;
  /** The page of a class. */
  readonly ofClass: {
    readonly title: string;
    readonly sheets: (count: number) => string;
    readonly commonest: string;
    readonly perStudent: string;
    readonly mistake: string;
    readonly count: string;
    readonly students: string;
    readonly student: string;
    readonly points: string;
  };
}
