/**
 * Derivations of every number of a step, in any notation; gradients and checks of them.
 * @module chainrule/explain
 */
import * as languages from './languages/index.ts';
import * as notations from './notations/index.ts';

export type { ChainFactor } from './chain-check.ts';
export { drawBatch } from './check-batch.ts';
export type { Afterwards, Derivation, MatrixStep, Proof, Recorded, Step } from './derivation.ts';
export * from './explain.ts';
export * from './gradcheck.ts';
export * from './gradients.ts';
export type { Language } from './languages/language.ts';
export { notationJsonSchema, readNotation } from './notation-file.ts';
export type { Conventions, MathSymbol, Notation, Place, Symbols } from './notations/notation.ts';
export * from './prepared.ts';
export { asRecorded, type RecordedName } from './recorded.ts';
export { countLines, type RenderOptions } from './render.ts';
export * from './render-json.ts';
export { renderLatex } from './render-latex.ts';
export { renderMarkdown } from './render-markdown.ts';
export { renderText, type TextOptions } from './render-text.ts';
export * from './written.ts';
export { languages, notations };
