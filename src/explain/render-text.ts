// A derivation as text for a terminal, with Unicode mathematics.
import type { Derivation, Step } from './derivation.ts';
import { formatGiven, formatNumber } from './numbers.ts';
import { formulas, type Rendering, type RenderOptions, rendering, substituted, write } from './render.ts';
import { columns, wrapped } from './wrap.ts';

/** How a derivation is laid out as text. */
export interface TextOptions extends RenderOptions {
  /** Columns that paragraphs are wrapped at; 80 unless given. Formulas are not broken. */
  readonly width?: number;
}

/** The derivation as text; every number rounded once from float64. */
export function renderText(derivation: Derivation, options: TextOptions = {}): string {
  const chosen = rendering(derivation, options);
  const { language } = chosen;
  const width = options.width ?? 80;
  const body = parts(derivation, chosen).flatMap(({ heading, remarks, blocks }) => [
    `${heading}\n${'─'.repeat(columns(heading))}`,
    ...remarks.map((remark) => wrapped(remark, width).join('\n')),
    ...blocks,
  ]);
  const setting = language.setting({
    notation: chosen.notation.title[language.name === 'zh' ? 'zh' : 'en'],
    samples: derivation.samples,
    learningRate: rate(derivation, chosen),
  });
  const text = [language.title(derivation.step), wrapped(setting, width).join('\n'), ...body].join('\n\n');
  return `${text}${/\[\d+\]/.test(text) ? `\n\n${language.longSum}` : ''}\n`;
}

interface Part {
  readonly heading: string;
  readonly remarks: readonly string[];
  readonly blocks: readonly string[];
}

function parts(derivation: Derivation, chosen: Rendering): Part[] {
  const { language } = chosen;
  const { headings, remarks } = language;
  const isError = (step: Step) => step.phase === 'backward' && !/\.grad(\.data)?(\[|$)/.test(step.id);
  const sections = [
    {
      heading: headings.forward,
      remark: remarks.forward,
      steps: derivation.steps.filter(({ phase }) => phase === 'forward'),
    },
    { heading: headings.loss, remark: remarks.loss, steps: derivation.steps.filter(({ phase }) => phase === 'loss') },
    { heading: headings.errors, remark: remarks.errors, steps: derivation.steps.filter(isError) },
    {
      heading: headings.gradients,
      remark: remarks.gradients,
      steps: derivation.steps.filter((step) => step.phase === 'backward' && !isError(step)).sort(byLayer),
    },
    {
      heading: headings.update,
      remark: remarks.update,
      steps: derivation.steps.filter(({ phase }) => phase === 'update'),
    },
  ];
  const shown: Part[] = sections
    .filter(({ steps }) => steps.length > 0)
    .map(({ heading, remark, steps }) => ({ heading, remarks: [remark], blocks: byLayers(steps, chosen) }));
  const { frozen } = derivation.program.network;
  const last = shown[shown.length - 1];
  if (frozen.length > 0 && last?.heading === headings.update) {
    shown[shown.length - 1] = { ...last, remarks: [...last.remarks, remarks.frozen(frozen.join(', '))] };
  }
  return derivation.after.length === 0 ? shown : [...shown, afterPart(derivation, chosen)];
}

/** Output layer last, as the parameters are numbered. */
const byLayer = (a: Step, b: Step) => layerOf(a) - layerOf(b);

const layerOf = ({ id }: Step) => Number(/layers\.(\d+)\./.exec(id)?.[1] ?? -1);

/** A subheading before the steps of each layer, the steps aligned under it. */
function byLayers(steps: readonly Step[], chosen: Rendering): string[] {
  const { layers } = chosen.derivation.program.network;
  return steps.flatMap((step, i) => {
    const layer = layerOf(step);
    const block = stepBlock(step, chosen);
    if (layer < 0 || (i > 0 && layerOf(steps[i - 1]) === layer)) return [block];
    const kind = layer === layers.length - 1 ? 'output' : 'hidden';
    return [`  ${chosen.language.layer(layer, kind, layers[layer].type)}`, block];
  });
}

function stepBlock(step: Step, chosen: Rendering): string {
  const symbol = chosen.symbols.of(step.element).text;
  const numbers = substituted(step, chosen, 'text');
  const value = formatNumber(step.value, { decimals: chosen.decimals, format: 'text' });
  const lines = [...formulas(step, chosen, 'text').filter((line) => line !== symbol), numbers].filter(
    (line) => line !== value,
  );
  const written = [...new Set(lines), value];
  const indent = ' '.repeat(columns(symbol));
  const block = written.map((line, i) => `    ${i === 0 ? symbol : indent} = ${line}`);
  if (step.simplified !== undefined) {
    const { simplified } = step;
    block.push(`    ${indent}   ${chosen.language.simplifies}`);
    block.push(
      `    ${indent} = ${write(simplified, chosen, 'text', 'bodies')} = ${write(simplified, chosen, 'text', 'numbers')} = ${value}`,
    );
  }
  return block.join('\n');
}

function afterPart({ after, step }: Derivation, { language, symbols, decimals }: Rendering): Part {
  const lines = after.map(({ element, value }) => [
    symbols.of(element).text,
    formatNumber(value, { decimals, format: 'text' }),
  ]);
  const width = Math.max(...lines.map(([symbol]) => columns(symbol)));
  const block = lines.map(([symbol, value]) => `    ${symbol}${' '.repeat(width - columns(symbol))} = ${value}`);
  return { heading: language.headings.after(step), remarks: [], blocks: [block.join('\n')] };
}

function rate({ program, value }: Derivation, { decimals }: Rendering): string {
  if (!program.slots.has('learningRate')) return '–';
  const element = { kind: 'element', slot: 'learningRate', index: [], sample: null } as const;
  return formatGiven(value(element), { decimals, format: 'text' });
}
