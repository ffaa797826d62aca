// A worksheet as CSV: its settings in lines with #, then quantity,value with nothing, or on the key the answer, behind it.
import { pageOf } from './page.ts';
import { settingLines } from './settings.ts';
import type { Worksheet } from './worksheet.ts';

/** The sheet, or with its answers the key. */
export function renderCsv(sheet: Worksheet, isKey: boolean): string {
  const { blanks, notes } = pageOf(sheet, isKey);
  const entries = blanks.flatMap(({ content }) => content.flatMap((part) => part.content));
  const lines = [
    ...[...settingLines(sheet), ...notes].map((line) => `# ${line}`),
    'quantity,value',
    ...entries.map(({ name, value }) => `${quoted(name)},${value}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A cell; a name such as w[0,1] has a comma in it. */
const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
