// What both renderers need: a step's symbol and the lines of its formula, in a notation.

import { choose } from '../options.ts';
import type { Expression } from '../symbolic/index.ts';
import type { Derivation, Step } from './derivation.ts';
import * as languages from './languages/index.ts';
import type { Language } from './languages/language.ts';
import * as notations from './notations/index.ts';
import type { Notation } from './notations/notation.ts';
import { print, type Writing } from './print.ts';
import { SymbolWriter } from './symbols.ts';

/** How a derivation is written. */
export interface RenderOptions {
  /** A notation of the house by name, or one's own; `nielsen` unless given. */
  readonly notation?: string | Notation;
  /** `en` unless given. */
  readonly language?: string | Language;
  /** Decimals shown; 9 unless given. */
  readonly digits?: number;
}

/** A derivation with the choices of a rendering. */
export interface Rendering {
  readonly derivation: Derivation;
  readonly notation: Notation;
  readonly language: Language;
  readonly symbols: SymbolWriter;
  readonly decimals: number;
}

/** The choices made; throws ChainruleError `unknown-name` for a notation or language that there is not. */
export function rendering(derivation: Derivation, options: RenderOptions): Rendering {
  const notation = choose<Notation>(options.notation ?? 'nielsen', notations, 'notation');
  const language = choose<Language>(options.language ?? 'en', languages, 'language');
  const symbols = new SymbolWriter(derivation.program, notation, derivation.samples);
  return { derivation, notation, language, symbols, decimals: options.digits ?? 9 };
}

/** A step's formula in stages: the chain's factors by name, then written out; equal stages once. */
export function formulas({ chain, expression }: Step, rendering: Rendering, format: Writing['format']): string[] {
  const whole = chain ?? expression;
  return [...new Set([write(whole, rendering, format, 'names'), write(whole, rendering, format, 'bodies')])];
}

/** A step's formula with its numbers. */
export function substituted({ chain, expression }: Step, rendering: Rendering, format: Writing['format']): string {
  return write(chain ?? expression, rendering, format, 'numbers');
}

/** An expression in a rendering's notation. */
export function write(
  expression: Expression,
  { derivation, symbols, decimals }: Rendering,
  format: Writing['format'],
  content: Writing['content'],
): string {
  return print(expression, derivation, symbols, { format, content, decimals });
}
