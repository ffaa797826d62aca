// How a chart of lines looks, as uPlot's options. Nothing of the page is touched here.
import type uPlot from 'uplot';

/** A line of a chart. */
export interface ChartLine {
  readonly name: string;
  readonly colour: 'forward' | 'backward';
  readonly dashed?: boolean;
}

interface Look {
  readonly width: number;
  readonly height: number;
  readonly range?: readonly [number, number] | undefined;
  colourOf(variable: string): string;
  /** What the chart's numbers are multiples of. */
  unit(): number;
}

/** A unit for numbers: 1, or a power of ten where they are so large that uPlot would give their axis no ticks. */
export function unitFor(lines: readonly (readonly number[])[]): number {
  let largest = 0;
  for (const values of lines) {
    for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  }
  return largest < 1e12 ? 1 : 10 ** Math.floor(Math.log10(largest));
}

/** The options of a chart. */
export function chartOptions(
  lines: readonly ChartLine[],
  { width, height, range, colourOf, unit }: Look,
): uPlot.Options {
  const quiet = colourOf('quiet');
  const axis = {
    stroke: quiet,
    grid: { stroke: colourOf('line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui',
  };
  const spans = (_: uPlot, low: number | null, high: number | null): [number, number] =>
    spanOf(
      low,
      high,
      range?.map((end) => end / unit()),
    );
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: spans } },
    axes: [
      { ...axis, size: 26 },
      { ...axis, size: 48, values: (_, ticks) => ticks.map((tick) => tickText(tick * unit())) },
    ],
    series: [
      {},
      ...lines.map(({ name, colour, dashed }) => ({
        label: name,
        stroke: colourOf(colour),
        width: 2,
        // A line of one point would not be seen.
        points: { size: 6, show: hasOnePoint },
        ...(dashed && { dash: [6, 4] }),
      })),
    ],
  };
}

const hasOnePoint = ({ data }: uPlot, line: number): boolean =>
  Array.from(data[line]).filter((value) => value !== null).length === 1;

/** From 0, or lower where numbers are, to the highest; never nothing. */
function spanOf(low: number | null, high: number | null, range?: readonly number[]): [number, number] {
  if (range !== undefined) return [Math.min(range[0], low ?? range[0]), Math.max(range[1], high ?? range[1])];
  const [bottom, top] = [Math.min(0, low ?? 0), high ?? 1];
  return [bottom, top > bottom ? top + (top - bottom) * 0.05 : bottom + 1];
}

const tickText = (value: number): string => {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5)
    ? Number(value.toPrecision(2)).toExponential().replace('e+', 'e')
    : String(Number(value.toPrecision(4)));
};
