// A derivation as text for people: laid out by document.ts, wrapped at a terminal's width.
import type { Derivation } from './derivation.ts';
import { documentOf } from './document.ts';
import { beside, broken, indentStep, type Row } from './formula.ts';
import type { Equation, Group, Section } from './layout.ts';
import { Rendering, type RenderOptions } from './render.ts';
import { columns, wrapped } from './wrap.ts';

/** How a derivation is laid out as text. */
export interface TextOptions extends RenderOptions {
  /** Columns that everything is wrapped at; 80 unless given. */
  readonly width?: number;
}

/** Formulas get this much room however narrow the terminal is. */
const leastWidth = 24;
const indent = '    ';

/** The derivation as text; every number rounded once from float64. */
export function renderText(derivation: Derivation, options: TextOptions = {}): string {
  const { title, setting, sections, notes } = documentOf(new Rendering(derivation, options, 'text'));
  const width = options.width ?? 80;
  const paragraph = (text: string) => wrapped(text, width).join('\n');
  const blocks = [
    title,
    paragraph(setting),
    ...sections.flatMap((section) => sectionBlocks(section, width, paragraph)),
    ...notes.map(paragraph),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function sectionBlocks({ heading, remarks, groups }: Section, width: number, paragraph: (text: string) => string) {
  return [
    `${heading}\n${'─'.repeat(columns(heading))}`,
    ...remarks.map(paragraph),
    ...groups.flatMap((group) => groupBlocks(group, width)),
  ];
}

function groupBlocks({ heading, forms }: Group, width: number): string[] {
  return [
    ...(heading === null ? [] : [`  ${heading}`]),
    ...forms.flatMap(({ heading, equations }) => [
      ...(heading === null ? [] : [`  · ${heading}`]),
      ...(isTable(equations) ? [table(equations)] : equations.map((equation) => block(equation, width))),
    ]),
  ];
}

/** Whether the equations are values only: symbols with their numbers, one below the other. */
const isTable = (equations: readonly Equation[]) =>
  equations.every(
    ({ passages }) =>
      passages.length === 1 &&
      passages[0].lines.every(({ formula }) => formula.length === 1) &&
      passages[0].lines.length === 1,
  );

function table(equations: readonly Equation[]): string {
  const width = Math.max(...equations.map(({ symbol }) => columns(symbol)));
  return equations
    .map(({ symbol, passages }) => {
      const [{ relation, formula }] = passages[0].lines;
      return `${indent}${symbol}${' '.repeat(width - columns(symbol))} ${relation} ${formula[0].text}`;
    })
    .join('\n');
}

function block({ symbol, rule, passages }: Equation, width: number): string {
  const margin = ' '.repeat(columns(symbol));
  const room = Math.max(leastWidth, width - columns(indent + symbol) - 3);
  const rows = passages.flatMap(({ words, lines }, p) => [
    ...(words === null ? [] : wrapped(words, room).map((line) => `${indent}${margin}   ${line}`)),
    ...lines.flatMap((line, i) => {
      const tail = p === 0 && i === 0 && rule !== undefined ? `   (${rule})` : '';
      const [first, ...rest] = tagged(broken(line.formula, room, widest).map(setIn), tail, room);
      const head = p === 0 && i === 0 ? symbol : margin;
      const whole = beside(`${indent}${head} ${line.relation || ' '} `, first);
      return [whole, ...rest.map((row) => beside(`${indent}${margin}   `, row))];
    }),
  ]);
  return rows.map(withoutTrailing).join('\n');
}

const setIn = ({ text, level }: Row): string => beside(' '.repeat(indentStep * level), text);

/** The rows with the rule's name at the first that has room for it. */
function tagged(rows: readonly string[], tail: string, room: number): string[] {
  const place = rows.findIndex((row) => widest(row) + columns(tail) <= room);
  return rows.map((row, i) => (i === place ? beside(row, tail) : row));
}

/** The columns of a text that may have several rows. */
const widest = (text: string): number => Math.max(...text.split('\n').map(columns));

const withoutTrailing = (text: string) => text.replace(/ +$/gm, '');
