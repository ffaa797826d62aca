// The text of a sheet to its entries: JSON, a Markdown table, CSV, or lines `name = value`. What the names mean is not asked here.
import { ChainruleError } from '../errors.ts';
import { parseJson } from '../formats/network-file.ts';
import type { Sheet, SheetEntry } from './sheet.ts';
import { readSetting, readSettingText, settingNamed } from './sheet-settings.ts';

/** The longest text that is read: a sheet is written by a person. */
export const longestSheet = 4 * 2 ** 20;

/**
 * Reads a worksheet.
 * @param source the file's name, for errors
 * @throws ChainruleError `bad-data` naming the line, `bad-file` where it is no sheet
 */
export function readSheet(text: string, source: string): Sheet {
  if (text.length > longestSheet) {
    throw new ChainruleError(
      'bad-file',
      `${source} has ${text.length.toLocaleString('en')} characters, more than a worksheet can have; give a sheet a person filled in, or compare whole tensors with --gradients.`,
    );
  }
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (plain === '') throw new ChainruleError('bad-file', `${source} is empty; write entries such as net_h1 = 0.3775.`);
  const sheet = /^[[{]/.test(plain) ? fromJson(parseJson(plain, source), source) : fromText(plain, source);
  if (sheet.entries.length > 0) return sheet;
  throw new ChainruleError(
    'bad-file',
    `${source} is no worksheet: nothing in it is an entry; write CSV with the header quantity,value, or lines such as net_h1 = 0.3775.`,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ "network": …, "answers": { name: value } }`, a list of `{ "quantity", "value" }`, or names and values alone. */
function fromJson(value: unknown, source: string): Sheet {
  if (Array.isArray(value)) return { entries: listed(value, source) };
  if (!isRecord(value)) throw notJsonSheet(source);
  let sheet: Omit<Sheet, 'entries'> = {};
  const entries: SheetEntry[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const setting = settingNamed(key);
    if (setting !== undefined) sheet = { ...sheet, ...readSetting(setting, inner, `${source}: "${key}"`) };
    else if (/^(?:answers|entries|items|values)$/.test(key)) {
      entries.push(...(Array.isArray(inner) ? listed(inner, source) : named(inner, source)));
    } else if (/^(?:\$schema|title|description|digits|seed|ask|asked|decimals|number)$/.test(key)) continue;
    else entries.push({ quantity: key, value: written(inner, `${source}: "${key}"`) });
  }
  return { ...sheet, entries };
}

const notJsonSheet = (source: string) =>
  new ChainruleError(
    'bad-file',
    `${source} is JSON but no worksheet; write { "network": "example:mazur", "answers": { "net_h1": 0.3775 } }.`,
  );

function named(value: unknown, source: string): SheetEntry[] {
  if (!isRecord(value)) throw notJsonSheet(source);
  return Object.entries(value).map(([quantity, inner]) => ({
    quantity,
    value: written(inner, `${source}: "${quantity}"`),
  }));
}

function listed(list: readonly unknown[], source: string): SheetEntry[] {
  return list.map((entry, i) => {
    const quantity = isRecord(entry) ? entry.quantity : undefined;
    if (!isRecord(entry) || typeof quantity !== 'string') {
      throw new ChainruleError(
        'bad-data',
        `${source}: entry ${i + 1} has no "quantity"; write { "quantity": "net_h1", "value": 0.3775 }.`,
      );
    }
    return { quantity, value: written(entry.value, `${source}: "${quantity}"`) };
  });
}

/** A value as a student would have written it; numbers in lists stay a list. */
function written(value: unknown, place: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || Array.isArray(value)) return JSON.stringify(value);
  throw new ChainruleError('bad-data', `${place} is ${typeof value}; write a number, or numbers in lists.`);
}

interface Columns {
  readonly quantity: number;
  readonly value: number;
  readonly count: number;
}

/** Lines: settings, then entries in a table or one by one. */
function fromText(text: string, source: string): Sheet {
  const lines = text.split(/\r\n?|\n/);
  const inTable = lines.some((line) => /^\s*\|.*\|\s*$/.test(line));
  let sheet: Omit<Sheet, 'entries'> = {};
  let columns: Columns | undefined;
  let delimiter: string | undefined;
  const entries: SheetEntry[] = [];
  for (const [i, whole] of lines.entries()) {
    const place = `${source}, line ${i + 1}`;
    const setting = settingOf(whole, entries.length === 0 && columns === undefined);
    if (setting !== undefined) {
      sheet = { ...sheet, ...readSettingText(setting.name, setting.text, `${place}: ${setting.label}`) };
      continue;
    }
    const line = whole.trim();
    if (line === '' || /^(?:#|\/\/|<!--|```|---)/.test(line)) continue;
    if (inTable && !line.startsWith('|')) continue;
    delimiter = inTable ? '|' : columns === undefined ? delimiterOf(line) : delimiter;
    const cells = delimiter === undefined ? undefined : cellsOf(inTable ? line.slice(1, -1) : line, delimiter);
    if (cells?.every((cell) => /^:?-*:?$/.test(cell)) && inTable) continue;
    const header = cells && columnsOf(cells);
    if (header !== undefined) columns = header;
    else if (cells !== undefined) entries.push(entryOf(cells, columns, place));
    else entries.push(...lineEntry(line, place));
  }
  return { ...sheet, entries };
}

interface SettingLine {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

/** A line such as `# learning rate: 0.5`; without the # only before the first entry. */
function settingOf(line: string, beforeEntries: boolean): SettingLine | undefined {
  const match = /^\s*(#+|\/\/|<!--|[-*>]|)\s*\**\s*([^:：=＝|]+?)\s*\**\s*[:：=＝]\s*(.*?)\s*(?:-->)?\s*$/.exec(line);
  if (match === null || (match[1] === '' && !beforeEntries)) return undefined;
  const name = settingNamed(match[2]);
  if (name === undefined) return undefined;
  return { name, label: match[2], text: match[3].replace(/^\**\s*`?|`?\s*$/g, '') };
}

const quantityHeader = /^(?:quantity|name|symbol|量|符号|名称|物理量)$/i;
const valueHeader = /^(?:value|answer|your answer|your value|值|数值|答案|你的答案|结果)$/i;

/** Which columns a header names. */
function columnsOf(cells: readonly string[]): Columns | undefined {
  const value = cells.findIndex((cell) => valueHeader.test(cell));
  const quantity = cells.findIndex((cell) => quantityHeader.test(cell));
  return value < 0 || quantity < 0 ? undefined : { quantity, value, count: cells.length };
}

/** What separates the cells of a line, if it has cells. */
function delimiterOf(line: string): string | undefined {
  return ['\t', ';', ',', '，'].find((delimiter) => {
    const cells = cellsOf(line, delimiter);
    if (columnsOf(cells) !== undefined) return true;
    return cells.length === 2 && !/[=＝：:]/.test(cells[0]) && /\p{L}/u.test(cells[0]) && numeral.test(cells[1]);
  });
}

/** How a value begins, in any width. */
const numeral = /^[-+−–－＋.．\d０-９≈~[]/;

/** Cells between delimiters that stand outside of quotation marks and brackets. */
function cellsOf(line: string, delimiter: string): string[] {
  const cells = [''];
  let quoted = false;
  let depth = 0;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    if (!quoted && /[[{(]/.test(character)) depth++;
    if (!quoted && /[\]})]/.test(character)) depth--;
    if (character === delimiter && !quoted && depth <= 0) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells.map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"')
      .replace(/^[`$]+|[`$]+$/g, '')
      .trim(),
  );
}

function entryOf(cells: readonly string[], columns: Columns | undefined, place: string): SheetEntry {
  const count = columns?.count ?? 2;
  if (cells.length > count || cells.length <= (columns?.quantity ?? 0)) {
    throw new ChainruleError(
      'bad-data',
      `${place} has ${cells.length} cells where ${count} are expected; put a cell with a comma in it between quotation marks.`,
    );
  }
  return { quantity: cells[columns?.quantity ?? 0], value: cells[columns?.value ?? 1] ?? '' };
}

/** `name = value`, `name: value`, `name = formula = value`, `name value`; a line without any number is prose. */
function lineEntry(line: string, place: string): SheetEntry[] {
  const bare = line.replace(/^[-*•]\s+/, '').replace(/[;；]$/, '');
  const match =
    /^(.*?[^<>:=])\s*(?::=|[=＝≈≃])(?:.*[=＝≈≃])?\s*(.*)$/.exec(bare) ??
    /^(.+?)\s*[:：]\s*(.*)$/.exec(bare) ??
    /^(\S+)\s+([-+−–－＋.．\d０-９]\S*)$/.exec(bare);
  if (match !== null) return [{ quantity: match[1].replace(/^[`$"]+|[`$"]+$/g, '').trim(), value: match[2].trim() }];
  if (!/\d/.test(line)) return [];
  throw new ChainruleError(
    'bad-data',
    `${place} is ${JSON.stringify(line.slice(0, 60))}, which is no entry; write name = value, such as net_h1 = 0.3775.`,
  );
}
