// Equations as the rows of LaTeX's `aligned`, broken where they would run off a page. What stands around them is the renderers'.

import { broken } from './formula.ts';
import { latexWidth } from './latex-width.ts';
import type { Equation, Passage } from './layout.ts';

/** A page's width in digits. */
const pageWidth = 84;
/** A formula gets this much however wide the symbol before it is. */
const leastWidth = 40;

/** The rows of a passage, aligned at `&`; its symbol in front, where its lines are equal to it. `room` is the width of it all, in digits. */
export function alignedRows({ symbol, rule, passages }: Equation, passage: Passage, room = pageWidth): string[] {
  const width = Math.max(Math.min(leastWidth, room / 2), room - latexWidth(symbol) - latexWidth('= '));
  return passage.lines.flatMap(({ relation, formula }, i) => {
    const [first, ...rest] = broken(formula, width, latexWidth);
    const head = i === 0 && relation !== '' ? symbol : '';
    const tag = i === 0 && rule !== undefined && passage === passages[0] ? ` \\qquad \\text{(${rule})}` : '';
    const sign = relation === '≈' ? '\\approx' : relation;
    return [
      `${head} &${sign} ${first.text}${latexWidth(first.text + tag) <= width ? tag : ''}`.trim(),
      // The empty group makes the operator at its front one between two terms.
      ...rest.map(({ text, level }) => `&${'\\quad '.repeat(level)}{}${text}`),
    ];
  });
}
