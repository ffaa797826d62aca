// A written formula as fragments that a line may be broken between, and its breaking into lines of a width. Knows no notation.

/** A stretch of a formula that stays on one line. In text it may have several rows: a matrix. */
export interface Fragment {
  readonly text: string;
  /** How deep within brackets and products it stands: lines are rather broken before what is less deep. */
  readonly depth: number;
}

/** A formula, to be read from left to right. */
export type Formula = readonly Fragment[];

/** How much room a written formula takes. */
export type Measure = (text: string) => number;

/** A formula that cannot be broken. */
export const whole = (text: string): Formula => [{ text, depth: 0 }];

/** The same formula within something: its breaks are less welcome than those around it. */
export const within = (formula: Formula): Formula => formula.map(({ text, depth }) => ({ text, depth: depth + 1 }));

/** The parts of a sum or product side by side, a break before each; every part brings its operator. */
export const chained = (parts: readonly Formula[]): Formula =>
  parts.flatMap((part) => within(part).map((fragment, i) => (i === 0 ? { ...fragment, depth: 0 } : fragment)));

/** The parts of a list, each but the last followed by the separator. */
export const listed = (parts: readonly Formula[], separator: string): Formula =>
  chained(parts.map((part, i) => (i === parts.length - 1 ? part : enclosed('', part, separator))));

/** A formula between two pieces of text. */
export function enclosed(before: string, formula: Formula, after: string): Formula {
  const last = formula.length - 1;
  return formula.map(({ text, depth }, i) => ({
    text: beside(i === 0 ? before : '', text, i === last ? after : ''),
    depth,
  }));
}

/** A formula in one piece. */
export const flat = (formula: Formula): string => beside(...formula.map(({ text }) => text));

/** A line of a formula that was broken. */
export interface Row {
  readonly text: string;
  /** How far it is to be set in, in steps of {@link indentStep}: what goes on within brackets, further than what goes on after. */
  readonly level: number;
}

/** The room that a level takes. */
export const indentStep = 2;

/** The formula in lines of at most `width`, as far as its fragments allow; what is least deep is broken first. */
export function broken(formula: Formula, width: number, measure: Measure, level = 0, next = 1): Row[] {
  const inOne = flat(formula);
  const fits = (text: string, own: number) => measure(trimmed(text)) <= width - indentStep * own;
  if (formula.length === 1 || fits(inOne, level)) return [{ text: trimmed(inOne), level }];
  const depth = Math.min(...formula.slice(1).map((fragment) => fragment.depth));
  const lines: Fragment[][] = [];
  for (const group of splitAt(formula, depth)) {
    const last = lines[lines.length - 1];
    const own = lines.length > 1 ? next : level;
    if (last !== undefined && fits(flat([...last, ...group]), own)) last.push(...group);
    else lines.push([...group]);
  }
  return lines.flatMap((line, i) => broken(line, width, measure, i === 0 ? level : next, next + 1));
}

/** Stretches that begin at each fragment of this depth. */
function splitAt(formula: Formula, depth: number): Fragment[][] {
  const groups: Fragment[][] = [];
  for (const [i, fragment] of formula.entries()) {
    if (i === 0 || fragment.depth === depth) groups.push([]);
    groups[groups.length - 1].push(fragment);
  }
  return groups;
}

const trimmed = (text: string) => (text.includes('\n') ? text : text.trim());

/** Texts side by side, where those with several rows meet the others at their middle row. */
export function beside(...texts: readonly string[]): string {
  if (!texts.some((text) => text.includes('\n'))) return texts.join('');
  const blocks = texts.filter((text) => text !== '').map((text) => text.split('\n'));
  const height = Math.max(...blocks.map((rows) => rows.length));
  return Array.from({ length: height }, (_, row) =>
    blocks.map((rows) => rows[row - above(height) + above(rows.length)] ?? ' '.repeat(rows[0].length)).join(''),
  ).join('\n');
}

/** How many rows of a block stand above the one that the line runs through. */
const above = (height: number): number => Math.floor((height - 1) / 2);
