// Marked sheets as pages of one file each, to hand back or to print: no script, nothing fetched. All text passes `escaped`.

import { escaped } from '../../explain/html/markup.ts';
import { type ClassReport, mistakesOf } from '../class-report.ts';
import type { Verdict } from '../marking.ts';
import { shown, signs } from '../render-text.ts';
import { type CheckReport, type ReportItem, wordsOf } from '../report.ts';
import { style } from './style.ts';

const verdicts: readonly Verdict[] = ['right', 'rounding', 'follows', 'wrong'];

/** One student's sheet with its marks. */
export function renderCheckHtml(report: CheckReport): string {
  const words = wordsOf(report.language);
  const { columns, headings } = words;
  const { score } = report;
  const causes = report.diagnoses.map(
    ({ misconception, explanation }) =>
      `<div class="cause"><h3>${escaped(misconception ?? words.noCause)}</h3><p>${escaped(explanation)}</p></div>`,
  );
  const used = verdicts.filter((verdict) => score[verdict] > 0);
  return page(report.language, words.title, [
    `<header><h1>${escaped(words.title)}</h1><span class="points">${escaped(words.points(score.points, score.total))}</span></header>`,
    ...(report.student === null ? [] : [`<p>${escaped(words.student(report.student))}</p>`]),
    `<p class="faint">${escaped(words.score(score, score.total, score.blank))}</p>`,
    ...(causes.length > 0 ? [`<h2>${escaped(headings.causes)}</h2>`, ...causes] : []),
    ...(causes.length === 0 && score.right === score.total ? [`<p class="said">${escaped(words.allRight)}</p>`] : []),
    ...(report.convention === null
      ? []
      : [`<h2>${escaped(headings.conventions)}</h2>`, `<p class="said">${escaped(report.convention.explanation)}</p>`]),
    `<h2>${escaped(headings.marks)}</h2>`,
    table(
      [
        { text: columns.quantity },
        { text: columns.given, isNumber: true },
        { text: columns.expected, isNumber: true },
        { text: columns.verdict },
      ],
      report.items.map((item) => row(item, report.language)),
    ),
    `<dl>${used.map((one) => `<dt class="${one}">${signs[one]} ${escaped(words.verdicts[one])}</dt><dd>${escaped(words.meanings[one])}</dd>`).join('')}</dl>`,
  ]);
}

function row({ quantity, symbol, written, expected, verdict, following }: ReportItem, language: string): string {
  const words = wordsOf(language);
  const own = symbol === quantity ? '' : ` <small class="faint">${escaped(symbol)}</small>`;
  const follows = following === undefined ? '' : ` <small>${escaped(words.follows(shown(following)))}</small>`;
  return `<tr class="is-${verdict}"><td>${escaped(quantity)}${own}</td><td class="number given">${escaped(written)}</td><td class="number">${escaped(shown(expected))}</td><td class="mark ${verdict}">${signs[verdict]} ${escaped(words.verdicts[verdict])}${follows}</td></tr>`;
}

/** A class: who made which mistake, and the commonest ones. */
export function renderClassHtml({ sheets, mistakes }: ClassReport, language: string): string {
  const words = wordsOf(language);
  const own = words.ofClass;
  const titled = (id: string) => (id === 'unknown' ? words.noCause : id);
  const most = Math.max(1, ...mistakes.map(({ students }) => students.length));
  const common = mistakes.map(
    ({ misconception, students }) =>
      `<tr><td>${escaped(titled(misconception))}</td><td class="number">${students.length}</td><td><span class="bar" style="width:${((8 * students.length) / most).toFixed(2)}rem"></span>${escaped(students.join(', '))}</td></tr>`,
  );
  const rows = sheets.map(({ name, report, problem = '' }) => {
    const points = report === undefined ? '–' : `${report.score.points} / ${report.score.total}`;
    const made = report === undefined ? problem : mistakesOf(report).map(titled).join(', ');
    return `<tr><td>${escaped(name)}</td><td class="number">${escaped(points)}</td><td>${escaped(made)}</td></tr>`;
  });
  return page(language, own.title, [
    `<header><h1>${escaped(own.title)}</h1><span class="faint">${escaped(own.sheets(sheets.length))}</span></header>`,
    `<h2>${escaped(own.commonest)}</h2>`,
    mistakes.length === 0
      ? `<p class="said">${escaped(words.allRight)}</p>`
      : table([{ text: own.mistake }, { text: own.count, isNumber: true }, { text: own.students }], common),
    `<h2>${escaped(own.perStudent)}</h2>`,
    table([{ text: own.student }, { text: own.points, isNumber: true }, { text: own.mistake }], rows),
  ]);
}

interface Heading {
  readonly text: string;
  readonly isNumber?: boolean;
}

function table(headings: readonly Heading[], rows: readonly string[]): string {
  const head = headings.map(
    ({ text, isNumber }) => `<th scope="col"${isNumber ? ' class="number"' : ''}>${escaped(text)}</th>`,
  );
  return `<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function page(language: string, title: string, parts: readonly string[]): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`;
}
