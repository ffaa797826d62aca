// A derivation laid out: which equations stand under which heading, with which words. What they say is equations.ts's business.
import type { Phase } from '../plan/index.ts';
import { dataSection } from './data-section.ts';
import type { MatrixStep, Step } from './derivation.ts';
import { equation, matrixEquation, valueEquation } from './equations.ts';
import type { Document, Equation, Form, Group, Section, SectionName } from './layout.ts';
import { conventionsOf } from './notations/notation.ts';
import { formatGiven } from './numbers.ts';
import type { Rendering } from './render.ts';

/** Lays a derivation out. */
export function documentOf(rendering: Rendering): Document {
  const { derivation, language, notation } = rendering;
  const { notes } = language;
  const sections = [...dataSection(rendering), ...partsOf(rendering), ...after(rendering)];
  const equations = sections
    .flatMap(({ groups }) => groups)
    .flatMap(({ forms }) => forms.flatMap((form) => form.equations));
  const lines = equations.flatMap(({ passages }) => passages.flatMap((passage) => passage.lines));
  return {
    title: language.title(derivation.step),
    setting: `${origin(rendering)}${language.setting({
      notation: notation.title[language.name === 'zh' ? 'zh' : 'en'],
      samples: derivation.samples,
      learningRate: learningRate(rendering),
    })}`,
    sections,
    notes: [
      ...(lines.some(({ relation }) => relation === '≈') ? [notes.rounded] : []),
      ...(derivation.steps.length === 0 ? [notes.large] : []),
    ],
  };
}

/** Which step of a recorded run it is; nothing where it is none. */
function origin({ derivation: { recorded, step }, language }: Rendering): string {
  return recorded === undefined ? '' : language.recorded({ ...recorded, step });
}

const order: readonly Exclude<SectionName, 'data' | 'after'>[] = ['forward', 'loss', 'errors', 'gradients', 'update'];

function partsOf(rendering: Rendering): Section[] {
  const { derivation, form, language } = rendering;
  const conventions = conventionsOf(rendering.notation);
  const shown = new Set(derivation.steps.map(({ element }) => element.slot));
  const matrices = derivation.matrices.filter(({ slot }) => shown.size === 0 || shown.has(slot));
  return order.flatMap((name): Section[] => {
    const elements = derivation.steps.filter((step) => sectionOf(step.phase, step.element.slot) === name);
    const wholes = matrices.filter((step) => sectionOf(step.phase, step.slot) === name);
    if (elements.length + wholes.length === 0) return [];
    const { frozen } = derivation.program.network;
    const { remarks } = language;
    return [
      {
        name,
        heading: language.headings[name],
        remarks: [
          remarks[name](conventions),
          ...(name === 'update' && frozen.length > 0 ? [remarks.frozen(frozen)] : []),
          ...(name === 'forward' && form !== 'elements' && derivation.samples > 1 ? [remarks.batch(conventions)] : []),
        ],
        groups: groupsOf(
          form === 'matrices' ? [] : elements,
          form === 'elements' ? [] : wholes,
          name === 'gradients' ? 'by layer' : 'as computed',
          rendering,
        ),
      },
    ];
  });
}

function sectionOf(phase: Phase, slot: string): SectionName {
  if (phase !== 'backward') return phase;
  return /\.grad(\.data)?$/.test(slot) ? 'gradients' : 'errors';
}

/** The steps of each layer together; gradients with the output layer last, as the parameters are numbered. */
function groupsOf(
  elements: readonly Step[],
  matrices: readonly MatrixStep[],
  order: 'by layer' | 'as computed',
  rendering: Rendering,
): Group[] {
  const groups = new Map<number, { matrices: Equation[]; elements: Equation[] }>();
  const groupOf = (slot: string) => {
    const layer = layerOf(slot);
    const found = groups.get(layer) ?? { matrices: [], elements: [] };
    groups.set(layer, found);
    return found;
  };
  for (const step of matrices) groupOf(step.slot).matrices.push(matrixEquation(step, rendering));
  for (const step of elements) groupOf(step.element.slot).elements.push(equation(step, rendering));
  const entries = [...groups];
  if (order === 'by layer') entries.sort(([a], [b]) => a - b);
  return entries.map(([layer, group]) => ({ heading: layerName(layer, rendering), forms: formsOf(group, rendering) }));
}

function formsOf(
  equations: { readonly matrices: readonly Equation[]; readonly elements: readonly Equation[] },
  { language }: Rendering,
): Form[] {
  const names = (['matrices', 'elements'] as const).filter((name) => equations[name].length > 0);
  return names.map((name) => ({
    name,
    heading: names.length > 1 ? language.forms[name] : null,
    equations: equations[name],
  }));
}

/** The layer of a slot; −1 for what belongs to none. */
const layerOf = (slot: string): number => Number(/^layers\.(\d+)\./.exec(slot)?.[1] ?? -1);

function layerName(layer: number, { derivation, language }: Rendering): string | null {
  const { layers } = derivation.program.network;
  if (layer < 0) return null;
  return language.layer(layer, layer === layers.length - 1 ? 'output' : 'hidden', layers[layer].type);
}

/** The values after the step, one below the other. */
function after(rendering: Rendering): Section[] {
  const { derivation, language } = rendering;
  if (derivation.after.length === 0) return [];
  const equations = derivation.after.map(({ id, element, value }) => valueEquation(id, element, value, rendering));
  const groups = [{ heading: null, forms: [{ name: 'elements' as const, heading: null, equations }] }];
  return [{ name: 'after', heading: language.headings.after(derivation.step), remarks: [], groups }];
}

/** `η = 0.5`, for prose. */
function learningRate({ derivation, symbols, decimals }: Rendering): string {
  const element = { kind: 'element', slot: 'learningRate', index: [], sample: null } as const;
  if (!derivation.program.slots.has(element.slot)) return '–';
  return `${symbols.of(element).text} = ${formatGiven(derivation.value(element), { decimals, format: 'text' })}`;
}
