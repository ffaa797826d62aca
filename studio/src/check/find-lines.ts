// In which line of a sheet's text each entry stands. The library's reader does not say, so what is found is read back.
import { readSheet, type Sheet, type SheetEntry, writeSheet } from 'chainrule/check';
import { inEach, PageError } from '../words/sentences.ts';
import { type EntryLine, type SheetLine, type SheetLines, textOfLines, withValue } from './sheet-lines.ts';
import { words } from './words.ts';

type Find = (line: string, entry: SheetEntry) => EntryLine | undefined;
/** The name of the blank that an entry fills; undefined for one that is kept as it stands. */
type NameOf = (entry: SheetEntry) => string | undefined;

/**
 * A sheet's lines: as they stand, or with `=` in its entries, or, where neither can be read back, all of it as CSV.
 * @throws PageError where that cannot be read back either
 */
export function linesOf(text: string, sheet: Sheet, nameOf: NameOf): SheetLines {
  const found =
    findLines(text, sheet, nameOf, entryIn) ??
    findLines(text, sheet, nameOf, plainEntryIn) ??
    findLines(writeSheet(sheet), sheet, nameOf, entryIn);
  if (found === undefined) throw new PageError(inEach(words, (w) => w.noForm));
  return found;
}

function findLines(text: string, sheet: Sheet, nameOf: NameOf, find: Find): SheetLines | undefined {
  const { entries } = sheet;
  const lines: SheetLine[] = [];
  let count = 0;
  let end = text.trim() === '' ? 0 : text.trimEnd().split(lineEnd).length;
  let last: EntryLine | undefined;
  for (const line of text.split(lineEnd)) {
    const entry = entries[count];
    const found = entry && find(line, entry);
    const name = found && nameOf(entry);
    lines.push(found !== undefined && name !== undefined ? { ...found, name } : line);
    if (found === undefined) continue;
    count += 1;
    end = lines.length;
    last = found;
  }
  if (count < entries.length) return undefined;
  return [...(last ? [last] : []), lineOf(' = '), lineOf(',')]
    .map((pattern): SheetLines => ({ lines, end, pattern }))
    .find((found) => isReadBack(found, sheet, nameOf));
}

const lineEnd = /\r\n?|\n/;

const lineOf = (between: string): EntryLine => ({
  before: '',
  quantity: '',
  between,
  value: '',
  after: '',
  isCells: between === ',',
});

/** Where an entry stands in a line, if it does. */
function entryIn(line: string, { quantity, value }: SheetEntry): EntryLine | undefined {
  if (/^\s*(?:#|\/\/|<!--|```|---)/.test(line)) return undefined;
  const start = line.indexOf(quantity);
  const behind = start + quantity.length;
  const at = value === '' ? blankIn(line) : line.lastIndexOf(value);
  if (start < 0 || at < behind) return undefined;
  const between = line.slice(behind, at);
  const isCells = !/[=＝≈≃:：]\s*$/.test(between);
  // Cells get their quotation marks anew.
  const plain = (part: string) => (isCells ? part.replaceAll('"', '') : part);
  return {
    before: plain(line.slice(0, start)),
    quantity,
    between: plain(between).replace(/([=＝])$/, '$1 '),
    value,
    after: plain(line.slice(at + value.length)),
    isCells,
  };
}

/** Where a value goes in a line without one: at its end, or in the last cell of its row. */
const blankIn = (line: string): number => (/\|\s*$/.test(line) ? line.lastIndexOf(' |') : line.length);

/** The same with `=`, which is read with and without a value behind it. */
function plainEntryIn(line: string, entry: SheetEntry): EntryLine | undefined {
  return entryIn(line, entry) && { ...lineOf(' = '), ...entry };
}

/** Whether other values and a further entry would be read where they are written, and all else as before. */
function isReadBack(found: SheetLines, sheet: Sheet, nameOf: NameOf): boolean {
  // No quantity's name, with a comma as some have.
  const further = 'w[0,1]';
  return ['', '0.625', '0,5'].every((value) => {
    const lines = found.lines.map((line) => (typeof line === 'string' ? line : { ...line, value }));
    const expected = sheet.entries.map((entry) => (nameOf(entry) === undefined ? entry : { ...entry, value }));
    try {
      const read = readSheet(textOfLines(withValue({ ...found, lines }, further, value)), 'the sheet');
      return contentOf(read) === contentOf({ ...sheet, entries: [...expected, { quantity: further, value }] });
    } catch {
      return false;
    }
  });
}

/** Equal for sheets that say the same, in whatever order their settings stand. */
const contentOf = ({ entries, ...settings }: Sheet): string =>
  JSON.stringify([Object.entries(settings).sort(), entries.map(({ quantity, value }) => [quantity, value])]);
