// Single samples of a dataset, for reports: as the network takes them, and as people know them.
import { cellOfInput, type Dataset, isLabels, type Network, outputShape } from 'chainrule';
import { rounded } from '../numbers.ts';

/** The numbers that the network sees of a sample. */
export function inputOf({ samples: { inputs } }: Dataset, row: number): number[] {
  const { width, values, scale } = inputs;
  return Array.from(values.subarray(row * width, (row + 1) * width), (value) => value * scale);
}

/** A sample's target as the network's outputs should be. */
export function targetOf({ samples: { targets } }: Dataset, net: Network, row: number): number[] {
  if (!isLabels(targets)) {
    const { width, values, scale } = targets;
    return Array.from(values.subarray(row * width, (row + 1) * width), (value) => value * scale);
  }
  const outputs = outputShape(net).reduce((product, axis) => product * axis, 1);
  if (outputs === 1) return [targets.labels[row]];
  return Array.from({ length: outputs }, (_, k) => Number(k === targets.labels[row]));
}

/** A column and what a sample has in it. */
export type Cell = readonly [name: string, value: string];

/** A sample of a table by its columns, numbers in their own units; undefined where it is no table's. */
export function cellsOf(data: Dataset, row: number): Cell[] | undefined {
  const { preprocessing } = data;
  if (preprocessing?.kind !== 'table') return undefined;
  const values = inputOf(data, row);
  let at = 0;
  return preprocessing.inputs.map((column): Cell => {
    if (column.kind === 'number') {
      const cell = cellOfInput(column, values[at++]);
      return [column.name, typeof cell === 'number' ? rounded(cell) : cell];
    }
    const found = values.slice(at, at + column.levels.length).indexOf(1);
    at += column.levels.length;
    return [column.name, found < 0 ? '–' : (column.levels[found] ?? '–')];
  });
}
