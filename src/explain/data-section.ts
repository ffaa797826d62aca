// How rows of raw data became the samples of the step, as the first section of a derivation. Nothing is prepared here.
import { indexOf, offsetOf } from '../memory/index.ts';
import { slotOf } from '../plan/index.ts';
import { divide, type Element, type Expression, elementsOf, number, subtract } from '../symbolic/index.ts';
import type { Derivation } from './derivation.ts';
import { whole } from './formula.ts';
import type { PreparedNumber, PreparedSample } from './prepared.ts';
import { quantityName } from './quantities.ts';
import type { Rendering } from './render.ts';

/** The most columns and pixels of a sample that are all shown; of more, those that the shown quantities read. */
const mostShown = 40;

/** The section; empty where the samples did not come from raw data. */
export function dataSection(rendering: Rendering) {
  const { derivation, language } = rendering;
  const { prepared = [] } = derivation;
  if (prepared.length === 0) return [];
  const { heading, remark, bytes } = language.data;
  const [{ source, input }] = prepared;
  const rows = prepared.map(({ row }) => row);
  const isImage = input.some(({ how }) => how.kind === 'byte');
  return [
    {
      name: 'data' as const,
      heading,
      remarks: [
        remark(source, rows),
        ...(isImage ? prepared.map((sample) => bytes(sample.row, ...countsOf(sample))) : []),
      ],
      groups: prepared.flatMap((sample, s) => groupsOf(sample, s, rendering)),
    },
  ];
}

/** How many pixels an image has, and how many of them are not 0. */
function countsOf({ input }: PreparedSample): [number, number] {
  return [input.length, input.filter(({ value }) => value !== 0).length];
}

/** The numbers of each column together. */
function groupsOf(sample: PreparedSample, s: number, rendering: Rendering) {
  const { derivation } = rendering;
  const wanted = sample.input.length > mostShown ? readInputs(derivation, s) : undefined;
  const inputs = sample.input
    .map((one, place) => ({ one, slot: 'input', place }))
    .filter(({ place }) => wanted === undefined || wanted.has(place));
  const targets = sample.target.map((one, place) => ({ one, slot: 'target', place }));
  const columns = new Map<string, typeof inputs>();
  for (const entry of [...inputs, ...targets]) {
    const key = `${entry.slot} ${entry.one.column}`;
    columns.set(key, [...(columns.get(key) ?? []), entry]);
  }
  return [...columns.values()].map((entries) => ({
    heading: headingOf(
      sample,
      entries.map(({ one }) => one),
      rendering,
    ),
    forms: [
      {
        name: 'elements' as const,
        heading: null,
        equations: entries.map(({ one, slot, place }) =>
          equation(one, elementAt(derivation, slot, place, s), rendering),
        ),
      },
    ],
  }));
}

/** The places of the inputs of a sample that the steps read, if those are few. */
function readInputs({ steps, program }: Derivation, sample: number): ReadonlySet<number> {
  const { shape } = slotOf(program, 'input');
  const read = new Set<number>();
  for (const step of steps) {
    for (const { slot, index, sample: of } of elementsOf(step.expression)) {
      if (slot === 'input' && of === sample) read.add(offsetOf(shape, index.map(Number)));
    }
  }
  return read.size > mostShown ? new Set() : read;
}

function elementAt({ program }: Derivation, slot: string, place: number, sample: number): Element {
  return { kind: 'element', slot, index: indexOf(slotOf(program, slot).shape, place), sample };
}

/** The column with its cell, and what the categories or classes are that its numbers stand for. */
function headingOf(
  { row }: PreparedSample,
  numbers: readonly PreparedNumber[],
  { derivation, language }: Rendering,
): string {
  const { data } = language;
  const [{ column, raw, how }] = numbers;
  const levels = numbers.flatMap(({ how }) => (how.kind === 'level' ? [how.level ?? data.missing] : []));
  const words = [
    `${column}: ${raw === '' ? data.missing : raw}`,
    ...(how.kind === 'scaled' && how.fill !== undefined ? [data.filled(String(how.fill))] : []),
    ...(levels.length > 0 ? [data.levels(levels)] : []),
  ];
  const several = derivation.prepared !== undefined && derivation.prepared.length > 1;
  return [...(several ? [data.row(row)] : []), ...words].join(language.data.comma);
}

/** A number as it comes from its cell. */
function equation({ value, raw, how }: PreparedNumber, element: Element, rendering: Rendering) {
  const form = formOf(raw, how);
  const shown = rendering.number(value);
  const last = { formula: whole(shown) };
  const lines =
    form === undefined
      ? [{ relation: '=' as const, ...last }]
      : [
          { relation: '=' as const, formula: rendering.write(form, 'numbers') },
          { relation: rendering.isRounded(form, value) ? ('≈' as const) : ('=' as const), ...last },
        ];
  return {
    id: quantityName(element, rendering.derivation.samples),
    name: rendering.symbols.of(element).text,
    symbol: rendering.symbol(element),
    passages: [{ words: null, lines }],
  };
}

/** The arithmetic between cell and number; undefined where there is none. */
function formOf(raw: string, how: PreparedNumber['how']): Expression | undefined {
  if (how.kind === 'byte') return divide(Number(raw), 255);
  if (how.kind === 'level' || (how.offset === 0 && how.scale === 1)) return undefined;
  const cell = how.fill ?? Number(raw);
  const centred = how.offset === 0 ? number(cell) : subtract(cell, how.offset);
  return how.scale === 1 ? centred : divide(centred, how.scale);
}
