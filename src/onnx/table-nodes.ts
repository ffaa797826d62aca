// Preprocessing as nodes of the graph: raw columns to the network's input, and its outputs to the units of the targets.
import {
  type CategoryInput,
  columnWidth,
  type InputColumn,
  type NumberInput,
  type Preprocessing,
  type TablePreprocessing,
} from '../data/preprocessing.ts';
import type { Shape } from '../memory/index.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { NumberNodes, requireFloat32, row } from './number-nodes.ts';

/** The name of the input of all columns of numbers, and of images. */
const inputName = 'input';

/** The name of the input of a column of categories. */
export const categoryInputName = ({ name }: CategoryInput): string => `input.${name}`;

/** The inputs that are made of columns of numbers. */
export const numberInputs = ({ inputs }: TablePreprocessing): NumberInput[] =>
  inputs.filter((input): input is NumberInput => input.kind === 'number');

/** The columns of numbers in the order in which `input` takes them: each once, though it may become several inputs. */
export const numberColumns = (preprocessing: TablePreprocessing): string[] => [
  ...new Set(numberInputs(preprocessing).map(({ name }) => name)),
];

/** The columns of categories, each an input of the graph. */
export const categoryColumns = ({ inputs }: TablePreprocessing): CategoryInput[] =>
  inputs.filter((input): input is CategoryInput => input.kind === 'category');

/** A category's texts in the order of their codes; those after the levels are known, but no input stands for them. */
export const codesOf = ({ levels, unseen }: CategoryInput): readonly (string | null)[] => [...levels, ...unseen];

/** Adds the inputs, and the nodes that encode them; gives the value that the network takes. */
export function encodeNodes(graph: GraphBuilder, preprocessing: Preprocessing | undefined, input: Shape): string {
  if (preprocessing?.kind !== 'table') return graph.input(inputName, 'float', input);
  const columns = numberColumns(preprocessing);
  const numbers =
    columns.length === 0
      ? []
      : new NumberNodes(graph, graph.input(inputName, 'float', [columns.length]), columns).encode(
          numberInputs(preprocessing),
        );
  const categories = categoryColumns(preprocessing).map((column, i) => ({
    value: oneHotNodes(graph, column, `category.${i}`),
    inputs: [column],
  }));
  const parts = [...numbers, ...categories];
  const values = parts.map(({ value }) => value);
  const joined = values.length === 1 ? values[0] : graph.node('Concat', values, 'encoded', { axis: 1 });
  const order = orderOf(
    preprocessing,
    parts.flatMap(({ inputs }): readonly InputColumn[] => inputs),
  );
  if (order.every((place, i) => place === i)) return joined;
  const places = graph.tensor('order', [order.length], Float64Array.from(order), 'int64');
  return graph.node('Gather', [joined, places], 'ordered', { axis: 1 });
}

/** Codes as one input a level; a code beyond the levels is none of them. */
function oneHotNodes(graph: GraphBuilder, column: CategoryInput, name: string): string {
  const codes = graph.input(categoryInputName(column), 'int64', []);
  const depth = graph.tensor(`${name}.levels`, [1], Float64Array.of(columnWidth(column)), 'int64');
  const values = graph.tensor('no and yes', [2], Float64Array.of(0, 1));
  return graph.node('OneHot', [codes, depth, values], name, { axis: -1 });
}

/** For each of the network's inputs, its place where the columns are joined in another order. */
function orderOf({ inputs }: TablePreprocessing, joined: readonly InputColumn[]): number[] {
  const places = new Map<InputColumn, number>();
  let width = 0;
  for (const input of joined) {
    places.set(input, width);
    width += columnWidth(input);
  }
  return inputs.flatMap((input) => {
    const first = places.get(input) ?? 0;
    return Array.from({ length: columnWidth(input) }, (_, i) => first + i);
  });
}

/** Adds the nodes that give targets that are numbers their own units back: output · scale + offset. */
export function restoreNodes(graph: GraphBuilder, preprocessing: Preprocessing | undefined, output: string): string {
  if (preprocessing?.kind !== 'table' || preprocessing.target.kind !== 'numbers') return output;
  const { columns } = preprocessing.target;
  if (columns.every(({ offset, scale }) => offset === 0 && scale === 1)) return output;
  for (const column of columns) requireFloat32(column.name, column);
  const scale = row(
    graph,
    'target.scale',
    columns.map(({ scale }) => scale),
  );
  const offset = row(
    graph,
    'target.offset',
    columns.map(({ offset }) => offset),
  );
  return graph.node('Add', [graph.node('Mul', [output, scale], 'target.scaled'), offset], 'target.values');
}
