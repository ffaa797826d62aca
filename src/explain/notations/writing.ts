// What notations write alike: indices counted from 1, small digits, a letter with its raised and lowered parts.
import type { Index } from '../../symbolic/index.ts';
import type { MathSymbol } from './notation.ts';

/** The same letter in LaTeX and in text. */
export const letter = (text: string, latex = text): MathSymbol => ({ latex, text });

/** An index as people count: from 1. */
export const counted = (index: Index): number | string => (typeof index === 'number' ? index + 1 : index);

/** Raised digits for text: 3 → ³. */
export const superscript = (part: Index): string =>
  typeof part === 'number' ? [...String(part)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('') : part;

/** Small digits for text: ₁₂ for 1, 2; `_{1;10,3}` where an index has two digits or is a letter. */
function subscript(index: readonly Index[]): string {
  const parts = index.map(counted);
  if (parts.every((part) => /^\d$/.test(String(part)))) return parts.map((part) => '₀₁₂₃₄₅₆₇₈₉'[Number(part)]).join('');
  return parts.length > 1 ? `_{${indices(index)}}` : `_${parts[0]}`;
}

/** `2,1`; the row and column of an image or kernel behind a semicolon: `1;2,3`, `1,1;2,3`. */
export function indices(index: readonly Index[], separator = ','): string {
  const parts = index.map(counted);
  if (parts.length < 3) return parts.join(separator);
  return `${parts.slice(0, -2).join(',')};${parts.slice(-2).join(',')}`;
}

/** What stands above a letter, in LaTeX and in text. */
export type Raised = readonly MathSymbol[];

/** A letter with what is raised, in the order given, and its index lowered; without index it stands for the whole matrix. */
export function placed(
  { latex, text }: MathSymbol,
  raised: Raised,
  index: readonly Index[],
  between = ',',
): MathSymbol {
  const above = raised.map((part) => part.latex).join('');
  const below = indices(index, between);
  return {
    latex: `${latex}${above && `^{${above}}`}${below && `_{${below}}`}`,
    text: `${text}${raised.map((part) => part.text).join('')}${subscript(index)}`,
  };
}

/** A sample's number in round brackets. */
export const inBrackets = (part: Index): MathSymbol => ({ latex: `(${part})`, text: `⁽${superscript(part)}⁾` });

/** Letters of quantities that layers have of their own. */
const quantityLetters: Readonly<Record<string, MathSymbol>> = {
  mask: letter('r'), // Srivastava et al., 2014
  index: letter('p'), // the position of a window's largest pixel
  mean: letter('μ', '\\mu'),
  variance: letter('Var', '\\mathrm{Var}'), // σ² leaves no room above it for the layer
  normalized: letter('x̂', '\\hat{x}'),
  runningMean: letter('μ̄', '\\bar{\\mu}'),
  runningVariance: letter('Var̄', '\\overline{\\mathrm{Var}}'),
  weight: letter('γ', '\\gamma'), // batch normalization's scale and shift
  bias: letter('β', '\\beta'),
};

/** The letter of a quantity of a layer's own; its name where it has none. */
export const letterOf = (name: string): MathSymbol => quantityLetters[name] ?? letter(name, `\\text{${name}}`);
