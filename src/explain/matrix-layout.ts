// How the numbers of a slot are laid out as matrices, and how matrices look in text and LaTeX. Knows no formulas.
import type { Slot } from '../plan/index.ts';

const mostRows = 10;
const mostMatrices = 4;

/** Whether a slot is small enough to be shown with its numbers. */
export function isSmall(slot: Slot, samples: number, mostColumns: number): boolean {
  const shapes = matrixShapes(slot, samples);
  return shapes.count <= mostMatrices && shapes.rows <= mostRows && shapes.columns <= mostColumns;
}

/** How many matrices of which size show a slot: vectors are columns, a batch's vectors are the columns of one matrix. */
export function matrixShapes({ shape, perSample }: Slot, samples: number) {
  const count = perSample ? samples : 1;
  if (shape.length === 0) return { count: 1, rows: 1, columns: count };
  if (shape.length === 1) return { count: 1, rows: shape[0], columns: count };
  const [rows, columns] = shape.slice(-2);
  return { count: shape.slice(0, -2).reduce((product, axis) => product * axis, count), rows, columns };
}

export const latexMatrix = (cells: readonly (readonly string[])[]): string =>
  `\\begin{bmatrix} ${cells.map((row) => row.join(' & ')).join(' \\\\ ')} \\end{bmatrix}`;

/** Rows in brackets of their height, numbers aligned at their right ends. */
export function textMatrix(cells: readonly (readonly string[])[]): string {
  const widths = cells[0].map((_, c) => Math.max(...cells.map((row) => row[c].length)));
  const rows = cells.map((row) => row.map((cell, c) => cell.padStart(widths[c])).join('  '));
  return rows.map((row, r) => `${side('[', r, rows.length)}${row}${side(']', r, rows.length)}`).join('\n');
}

const sides = { '[': '[⎡⎢⎣', ']': ']⎤⎥⎦', '(': '(⎛⎜⎝', ')': ')⎞⎟⎠' } as const;

/** A bracket's piece in one of its rows. */
function side(bracket: keyof typeof sides, row: number, height: number): string {
  const [only, top, middle, bottom] = sides[bracket];
  if (height === 1) return only;
  if (row === 0) return top;
  return row === height - 1 ? bottom : middle;
}

export const tallBracket = (bracket: keyof typeof sides, height: number): string =>
  Array.from({ length: height }, (_, row) => side(bracket, row, height)).join('\n');
