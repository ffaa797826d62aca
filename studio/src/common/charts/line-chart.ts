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
}

/** The options of a chart. */
export function chartOptions(lines: readonly ChartLine[], { width, height, range, colourOf }: Look): uPlot.Options {
  const quiet = colourOf('quiet');
  const axis = {
    stroke: quiet,
    grid: { stroke: colourOf('line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui',
  };
  const spans = (_: uPlot, low: number | null, high: number | null): [number, number] => spanOf(low, high, range);
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: spans } },
    axes: [
      { ...axis, size: 26 },
      { ...axis, size: 48, values: (_, ticks) => ticks.map(tickText) },
    ],
    series: [
      {},
      ...lines.map(({ name, colour, dashed }) => ({
        label: name,
        stroke: colourOf(colour),
        width: 2,
        points: { show: false },
        ...(dashed && { dash: [6, 4] }),
      })),
    ],
  };
}

/** From 0, or lower where numbers are, to the highest; never nothing. */
function spanOf(low: number | null, high: number | null, range?: readonly [number, number]): [number, number] {
  if (range !== undefined) return [Math.min(range[0], low ?? range[0]), Math.max(range[1], high ?? range[1])];
  const [bottom, top] = [Math.min(0, low ?? 0), high ?? 1];
  return [bottom, top > bottom ? top + (top - bottom) * 0.05 : bottom + 1];
}

const tickText = (value: number): string => {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(0) : String(Number(value.toPrecision(4)));
};
