// A derivation as a complete LaTeX document: for pdflatex in English, for xelatex with ctex in Chinese. Needs amsmath only.
import { alignedRows } from './aligned.ts';
import type { Derivation } from './derivation.ts';
import { documentOf } from './document.ts';
import type { Equation, Group, Section } from './layout.ts';
import { Rendering, type RenderOptions } from './render.ts';

/** The derivation as a LaTeX document. */
export function renderLatex(derivation: Derivation, options: RenderOptions = {}): string {
  const rendering = new Rendering(derivation, options, 'latex');
  const { title, setting, sections, notes } = documentOf(rendering);
  const body = [
    `\\section*{${escaped(title)}}`,
    escaped(setting),
    ...sections.flatMap(sectionBlocks),
    ...(notes.length === 0 ? [] : ['\\medskip\\noindent\\rule{6em}{0.4pt}']),
    ...notes.map((note) => `\\noindent{\\small ${escaped(note)}}`),
  ];
  return `${preamble(rendering.language.name)}\n\\begin{document}\n\n${body.join('\n\n')}\n\n\\end{document}\n`;
}

function preamble(language: string): string {
  // Chinese is typeset by ctex with the fonts that come with TeX, so that it looks the same everywhere.
  const classes =
    language === 'zh'
      ? [
          '% xelatex',
          '\\documentclass[a4paper,10pt,fontset=fandol]{ctexart}',
          '\\ctexset{section/format=\\Large\\bfseries}',
        ]
      : ['% pdflatex', '\\documentclass[a4paper,10pt]{article}', '\\usepackage[utf8]{inputenc}'];
  return [
    ...classes,
    '\\usepackage[margin=2.2cm]{geometry}',
    '\\usepackage[fleqn]{amsmath}',
    '\\usepackage{amssymb}',
    '\\allowdisplaybreaks[1]',
    '\\AtBeginDocument{\\abovedisplayskip=5pt plus 2pt \\belowdisplayskip=5pt plus 2pt}',
    '\\setlength{\\parindent}{0pt}',
    '\\setlength{\\parskip}{0.6em}',
    '\\setcounter{MaxMatrixCols}{16}',
  ].join('\n');
}

const sectionBlocks = ({ heading, remarks, groups }: Section): string[] => [
  `\\section*{${escaped(heading)}}`,
  ...remarks.map(escaped),
  ...groups.flatMap(groupBlocks),
];

const groupBlocks = ({ heading, forms }: Group): string[] => [
  ...(heading === null ? [] : [`\\subsection*{${escaped(heading)}}`]),
  ...forms.flatMap(({ heading, equations }) => [
    ...(heading === null ? [] : [`\\subsubsection*{${escaped(heading)}}`]),
    equations.map(equationBlock).join('\n'),
  ]),
];

/** One paragraph: an empty line before a display would be a space too much. */
const equationBlock = (equation: Equation): string =>
  equation.passages
    .map((passage) => {
      const rows = alignedRows(equation, passage).join(' \\\\\n');
      const words = passage.words === null ? '' : `${escaped(passage.words)}\n`;
      return `${words}\\begin{align*}\n${rows}\n\\end{align*}`;
    })
    .join('\n');

/** Signs that LaTeX takes for commands, and those that its text fonts lack. */
const signs: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '–': '--',
  '—': '---',
  '…': '\\dots{}',
  '−': '$-$',
  '≈': '$\\approx$',
  '×': '$\\times$',
  ...Object.fromEntries(
    [
      ...'αalpha βbeta γgamma δdelta εvarepsilon ζzeta ηeta θtheta κkappa λlambda μmu νnu ξxi πpi ρrho σsigma τtau φvarphi'.split(
        ' ',
      ),
      ...'χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΦPhi ΨPsi ΩOmega'.split(' '),
    ].map(([letter, ...name]) => [letter, `$\\${name.join('')}$`]),
  ),
};

/** Text as LaTeX sets it, whatever signs are in it. */
export const escaped = (text: string): string => [...text].map((sign) => signs[sign] ?? sign).join('');
