// What is written where: data to standard output, the rest to standard error; colours only on terminals that want them.
import CliTable from 'cli-table3';
import pc from 'picocolors';
import stringWidth from 'string-width';
import { spoken } from './languages/index.ts';

/** Colours for a stream; none off a terminal or under NO_COLOR. */
export function colors(stream: NodeJS.WriteStream) {
  const wanted =
    stream.isTTY && process.env.TERM !== 'dumb' && !process.env.NO_COLOR && !process.argv.includes('--no-color');
  return pc.createColors(wanted || Boolean(process.env.FORCE_COLOR && !process.env.NO_COLOR));
}

/** Prints results for people, in the language spoken. */
export function print(text: string): void {
  printData(spoken(text));
}

/** Prints data as it is. */
export function printData(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints one JSON document. */
export function printJson(value: unknown): void {
  printData(jsonText(value));
}

/** A JSON document, indented, each list of numbers or names on one line. */
export function jsonText(value: unknown): string {
  // A line break directly after a bracket is layout: inside strings JSON writes it as a backslash and an n.
  const flat = (_: string, inner: string) => `[${inner.replace(/\s*\n\s*/g, ' ')}]`;
  return JSON.stringify(value, null, 2).replace(/\[\n\s+([^[\]{}]*?)\n\s*\]/g, flat);
}

/** Tells the user something that is not data. */
export function say(text: string): void {
  process.stderr.write(`${spoken(text)}\n`);
}

/** Tells of a choice: a dim name, then what was chosen, wrapped on a terminal. */
export function sayChoice(name: string, text: string): void {
  const width = process.stderr.isTTY ? process.stderr.columns - choiceIndent : Number.POSITIVE_INFINITY;
  const title = spoken(name);
  const [first, ...rest] = wrapped(spoken(text), width);
  process.stderr.write(`${colors(process.stderr).dim(padded(title, choiceIndent - 1))} ${first}\n`);
  for (const line of rest) process.stderr.write(`${' '.repeat(choiceIndent)}${line}\n`);
}

/** Text in lines of at most `width` columns, broken at spaces and between East Asian characters. */
export function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const piece of text.match(pieces) ?? []) {
    const last = lines.length - 1;
    // A line does not begin with a closing mark, nor does it end with an opening one.
    if (stringWidth(lines[last] + piece.trimEnd()) <= width || /^[，。；：、）！？”]/.test(piece)) lines[last] += piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}

/** What a line may be broken between: words, and East Asian characters each by itself. */
const pieces = /[（“《]*(?:[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|[\u2e80-\u9fff\uff00-\uffef]|\s+)/g;

const choiceIndent = 11;

/** How a column of a table is printed. */
export interface Column {
  readonly name: string;
  /** Whether the name is one of the user's data, which no language changes. */
  readonly own?: boolean;
  readonly align?: 'left' | 'right';
}

/** Text with spaces behind it, to this many columns of a terminal. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** Names and what they stand for, a line each, the latter one below another. */
export function aligned(pairs: readonly (readonly [name: string, text: string])[]): string[] {
  const width = Math.max(...pairs.map(([name]) => stringWidth(name)));
  return pairs.map(([name, text]) => `${padded(name, width)}  ${text}`);
}

/** Rows as aligned columns under a bold header, without lines. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const { bold } = colors(process.stdout);
  const blank = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
  const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
  const lines = new CliTable({
    head: columns.map(({ name, own }) => bold(own ? name : spoken(name))),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: { ...Object.fromEntries([...blank, ...inner].map((place) => [place, ''])), middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  lines.push(...rows.map((cells) => cells.map(printable)));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Text on one line, without the control characters that a terminal would obey. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => JSON.stringify(character).slice(1, -1));
}
