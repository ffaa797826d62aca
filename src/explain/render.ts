// What all renderers share: the choices made, and formulas written in a notation.
import { choose } from '../options.ts';
import type { Slot } from '../plan/index.ts';
import type { Element, Expression, MatrixExpression } from '../symbolic/index.ts';
import { isRounded } from './as-shown.ts';
import { conventional } from './conventions.ts';
import type { Derivation } from './derivation.ts';
import type { Formula } from './formula.ts';
import * as languages from './languages/index.ts';
import type { Language } from './languages/language.ts';
import { isSmall } from './matrix-layout.ts';
import * as notations from './notations/index.ts';
import type { Notation } from './notations/notation.ts';
import { formatGiven, formatNumber } from './numbers.ts';
import { type Content, print } from './print.ts';
import { printMatrix } from './print-matrix.ts';
import { SymbolWriter } from './symbols.ts';

/** How a derivation is written. */
export interface RenderOptions {
  /** A notation of the house by name, or one's own; `nielsen` unless given. */
  readonly notation?: string | Notation;
  /** `en` unless given. */
  readonly language?: string | Language;
  /** Decimals shown; 9 unless given. */
  readonly digits?: number;
  /** One equation a quantity, or one a matrix, or both; elements unless given, where there are any. */
  readonly form?: 'elements' | 'matrices' | 'both';
  /** Long sums in full. */
  readonly full?: boolean;
}

/** The dialect that formulas are written in. */
export type Format = 'text' | 'latex';

/** Matrices of so many columns still fit on a page. */
const mostColumns = 5;

/** A derivation with the choices of a rendering. */
export class Rendering {
  readonly derivation: Derivation;
  readonly notation: Notation;
  readonly language: Language;
  readonly form: 'elements' | 'matrices' | 'both';
  readonly symbols: SymbolWriter;
  readonly format: Format;
  readonly decimals: number;
  readonly full: boolean;

  /** Throws ChainruleError `unknown-name` for a notation or language that there is not. */
  constructor(derivation: Derivation, options: RenderOptions, format: Format) {
    this.notation = choose<Notation>(options.notation ?? 'nielsen', notations, 'notation');
    this.language = choose<Language>(options.language ?? 'en', languages, 'language');
    this.derivation = conventional(derivation, this.notation);
    this.symbols = new SymbolWriter(derivation.program, this.notation, derivation.samples);
    this.form = derivation.steps.length === 0 ? 'matrices' : (options.form ?? 'elements');
    this.format = format;
    this.decimals = options.digits ?? 9;
    this.full = options.full ?? false;
  }

  symbol(element: Element): string {
    return this.symbols.of(element)[this.format];
  }

  /** An expression in the notation. */
  write(expression: Expression, content: Content): Formula {
    const { format, decimals, full, language } = this;
    return print(expression, this.derivation, this.symbols, { format, content, decimals, full, language });
  }

  /** A matrix formula in the notation. */
  writeMatrix(expression: MatrixExpression, content: 'names' | 'numbers'): Formula {
    const { format, decimals } = this;
    return printMatrix(expression, this.derivation, this.symbols, { format, content, decimals });
  }

  isSmall(slot: Slot): boolean {
    return isSmall(slot, this.derivation.samples, mostColumns);
  }

  /** A computed number. */
  number(value: number): string {
    return formatNumber(value, this);
  }

  /** A number that was given. */
  given(value: number): string {
    return formatGiven(value, this);
  }

  /** Whether the numbers of a formula, as they are shown, come to another last digit than the value as it is shown. */
  isRounded(expression: Expression, value: number): boolean {
    return isRounded(expression, value, this.derivation, this);
  }
}

/** How many lines a rendered derivation has, so that one that nobody could read need not be printed. */
export function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
