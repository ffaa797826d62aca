// The estimated width of LaTeX: what is set above each other does not add up, what is set smaller counts less.
import { expect, test } from 'vitest';
import { latexWidth } from './latex-width.ts';

test.each([
  ['0.123456', 8],
  ['\\text{abc}', 3],
  ['\\frac{12345}{67}', 5.5],
  ['\\begin{bmatrix} 11 & 22 \\\\ 3 & 4 \\end{bmatrix}', 6],
  ['x^{2}', 1.7],
  ['\\alpha', 1.2],
  ['', 0],
])('%s', (latex, width) => expect(latexWidth(latex)).toBeCloseTo(width, 9));

test('does not fail on what is cut short', () => {
  for (const latex of ['\\frac{1', '{{', '^', '\\begin{', '\\frac'])
    expect(Number.isFinite(latexWidth(latex))).toBe(true);
});
