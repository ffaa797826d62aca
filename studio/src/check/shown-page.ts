// A worksheet's page with its formulas typeset, as data that can be sent and shown.
import { type Blank, type Given, type Section, type Worksheet, worksheetPage } from 'chainrule/check';
import { inlineMath } from 'chainrule/explain/html';
import type { SheetPage, ShownBlank, ShownGiven, ShownSection } from './protocol.ts';

/** The sheet, or with its answers the key. */
export function shownPage(sheet: Worksheet, isKey: boolean): SheetPage {
  const { words, title, paragraphs, given, blanks, notes } = worksheetPage(sheet, isKey);
  return {
    title,
    name: words.name,
    paragraphs,
    given: given.map((section) => shown(section, shownGiven)),
    blanks: blanks.map((section) => shown(section, (part) => shown(part, shownBlank))),
    teacher: words.teacher,
    notes,
  };
}

const shown = <From, To>({ heading, content }: Section<From>, one: (from: From) => To): ShownSection<To> => ({
  heading,
  content: content.map(one),
});

const shownGiven = ({ words, equations }: Given): ShownGiven => ({
  words,
  formulas: equations.map(({ symbol, is }) => inlineMath(`${symbol.latex} = ${is.latex}`)),
});

const shownBlank = ({ name, symbol, value }: Blank): ShownBlank => ({
  name,
  symbol: inlineMath(symbol.latex),
  text: symbol.text,
  value: value.replace('-', '−'),
});
