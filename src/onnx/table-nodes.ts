// Preprocessing as nodes of the graph: raw columns to the network's input, and its outputs to the units of the targets.
import {
  type CategoryInput,
  columnWidth,
  type NumberInput,
  type Preprocessing,
  type TablePreprocessing,
} from '../data/preprocessing.ts';
import { quoted } from '../data/table.ts';
import { ChainruleError } from '../errors.ts';
import type { Shape } from '../memory/index.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** The name of the input of all columns of numbers, and of images. */
export const inputName = 'input';

/** The name of the input of a column of categories. */
export const categoryInputName = ({ name }: CategoryInput): string => `input.${name}`;

const isNumber = (input: TablePreprocessing['inputs'][number]): input is NumberInput => input.kind === 'number';
const isCategory = (input: TablePreprocessing['inputs'][number]): input is CategoryInput => input.kind === 'category';

/** The columns of numbers, in the order in which `input` takes them. */
export const numberColumns = ({ inputs }: TablePreprocessing): NumberInput[] => inputs.filter(isNumber);

/** The columns of categories, each an input of its own. */
export const categoryColumns = ({ inputs }: TablePreprocessing): CategoryInput[] => inputs.filter(isCategory);

/** A category's texts in the order of their codes; those after the levels are known, but no input stands for them. */
export const codesOf = ({ levels, unseen }: CategoryInput): readonly (string | null)[] => [...levels, ...unseen];

/** Adds the inputs, and the nodes that encode them; gives the value that the network takes. */
export function encodeNodes(graph: GraphBuilder, preprocessing: Preprocessing | undefined, input: Shape): string {
  if (preprocessing?.kind !== 'table') return graph.input(inputName, 'float', input);
  const numbers = numberColumns(preprocessing);
  const categories = categoryColumns(preprocessing);
  const parts = [
    ...(numbers.length > 0 ? [scaleNodes(graph, numbers)] : []),
    ...categories.map((column, i) => oneHotNodes(graph, column, `category.${i}`)),
  ];
  const joined = parts.length === 1 ? parts[0] : graph.node('Concat', parts, 'encoded', { axis: 1 });
  const order = orderOf(preprocessing);
  if (order.every((place, i) => place === i)) return joined;
  const places = graph.tensor('order', [order.length], Float64Array.from(order), 'int64');
  return graph.node('Gather', [joined, places], 'ordered', { axis: 1 });
}

/** (value − offset) / scale of every column, a missing value (NaN) filled first. */
function scaleNodes(graph: GraphBuilder, columns: readonly NumberInput[]): string {
  const row = (name: string, values: readonly number[]) =>
    graph.tensor(name, [columns.length], Float64Array.from(values));
  for (const { name, offset, scale, fill } of columns) requireFloat32(name, offset, scale, fill);
  const raw = graph.input(inputName, 'float', [columns.length]);
  const missing = graph.node('IsNaN', [raw], 'missing');
  const filled = graph.node(
    'Where',
    [
      missing,
      row(
        'fill',
        columns.map(({ fill }) => fill),
      ),
      raw,
    ],
    'filled',
  );
  // What float32 cannot hold of an offset is subtracted apart: of a year's column, 2019.37, it would cost the fourth digit.
  const offsets = columns.map(({ offset }) => Math.fround(offset));
  const rests = columns.map(({ offset }, i) => Math.fround(offset - offsets[i]));
  const centred = graph.node('Sub', [filled, row('offset', offsets)], 'centred');
  const exact = rests.every((rest) => rest === 0)
    ? centred
    : graph.node('Sub', [centred, row('offset.rest', rests)], 'centred.exactly');
  return graph.node(
    'Div',
    [
      exact,
      row(
        'scale',
        columns.map(({ scale }) => scale),
      ),
    ],
    'scaled',
  );
}

function requireFloat32(name: string, offset: number, scale: number, fill: number): void {
  if ([offset, scale, fill].map(Math.fround).every(Number.isFinite) && Math.fround(scale) > 0) return;
  throw new ChainruleError(
    'unsupported',
    `column ${quoted(name)} is scaled as (value − ${offset}) / ${scale}, which float32, ONNX's numbers here, cannot hold; rescale the column and train again.`,
  );
}

/** Codes as one input a level; a code beyond the levels is none of them. */
function oneHotNodes(graph: GraphBuilder, column: CategoryInput, name: string): string {
  const codes = graph.input(categoryInputName(column), 'int64', []);
  const depth = graph.tensor(`${name}.levels`, [1], Float64Array.of(columnWidth(column)), 'int64');
  const values = graph.tensor('no and yes', [2], Float64Array.of(0, 1));
  return graph.node('OneHot', [codes, depth, values], name, { axis: -1 });
}

/** For each of the network's inputs, its place among the numbers followed by the categories. */
function orderOf(preprocessing: TablePreprocessing): number[] {
  let [number, category] = [0, numberColumns(preprocessing).length];
  return preprocessing.inputs.flatMap((input) => {
    if (input.kind === 'number') return [number++];
    const first = category;
    category += columnWidth(input);
    return Array.from({ length: columnWidth(input) }, (_, i) => first + i);
  });
}

/** Adds the nodes that give targets that are numbers their own units back: output · scale + offset. */
export function restoreNodes(graph: GraphBuilder, preprocessing: Preprocessing | undefined, output: string): string {
  if (preprocessing?.kind !== 'table' || preprocessing.target.kind !== 'numbers') return output;
  const { columns } = preprocessing.target;
  if (columns.every(({ offset, scale }) => offset === 0 && scale === 1)) return output;
  for (const { name, offset, scale } of columns) requireFloat32(name, offset, scale, 0);
  const row = (name: string, values: readonly number[]) =>
    graph.tensor(name, [columns.length], Float64Array.from(values));
  const scaled = graph.node(
    'Mul',
    [
      output,
      row(
        'target.scale',
        columns.map(({ scale }) => scale),
      ),
    ],
    'target.scaled',
  );
  return graph.node(
    'Add',
    [
      scaled,
      row(
        'target.offset',
        columns.map(({ offset }) => offset),
      ),
    ],
    'target.values',
  );
}
