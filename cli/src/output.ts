// What is written where: data to standard output, the rest to standard error; colours only on terminals that want them.
import CliTable from 'cli-table3';
import pc from 'picocolors';

/** Colours for a stream; none off a terminal or under NO_COLOR. */
export function colors(stream: NodeJS.WriteStream) {
  const wanted =
    stream.isTTY && process.env.TERM !== 'dumb' && !process.env.NO_COLOR && !process.argv.includes('--no-color');
  return pc.createColors(wanted || Boolean(process.env.FORCE_COLOR && !process.env.NO_COLOR));
}

/** Prints a line of data. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints one JSON document, indented, each list of numbers or names on one line. */
export function printJson(value: unknown): void {
  // A line break directly after a bracket is layout: inside strings JSON writes it as a backslash and an n.
  const flat = (_: string, inner: string) => `[${inner.replace(/\s*\n\s*/g, ' ')}]`;
  print(JSON.stringify(value, null, 2).replace(/\[\n\s+([^[\]{}]*?)\n\s*\]/g, flat));
}

/** Tells the user something that is not data. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Tells of a choice: a dim name, then what was chosen, wrapped on a terminal. */
export function sayChoice(name: string, text: string): void {
  const width = process.stderr.isTTY ? process.stderr.columns - choiceIndent : Number.POSITIVE_INFINITY;
  const [first, ...rest] = wrapped(text, width);
  say(`${colors(process.stderr).dim(name.padEnd(choiceIndent))}${first}`);
  for (const line of rest) say(`${' '.repeat(choiceIndent)}${line}`);
}

/** Text in lines of at most `width` characters, broken at spaces. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

const choiceIndent = 11;

/** How a column of a table is printed. */
export interface Column {
  readonly name: string;
  readonly align?: 'left' | 'right';
}

/** Rows as aligned columns under a bold header, without lines. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const { bold } = colors(process.stdout);
  const blank = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
  const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
  const lines = new CliTable({
    head: columns.map(({ name }) => bold(name)),
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
