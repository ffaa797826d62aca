// A derivation as Markdown whose formulas GitHub, GitLab and pandoc typeset. Formulas stand in ```math fences, because GitHub reads
// what is between $$ as Markdown first: it takes \\ for \ and _ for emphasis. It also refuses \operatorname and \phantom.
import { alignedRows } from './aligned.ts';
import type { Derivation } from './derivation.ts';
import { documentOf } from './document.ts';
import type { Equation, Group, Section } from './layout.ts';
import { Rendering, type RenderOptions } from './render.ts';

/** The derivation as Markdown. */
export function renderMarkdown(derivation: Derivation, options: RenderOptions = {}): string {
  const rendering = new Rendering(derivation, options, 'latex');
  const { title, setting, sections, notes } = documentOf(rendering);
  const blocks = [`# ${escaped(title)}`, escaped(setting), ...sections.flatMap(sectionBlocks), ...notes.map(escaped)];
  return `${blocks.join('\n\n')}\n`;
}

const sectionBlocks = ({ heading, remarks, groups }: Section): string[] => [
  `## ${escaped(heading)}`,
  ...remarks.map(escaped),
  ...groups.flatMap(groupBlocks),
];

const groupBlocks = ({ heading, forms }: Group): string[] => [
  ...(heading === null ? [] : [`### ${escaped(heading)}`]),
  ...forms.flatMap(({ heading, equations }) => [
    ...(heading === null ? [] : [`**${escaped(heading)}**`]),
    ...equations.flatMap(equationBlocks),
  ]),
];

const equationBlocks = (equation: Equation): string[] =>
  equation.passages.flatMap((passage) => [
    ...(passage.words === null ? [] : [escaped(passage.words)]),
    `\`\`\`math\n\\begin{aligned}\n${alignedRows(equation, passage).join(' \\\\\n')}\n\\end{aligned}\n\`\`\``,
  ]);

/** What Markdown, or GitHub's math, would take for a sign of its own. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|~$]/g, '\\$&');
