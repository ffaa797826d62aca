// A worksheet as CSV: its settings in lines with #, then quantity,value with nothing, or on the key the answer, behind it.
import { quotedCell } from '../write-sheet.ts';
import { pageOf } from './page.ts';
import { linesOf } from './settings.ts';
import type { Worksheet } from './worksheet.ts';

/** The sheet, or with its answers the key. */
export function renderCsv(sheet: Worksheet, isKey: boolean): string {
  const { blanks, notes } = pageOf(sheet, isKey);
  const entries = blanks.flatMap(({ content }) => content.flatMap((part) => part.content));
  const lines = [
    ...[...linesOf(sheet), ...notes].map((line) => `# ${line}`),
    'quantity,value',
    ...entries.map(({ name, value }) => `${quotedCell(name)},${value}`),
  ];
  return `${lines.join('\n')}\n`;
}
