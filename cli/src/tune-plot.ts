// Plots for terminals: a curve in Braille dots and marks over it, with both axes labelled. tune-svg.ts draws the same for files.
import stringWidth from 'string-width';
import type { Axis } from './tune-axis.ts';

/** A plot. */
export interface Plot {
  readonly x: Axis;
  readonly y: Axis;
  readonly xLabel: string;
  readonly yLabel: string;
  /** A line through these points, in order. */
  readonly curve?: readonly (readonly [x: number, y: number])[];
  /** Single characters at points; later ones over earlier ones. */
  readonly marks?: readonly { readonly x: number; readonly y: number; readonly mark: string }[];
  readonly width?: number;
  readonly height?: number;
}

/** The plot as lines of text. */
export function plotText({ x, y, xLabel, yLabel, curve = [], marks = [], width = 64, height = 14 }: Plot): string {
  const cells = brailleCells(curve, { x, y }, width, height);
  const column = (value: number) => Math.round(inside(x.place(value)) * (width - 1));
  const row = (value: number) => Math.round((1 - inside(y.place(value))) * (height - 1));
  for (const one of marks) cells[row(one.y)][column(one.x)] = one.mark;

  const labels = new Map(y.ticks.map(({ value, label }) => [row(value), label]));
  const margin = Math.max(...[...labels.values()].map(({ length }) => length));
  const lines = cells.map((line, i) => {
    const label = labels.get(i);
    return `${(label ?? '').padStart(margin)} ${label === undefined ? '│' : '┤'}${line.join('')}`.trimEnd();
  });
  const ends = x.ticks.map(({ value, label }) => ({ at: column(value), label }));
  const ruler = Array.from({ length: width }, (_, i) => (ends.some(({ at }) => at === i) ? '┬' : '─')).join('');
  const indent = ' '.repeat(margin + 2);
  return [
    yLabel,
    ...lines,
    `${' '.repeat(margin + 1)}└${ruler}`,
    `${indent}${tickLine(ends, width)}`,
    `${indent}${' '.repeat(Math.max(0, Math.floor((width - stringWidth(xLabel)) / 2)))}${xLabel}`,
  ].join('\n');
}

/** Labels centred under their ticks; one that would touch the one before is left out. */
function tickLine(ends: readonly { readonly at: number; readonly label: string }[], width: number): string {
  let line = '';
  for (const { at, label } of ends) {
    const start = Math.max(0, Math.min(width - label.length, at - Math.floor(label.length / 2)));
    if (line === '' || start > line.length) line = line.padEnd(start) + label;
  }
  return line;
}

/** Dots of a Braille cell by row and column: two across, four down. */
const dots = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

function brailleCells(
  curve: NonNullable<Plot['curve']>,
  { x, y }: Pick<Plot, 'x' | 'y'>,
  width: number,
  height: number,
): string[][] {
  const bits = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  const points = curve.map(([a, b]) => [
    Math.round(inside(x.place(a)) * (2 * width - 1)),
    Math.round((1 - inside(y.place(b))) * (4 * height - 1)),
  ]);
  for (const [i, [toX, toY]] of points.entries()) {
    const [fromX, fromY] = points[Math.max(0, i - 1)];
    const steps = Math.max(1, Math.abs(toX - fromX), Math.abs(toY - fromY));
    for (let step = 0; step <= steps; step++) {
      const [dx, dy] = [fromX, fromY].map((from, k) => Math.round(from + (([toX, toY][k] - from) * step) / steps));
      bits[dy >> 2][dx >> 1] |= dots[dy & 3][dx & 1];
    }
  }
  return bits.map((line) => line.map((bit) => (bit === 0 ? ' ' : String.fromCharCode(0x2800 + bit))));
}

const inside = (place: number): number => Math.min(1, Math.max(0, place));
