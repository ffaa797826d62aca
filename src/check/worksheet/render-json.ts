// A worksheet as data for programs: what it is about, and its answers by name, null where they are to be filled in.
import { pageOf } from './page.ts';
import { settingsOf } from './settings.ts';
import type { Worksheet } from './worksheet.ts';

/** The sheet, or with its answers the key. */
export function renderJson(sheet: Worksheet, isKey: boolean): string {
  const { blanks, title, notes } = pageOf(sheet, isKey);
  const { digits, seed, number } = sheet.choices;
  const entries = blanks.flatMap(({ content }) => content.flatMap((part) => part.content));
  // As text, so that no digit that was asked for is lost.
  const answers = entries.map(({ name, value }): [string, string | null] => [name, value === '' ? null : value]);
  const document = {
    title,
    seed,
    number,
    digits,
    ...settingsOf(sheet),
    ...(notes.length > 0 && { description: notes.join(' ') }),
    answers: Object.fromEntries(answers),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
