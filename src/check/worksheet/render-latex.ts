// A worksheet as a complete LaTeX document to print: for pdflatex in English, for xelatex with ctex in Chinese.
import { escaped } from '../../explain/render-latex.ts';
import { shownNumber } from './numbers.ts';
import { type Blank, type Given, type Page, pageOf, type Section } from './page.ts';
import type { Worksheet } from './worksheet.ts';

/** The sheet, or with its answers the key. */
export function renderLatex(sheet: Worksheet, isKey: boolean): string {
  const page = pageOf(sheet, isKey);
  const { words, notes } = page;
  const body = [
    `\\section*{${escaped(page.title)}}`,
    ...(isKey ? [] : [`${words.name}: \\rule{6cm}{0.4pt}`]),
    ...page.paragraphs.map(escaped),
    ...page.given.flatMap(({ heading, content }) => [`\\subsection*{${escaped(heading)}}`, ...content.map(given)]),
    ...page.blanks.flatMap(({ heading, content }) => [`\\section*{${escaped(heading)}}`, ...content.map(blanks)]),
    ...(notes.length === 0 ? [] : [`\\subsection*{${escaped(words.teacher)}}`, ...notes.map(escaped)]),
  ];
  return `${preamble(page)}\n\\begin{document}\n\n${body.join('\n\n')}\n\n\\end{document}\n`;
}

function preamble({ language }: Page): string {
  const classes =
    language === 'zh'
      ? ['% xelatex', '\\documentclass[a4paper,11pt,fontset=fandol]{ctexart}']
      : ['% pdflatex', '\\documentclass[a4paper,11pt]{article}', '\\usepackage[utf8]{inputenc}'];
  return [
    ...classes,
    '\\usepackage[margin=2cm]{geometry}',
    '\\usepackage{amsmath}',
    '\\usepackage{amssymb}',
    '\\usepackage{multicol}',
    '\\setlength{\\parindent}{0pt}',
    '\\setlength{\\parskip}{0.5em}',
    '\\raggedright',
  ].join('\n');
}

/** Words, then the equations one after another. */
function given({ words, equations }: Given): string {
  const formulas = equations.map(({ symbol, is }) => `\\mbox{$${symbol.latex} = ${is.latex}$}`).join('\\quad ');
  return [escaped(words), formulas].filter((part) => part !== '').join('\\quad ');
}

/** Blanks in two columns, each with a rule to write on. */
function blanks({ heading, content }: Section<Blank>): string {
  const lines = content.map(
    ({ symbol, value }) =>
      `$\\displaystyle ${symbol.latex} = {}$${value === '' ? '\\hrulefill' : `$${shownNumber(value).latex}$`}\\par`,
  );
  return [
    `\\subsection*{${escaped(heading)}}`,
    '\\begin{multicols}{2}',
    '\\setlength{\\parskip}{0.9em}',
    ...lines,
    '\\end{multicols}',
  ].join('\n');
}
