// A worksheet as Markdown, to be filled in with an editor or printed. Symbols are plain text, which every viewer shows alike.
import { type Blank, type Given, pageOf, type Section } from './page.ts';
import { linesOf } from './settings.ts';
import type { Worksheet } from './worksheet.ts';

/** The sheet, or with its answers the key. */
export function renderMarkdown(sheet: Worksheet, isKey: boolean): string {
  const { title, words, paragraphs, given, blanks, notes } = pageOf(sheet, isKey);
  const { quantity, symbol, value } = words.columns;
  const table = (rows: readonly Blank[]) => {
    const header = [quantity, symbol, value];
    const cells = rows.map((row) => [code(row.name), row.symbol.text, row.value || '          ']);
    return [header, header.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
  };
  const blocks = [
    linesOf(sheet)
      .map((line) => `<!-- ${line} -->`)
      .join('\n'),
    `# ${title}`,
    ...(isKey ? [] : [`${words.name} ____________________`]),
    ...paragraphs,
    ...given.flatMap(({ heading, content }) => [`## ${heading}`, content.map(item).join('\n')]),
    ...blanks.flatMap(({ heading, content }) => [
      `## ${heading}`,
      ...content.flatMap((part: Section<Blank>) => [`### ${part.heading}`, table(part.content)]),
    ]),
    ...(notes.length === 0 ? [] : [`## ${words.teacher}`, ...notes]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** A line of a list. */
function item({ words, equations }: Given): string {
  const formulas = equations.map(({ symbol, is }) => code(`${symbol.text} = ${is.text}`)).join(', ');
  return `- ${[words, formulas].filter((part) => part !== '').join(' ')}`;
}

/** Symbols have underscores and asterisks in them. */
const code = (text: string) => `\`${text}\``;
