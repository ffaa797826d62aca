// The experiments' report as Markdown, its figures as SVG files in a folder beside it.
import type { Experiment } from '#experiments';
import { drawings } from './charts.ts';
import type { Reported } from './collect.ts';
import { claimText, commandOf, figureRows, overviewRows, timeOf } from './report-rows.ts';
import { reportWords as words } from './report-words.ts';
import { standaloneSvg } from './standalone-svg.ts';
import { settingText, textIn } from './words.ts';

/** The text, and the figures by the names of their files, which are in the folder. */
export interface MarkdownReport {
  readonly text: string;
  readonly files: ReadonlyMap<string, string>;
}

export function markdownReport(
  reported: readonly Reported[],
  missing: readonly Experiment[],
  { folder, quick, language }: { folder: string; quick: boolean; language: string },
): MarkdownReport {
  const say = textIn(language);
  const [colon, stop] = language === 'zh' ? ['：', '。'] : [': ', '.'];
  const files = new Map<string, string>();
  const lines = [
    `# ${say(words.title)}`,
    `${say(words.subtitle)}${stop}`,
    say(quick ? words.quickIntro : words.intro),
    `\`chainrule experiment report${quick ? ' --quick' : ''}${language === 'en' ? '' : ` --lang ${language}`}\``,
    `## ${say(words.overview)}`,
    markdownTable(overviewRows(reported, say)),
    ...reported.flatMap((one) => {
      const { experiment, summary, runs } = one;
      const { id, title, question, sees, settingOf } = experiment;
      const figures = drawings(one, language).map(({ title: caption, svg }, i) => {
        const file = `${id}-${i + 1}${language === 'en' ? '' : `-${language}`}.svg`;
        files.set(file, standaloneSvg(svg));
        return `![${caption}](${folder}/${file})`;
      });
      const claims = summary.verdicts.map((verdict) => `- ${claimText(verdict, say)}`);
      const [first] = runs;
      return [
        `## ${id}`,
        `**${say(title)}.** ${say(question)}`,
        figures.join('\n'),
        say(sees),
        markdownTable(figureRows(one, say)),
        claims.join('\n'),
        [
          {
            name: words.setting,
            text: `${settingText(settingOf(quick), say)}${first.data ? `${say({ en: '; ', zh: '；' })}${first.data}` : ''}`,
          },
          { name: words.time, text: timeOf(one) },
          {
            name: words.computed,
            text: `chainrule ${first.version}, ${first.backend}, ${say(words.threads)}${first.threads}; ${first.machine}`,
          },
        ]
          .map(({ name, text }) => `${capital(say(name))}${colon}${text}${stop}`)
          .join(language === 'zh' ? '' : ' '),
        `\`${commandOf(one)}\``,
      ];
    }),
    ...(missing.length === 0
      ? []
      : [`## ${say(words.none)}`, say(words.noneNote), missing.map(({ id }) => `\`${id}\``).join(', ')]),
  ];
  return { text: `${lines.filter((line) => line !== '').join('\n\n')}\n`, files };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function markdownTable([header, rows]: ReturnType<typeof overviewRows>): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 ? '---' : '---:'));
  return [row(header), row(rule), ...rows.map(({ cells }) => row(cells))].join('\n');
}
