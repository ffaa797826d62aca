// A derivation laid out for a reader, as data: sections, layers, equations with their lines. Formulas are in one dialect, text or
// LaTeX; how they are set on a page is the renderers' business.
import type { Formula } from './formula.ts';

/** A derivation, ready to be set. */
export interface Document {
  readonly title: string;
  readonly setting: string;
  readonly sections: readonly Section[];
  /** What the reader has to know about the signs used. */
  readonly notes: readonly string[];
}

/** A part of the step. */
export interface Section {
  readonly name: SectionName;
  readonly heading: string;
  readonly remarks: readonly string[];
  readonly groups: readonly Group[];
}

/** A section of a derivation, in their order. */
export type SectionName = 'data' | 'forward' | 'loss' | 'errors' | 'gradients' | 'update' | 'after';

/** The equations of one layer. */
export interface Group {
  /** The layer; null for what belongs to none. */
  readonly heading: string | null;
  /** The same equations in matrix form and element by element, or in one of the two. */
  readonly forms: readonly Form[];
}

/** Equations in one form. */
export interface Form {
  readonly name: 'matrices' | 'elements';
  /** The form in words; null where it is the only one. */
  readonly heading: string | null;
  readonly equations: readonly Equation[];
}

/** A quantity and all that it is shown to equal. */
export interface Equation {
  /** The public name of the quantity. */
  readonly id: string;
  /** Its symbol in Unicode, for those who hear the page. */
  readonly name: string;
  readonly symbol: string;
  /** The equation's name in the field. */
  readonly rule?: string;
  readonly passages: readonly Passage[];
}

/** Lines that follow one another. */
export interface Passage {
  /** Words that lead over from what is above. */
  readonly words: string | null;
  readonly lines: readonly Line[];
}

/** One stage of an equation. */
export interface Line {
  /** None where the line is not equal to what is above. */
  readonly relation: '=' | '≈' | '';
  readonly formula: Formula;
}
