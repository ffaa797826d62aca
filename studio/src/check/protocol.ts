// What the page asks of its desk, and what it gets back: plain data, because the desk sits in another thread where there is one.
import type { CheckReport, NumberFormat, Part, SheetOptimizer, WorksheetFormat, WrittenRule } from 'chainrule/check';
import type { HtmlEquation } from 'chainrule/explain/html';
import type { Language } from '../words/language.svelte.ts';
import type { SheetLines } from './sheet-lines.ts';

/** The example networks by their names. */
export const exampleNetworks = ['mazur', 'xor', 'digits'] as const;
export type ExampleNetwork = (typeof exampleNetworks)[number];

/** A network that was chosen in the page, in place of what a sheet names. */
export type ChosenNetwork =
  | { readonly example: ExampleNetwork }
  | { readonly name: string; readonly description: Readonly<Record<string, unknown>> };

/** A sheet, and what the page says about it. */
export interface SheetRequest {
  readonly text: string;
  readonly network?: ChosenNetwork | undefined;
  /** What names are written in, and formulas too; found out from the names unless given. */
  readonly notation?: string | undefined;
}

/** What a step is done on. */
export interface ExerciseData {
  /** As a network file has it. */
  readonly network: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly learningRate: number | undefined;
  readonly optimizer: SheetOptimizer | undefined;
}

/** A formula as markup that the library made. */
export interface ShownRule {
  readonly rule: WrittenRule;
  readonly symbol: string;
  readonly right: string;
  readonly wrong?: string;
}

/** A marked sheet. */
export interface Marked {
  readonly reports: Readonly<Record<Language, CheckReport>>;
  /** The rule behind each diagnosis. */
  readonly rules: readonly ShownRule[];
  readonly exercise: ExerciseData;
  readonly notation: string;
  /** The symbols of quantities by their public names. */
  readonly symbols: ReadonlyMap<string, string>;
}

/** Words, and formulas as markup that the library made. */
export interface ShownGiven {
  readonly words: string;
  readonly formulas: readonly string[];
}

/** A blank to fill in. */
export interface ShownBlank {
  readonly name: string;
  /** Its symbol as markup, and as text. */
  readonly symbol: string;
  readonly text: string;
  /** Empty on the sheet, written in on its key. */
  readonly value: string;
}

/** Part of a page. */
export interface ShownSection<Content> {
  readonly heading: string;
  readonly content: readonly Content[];
}

/** A worksheet ready to be shown. */
export interface SheetPage {
  readonly title: string;
  /** Where the student's name goes. */
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly given: readonly ShownSection<ShownGiven>[];
  readonly blanks: readonly ShownSection<ShownSection<ShownBlank>>[];
  /** For the teacher, on the key alone. */
  readonly teacher: string;
  readonly notes: readonly string[];
}

/** A sheet to be filled in, with what has been filled in. */
export interface Form {
  readonly pages: Readonly<Record<Language, SheetPage>>;
  /** The sheet's text, with what stands there by the quantities' public names. */
  readonly text: SheetLines;
  /** Entries of the sheet that are not among the blanks. */
  readonly others: readonly { readonly quantity: string; readonly value: string }[];
}

/** One quantity of a sheet's exercise, to be worked out. */
export interface QuantityRequest extends SheetRequest {
  readonly id: string;
  readonly language: Language;
  /** How wide a line may be, in digits. */
  readonly width: number;
}

/** What to make a worksheet from. */
export interface MakeRequest {
  /** An example, a network of the reader's own, or a random one. */
  readonly network: ChosenNetwork | undefined;
  readonly widths: readonly number[];
  readonly activation: string;
  readonly outputActivation: string;
  readonly loss: string;
  readonly redraw: boolean;
  readonly samples: number;
  readonly steps: number;
  readonly ask: readonly Part[];
  readonly numbers: NumberFormat;
  readonly digits: number;
  readonly optimizer: string;
  readonly notation: string;
  readonly language: Language;
  readonly seed: number;
}

/** A worksheet: its page without and with the answers, and as files. */
export interface Made {
  readonly sheet: SheetPage;
  readonly key: SheetPage;
  readonly files: Readonly<Record<'sheet' | 'key', Readonly<Record<WorksheetFormat, string>>>>;
}

/** Everything the desk does. */
export interface Desk {
  mark(request: SheetRequest): Marked;
  form(request: SheetRequest): Form;
  derive(request: QuantityRequest): readonly HtmlEquation[];
  make(request: MakeRequest): Made;
}
