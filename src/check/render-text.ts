// A marked sheet as text for a terminal.
import { formatNumber } from '../explain/numbers.ts';
import { columns, wrapped } from '../explain/wrap.ts';
import type { Verdict } from './marking.ts';
import { type CheckReport, wordsOf } from './report.ts';

/** One sign for each verdict, so that no colour is needed. */
export const signs: Readonly<Record<Verdict, string>> = { right: '✓', rounding: '≈', follows: '↪', wrong: '✗' };

/** The sheet with its marks, and below it what went wrong. */
export function renderCheckText(report: CheckReport, { width = 80 }: { readonly width?: number } = {}): string {
  const words = wordsOf(report.language);
  const header = ['', words.columns.quantity, words.columns.given, words.columns.expected, words.columns.verdict];
  const rows = report.items.map(({ quantity, written, expected, verdict, following }) => [
    signs[verdict],
    quantity,
    written,
    shown(expected),
    words.verdicts[verdict] + (following === undefined ? '' : ` (${words.follows(shown(following))})`),
  ]);
  const widths = header.map((_, i) => Math.max(...[header, ...rows].map((cells) => columns(cells[i]))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 2 || i === 3 ? padding(cell, widths[i]) + cell : cell + padding(cell, widths[i])))
      .join('  ')
      .trimEnd();
  const paragraph = (text: string) => wrapped(text, width).join('\n');
  const causes = report.diagnoses.map(({ misconception, explanation }) =>
    paragraph(misconception === null ? explanation : `${misconception}: ${explanation}`),
  );
  const { score } = report;
  return [
    ...(report.student === null ? [] : [words.student(report.student)]),
    [line(header), ...rows.map(line)].join('\n'),
    ...causes,
    ...(report.convention === null ? [] : [paragraph(report.convention.explanation)]),
    `${words.score(score, score.total, score.blank)} ${words.points(score.points, score.total)}`,
  ].join('\n\n');
}

/** A right value with nine decimals. */
export const shown = (value: number): string => formatNumber(value, { decimals: 9, format: 'text' });

const padding = (text: string, width: number) => ' '.repeat(Math.max(0, width - columns(text)));
