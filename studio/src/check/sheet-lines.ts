// A sheet's text line by line, so that a value can be written where it belongs and all else stays as it is.

/** A line with an entry. */
export interface EntryLine {
  readonly before: string;
  readonly quantity: string;
  readonly between: string;
  readonly value: string;
  readonly after: string;
  /** Whether it is a row of cells, where commas need quotation marks. */
  readonly isCells: boolean;
}

/** Any line: one with an entry, or one that is kept word for word. */
export type SheetLine = string | (EntryLine & { readonly name: string });

/** Where the entries of a sheet stand. */
export interface SheetLines {
  readonly lines: readonly SheetLine[];
  /** Where a further entry goes, and how it is written. */
  readonly end: number;
  readonly pattern: EntryLine;
}

/** The values on a sheet by the names of their quantities. */
export const valuesOn = ({ lines }: SheetLines): ReadonlyMap<string, string> =>
  new Map(lines.flatMap((line): [string, string][] => (typeof line === 'string' ? [] : [[line.name, line.value]])));

/** The sheet with a value written in. */
export function withValue(sheet: SheetLines, name: string, value: string): SheetLines {
  const { lines, end, pattern } = sheet;
  if (valuesOn(sheet).has(name)) {
    return { ...sheet, lines: lines.map((line) => (isOf(line, name) ? { ...line, value } : line)) };
  }
  const added = { ...pattern, quantity: name, name, value };
  return { lines: [...lines.slice(0, end), added, ...lines.slice(end)], end: end + 1, pattern };
}

const isOf = (line: SheetLine, name: string): line is Exclude<SheetLine, string> =>
  typeof line !== 'string' && line.name === name;

/** The lines as text. */
export const textOfLines = ({ lines }: Pick<SheetLines, 'lines'>): string =>
  lines.map((line) => (typeof line === 'string' ? line : written(line))).join('\n');

function written({ before, quantity, between, value, after, isCells }: EntryLine): string {
  const shown = isCells ? cell : String;
  return `${before}${shown(quantity)}${between}${shown(value)}${after}`;
}

const cell = (text: string) => (/[",，;|\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
