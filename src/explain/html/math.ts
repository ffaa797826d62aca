// A passage of an equation as MathML, which browsers typeset themselves.
import temml from 'temml';
import { alignedRows } from '../aligned.ts';
import { latexWidth } from '../latex-width.ts';
import type { Equation, Passage } from '../layout.ts';

/** A passage's lines, aligned, and the width of the widest in digits. */
export function mathOf(
  equation: Equation,
  passage: Passage,
  width?: number,
): { readonly math: string; readonly width: number } {
  const rows = alignedRows(equation, passage, width);
  const latex = `\\begin{aligned} ${rows.join(' \\\\ ')} \\end{aligned}`;
  return {
    math: temml.renderToString(latex, { displayMode: true, throwOnError: true }),
    width: Math.max(0, ...rows.map(latexWidth)),
  };
}

/** A formula in LaTeX as MathML within a line of text. */
export const inlineMath = (latex: string): string => temml.renderToString(latex, { throwOnError: true });
