// The experiments' report as one HTML file. What is in it is collect.ts's, how a page looks report/html.ts's business.
import type { Experiment, Text } from '#experiments';
import { descriptions, escaped, page, paragraph, section, table } from '../report/html.ts';
import { drawings } from './charts.ts';
import type { Reported } from './collect.ts';
import { claimText, commandOf, figureRows, overviewRows, timeOf } from './report-rows.ts';
import { reportWords as words } from './report-words.ts';
import type { Verdict } from './summary.ts';
import { settingText, textIn } from './words.ts';

export function htmlReport(
  reported: readonly Reported[],
  missing: readonly Experiment[],
  quick: boolean,
  language: string,
): string {
  const text = textIn(language);
  return page({
    language: language === 'zh' ? 'zh-CN' : language,
    title: text(words.title),
    subtitle: text(words.subtitle),
    sections: [
      paragraph(text(quick ? words.quickIntro : words.intro)),
      section(text(words.overview), figures(table(...overviewRows(reported, text)))),
      ...reported.map((one) => experimentSection(one, language)),
      missing.length === 0
        ? ''
        : section(text(words.none), paragraph(text(words.noneNote)), paragraph(missing.map(({ id }) => id).join(', '))),
    ],
  });
}

/** A table whose first column may take several lines. */
const figures = (html: string): string => `<div class="figures">${html}</div>`;

function experimentSection(one: Reported, language: string): string {
  const text = textIn(language);
  const { experiment, runs, summary, quick } = one;
  const { id, chapter, title, question, sees, settingOf } = experiment;
  const [first] = runs;
  const charts = drawings(one, language).map(
    ({ title: caption, svg }) => `<figure><figcaption>${escaped(caption)}</figcaption>${svg}</figure>`,
  );
  return section(
    `${id}: ${text(title)}`,
    `<p>${escaped(text(question))}</p>`,
    charts.length > 0 ? `<div class="pair">${charts.join('\n')}</div>` : '',
    `<p><strong>${escaped(text(sees))}</strong></p>`,
    figures(table(...figureRows(one, text))),
    `<ul class="claims">${summary.verdicts.map((verdict) => claim(verdict, text)).join('\n')}</ul>`,
    descriptions([
      [text(words.chapter), chapter],
      [text(words.setting), settingText(settingOf(quick), text)],
      [text(words.data), first.data],
      [text(words.command), commandOf(one)],
      [text(words.time), timeOf(one)],
      [
        text(words.computed),
        `chainrule ${first.version}, ${first.backend}, ${text(words.threads)}${first.threads}; ${first.machine}`,
      ],
    ]),
  );
}

const claim = (verdict: Verdict, text: (text: Text) => string): string =>
  `<li>${escaped(claimText(verdict, text))}</li>`;
