// The network as an SVG drawing: neurons where a layer has few, else a block; the way of a chosen quantity to the loss highlighted.
import { layerShapes } from '../../network/network.ts';
import type { Rendering } from '../render.ts';
import { type Choice, choiceOf, reached } from './influence.ts';
import { escaped, tag } from './markup.ts';

/** Layers of more units are drawn as a block. */
const mostUnits = 12;

const columnWidth = 150;
const rowHeight = 58;
const radius = 20;
const block = { width: 84, height: 96 };
const margin = { top: 16, bottom: 34 };

/** The input or a layer. */
interface Column {
  /** −1 is the input. */
  readonly layer: number;
  readonly x: number;
  /** One a neuron; none where it is a block. */
  readonly heights: readonly number[];
  readonly middle: number;
  readonly shape: readonly number[];
  readonly caption: string;
}

/** A figure with the drawing and what it highlights. */
export function drawing(rendering: Rendering): string {
  const { derivation, language } = rendering;
  const { network } = derivation.program;
  const words = language.drawing;
  const columns = columnsOf(rendering);
  const choice = choiceOf(derivation.of ?? [], network);
  const width = columns.length * columnWidth;
  const height = heightOf(columns);
  const summary = words.description(
    columns.map(({ caption, shape }) => `${caption} (${shape.join(' × ')})`).join(' → '),
  );
  const svg = tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': summary,
    },
    ...columns.slice(1).map((column, i) => edges(columns[i], column, choice, rendering)),
    ...columns.map((column) => units(column, choice, rendering)),
    choice?.from === undefined ? '' : weightLabel(columns, choice, rendering),
  );
  const caption = choice === undefined ? '' : tag('figcaption', {}, escaped(words.path(choice.name)));
  return `\n${tag('figure', { tabindex: 0, role: 'group', 'aria-label': language.headings.network }, svg, caption)}`;
}

function columnsOf({ derivation, language }: Rendering): Column[] {
  const { input, layers } = derivation.program.network;
  const shapes = layerShapes(input, layers);
  const counts = shapes.map((shape) => (shape.length === 1 && shape[0] <= mostUnits ? shape[0] : 0));
  const middle = margin.top + (Math.max(2, ...counts) * rowHeight) / 2;
  return shapes.map((shape, i) => ({
    layer: i - 1,
    x: (i + 0.5) * columnWidth,
    heights: Array.from({ length: counts[i] }, (_, unit) => middle + (unit - (counts[i] - 1) / 2) * rowHeight),
    middle,
    shape,
    caption: i === 0 ? language.drawing.input : language.drawing.layer(i - 1, layers[i - 1].type),
  }));
}

const heightOf = (columns: readonly Column[]) => 2 * (columns[0].middle - margin.top) + margin.top + margin.bottom;

/** The lines between two columns: between neurons as they are connected, else one between what stands there. */
function edges(from: Column, to: Column, choice: Choice | undefined, rendering: Rendering): string {
  const { layers, parameters } = rendering.derivation.program.network;
  const isSingle =
    parameters[`layers.${to.layer}.weight`]?.shape.length !== 2 &&
    layers[to.layer].activation?.joint !== true &&
    from.heights.length === to.heights.length;
  const isOn = choice === undefined ? () => false : reached(choice, to.layer, isSingle);
  const starts = from.heights.length > 0 ? from.heights : [from.middle];
  const ends = to.heights.length > 0 ? to.heights : [to.middle];
  const x1 = from.x + (from.heights.length > 0 ? radius : block.width / 2);
  const x2 = to.x - (to.heights.length > 0 ? radius : block.width / 2);
  return starts
    .flatMap((y1, k) =>
      ends.map((y2, j) => {
        if (isSingle && from.heights.length > 0 && j !== k) return '';
        const isChosen = choice?.layer === to.layer && choice.from === k && choice.unit === j;
        const mark = isChosen ? ' chosen' : isOn(j, k) ? ' path' : '';
        return tag('line', { class: `edge${mark}`, x1, y1, x2, y2 });
      }),
    )
    .join('');
}

function units(
  { layer, x, heights, middle, shape, caption }: Column,
  choice: Choice | undefined,
  rendering: Rendering,
): string {
  const bottom = tag('text', { class: 'soft', x, y: 2 * middle - margin.top + margin.bottom - 4 }, escaped(caption));
  const isOn = (unit: number) => choice !== undefined && (layer > choice.layer || isChosenUnit(choice, layer, unit));
  if (heights.length > 0)
    return heights.map((y, unit) => neuron(layer, unit, x, y, isOn(unit), rendering)).join('') + bottom;
  const isLit = choice !== undefined && layer >= choice.layer;
  const box = { x: x - block.width / 2, y: middle - block.height / 2, width: block.width, height: block.height, rx: 8 };
  return [
    tag('rect', { class: `unit${isLit ? ' path' : ''}`, ...box }),
    tag('text', { x, y: middle + 4 }, escaped(shape.join(' × '))),
    bottom,
  ].join('');
}

const isChosenUnit = ({ layer, unit, from }: Choice, column: number, position: number) =>
  (column === layer && position === unit) || (column === layer - 1 && position === from);

/** A circle with its symbol, and with its value where there is one sample. */
function neuron(layer: number, unit: number, x: number, y: number, isOn: boolean, rendering: Rendering): string {
  const { derivation, symbols } = rendering;
  const slot = layer < 0 ? 'input' : `layers.${layer}.a`;
  const symbol = symbols.of({ kind: 'element', slot, index: [unit], sample: null }).text;
  const circle = tag('circle', { class: `unit${isOn ? ' path' : ''}`, cx: x, cy: y, r: radius });
  if (derivation.samples > 1) return circle + tag('text', { x, y: y + 4 }, escaped(symbol));
  const value = derivation.value({ kind: 'element', slot, index: [unit], sample: 0 });
  return [
    circle,
    tag('text', { class: 'value', x, y: y + 3.5 }, escaped(short(value))),
    tag('text', { x, y: y + radius + 11 }, escaped(symbol)),
  ].join('');
}

/** The chosen weight's symbol and value, beside its line. */
function weightLabel(columns: readonly Column[], { layer, unit, from, weight }: Choice, rendering: Rendering): string {
  const [start, end] = [columns[layer], columns[layer + 1]];
  if (from === undefined || weight === undefined || start.heights.length + end.heights.length === 0) return '';
  const symbol = rendering.symbols.of(weight).text;
  const y = ((start.heights[from] ?? start.middle) + (end.heights[unit ?? 0] ?? end.middle)) / 2;
  const text = `${symbol} = ${short(rendering.derivation.value(weight))}`;
  return tag('text', { class: 'label', x: (start.x + end.x) / 2, y: y - 6 }, escaped(text));
}

/** Three digits, or what fits into a circle. */
function short(value: number): string {
  const three = Number.isInteger(value) ? String(value) : value.toPrecision(3);
  return (three.length > 6 ? value.toExponential(0) : three).replace('-', '−');
}
