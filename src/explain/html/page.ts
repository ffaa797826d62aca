// A derivation as one HTML page that needs nothing else: no script, no network, formulas as MathML that browsers typeset themselves.
import type { Derivation } from '../derivation.ts';
import { documentOf } from '../document.ts';
import type { Equation, Form, Group, Passage, Section } from '../layout.ts';
import { Rendering, type RenderOptions } from '../render.ts';
import { drawing } from './drawing.ts';
import { escaped, tag } from './markup.ts';
import { mathOf } from './math.ts';
import { style } from './style.ts';

/** The derivation as a page. */
export function renderHtml(derivation: Derivation, options: RenderOptions = {}): string {
  const rendering = new Rendering(derivation, options, 'latex');
  const { title, setting, sections, notes } = documentOf(rendering);
  const lang = rendering.language.name === 'zh' ? 'zh-CN' : rendering.language.name;
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    tag('title', {}, escaped(title)),
    `<style>${style}</style>`,
  ];
  const main = tag(
    'main',
    { class: rendering.form === 'both' ? 'wide' : undefined },
    tag('h1', {}, escaped(title)),
    tag('p', {}, escaped(setting)),
    drawing(rendering),
    ...sections.map(sectionOf),
    notes.length === 0 ? '' : tag('footer', {}, ...notes.map(paragraph)),
  );
  return `<!doctype html>\n${tag('html', { lang }, tag('head', {}, ...head), '\n', tag('body', {}, main))}\n`;
}

const paragraph = (text: string): string => tag('p', {}, escaped(text));

const sectionOf = ({ name, heading, remarks, groups }: Section): string =>
  `\n<details open id="part.${name}"><summary><h2>${escaped(heading)}</h2></summary>${[
    ...remarks.map(paragraph),
    ...groups.map(groupOf),
  ].join('')}</details>`;

function groupOf({ heading, forms }: Group): string {
  const content = tag('div', { class: 'forms' }, ...forms.map(formOf));
  if (heading === null) return content;
  return `\n<details open class="layer"><summary><h3>${escaped(heading)}</h3></summary>${content}</details>`;
}

const formOf = ({ name, heading, equations }: Form): string =>
  tag(
    'div',
    { class: 'form' },
    heading === null ? '' : tag('h4', {}, escaped(heading)),
    ...equations.map((equation) => equationOf(equation, name === 'matrices' ? 'matrix.' : '')),
  );

function equationOf(equation: Equation, prefix: string): string {
  const passages = equation.passages.map((passage) => passageOf(equation, passage));
  return `\n${tag('div', { class: 'equation', id: prefix + equation.id }, ...passages)}`;
}

/** What is wider than this may have to be scrolled on a phone, and so must be reachable by keyboard. */
const phoneWidth = 30;

function passageOf(equation: Equation, passage: Passage): string {
  const { math, width } = mathOf(equation, passage);
  return [
    passage.words === null ? '' : paragraph(passage.words),
    tag(
      'div',
      width > phoneWidth
        ? { class: 'math', tabindex: 0, role: 'group', 'aria-label': equation.name }
        : { class: 'math' },
      math,
    ),
  ].join('');
}
