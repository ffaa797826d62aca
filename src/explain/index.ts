import * as languages from './languages/index.ts';
import * as notations from './notations/index.ts';

export type { Afterwards, Derivation, Step } from './derivation.ts';
export * from './explain.ts';
export * from './gradcheck.ts';
export * from './gradients.ts';
export type { Language } from './languages/language.ts';
export type { MathSymbol, Notation, Symbols } from './notations/notation.ts';
export type { RenderOptions } from './render.ts';
export * from './render-json.ts';
export { renderText, type TextOptions } from './render-text.ts';
export { languages, notations };
