// A line chart as inline SVG: one or two series over the epochs, told apart by colour, dashes and the words at their ends.
import { axis } from '../tune-axis.ts';
import { escaped } from './html.ts';

/** A line over the epochs, from the first. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** A chart. */
export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** One or two. */
  readonly series: readonly Series[];
  readonly log?: boolean;
  /** Fixed ends of the vertical axis. */
  readonly ends?: readonly [number, number];
  /** A dotted line at an epoch, with a few words. */
  readonly mark?: { readonly epoch: number; readonly label: string } | undefined;
}

const [width, height] = [460, 280];
const margin = { left: 58, right: 14, top: 30, bottom: 44 };
const [innerWidth, innerHeight] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
/** More points than pixels tell nothing more. */
const mostPoints = 400;
const kinds = ['first', 'second'] as const;

/** The chart as an SVG element; values that are no finite numbers are left out. */
export function lineChart(chart: Chart): string {
  const { title, xLabel, yLabel, series, log = false, mark } = chart;
  const finite = series.flatMap(({ values }) => values.filter(Number.isFinite));
  const [low, high] = chart.ends ?? endsOf(finite, log);
  const epochs = Math.max(...series.map(({ values }) => values.length));
  const x = axis({ low: 1, high: Math.max(2, epochs) });
  const y = axis({ low, high, log });
  const across = (epoch: number) => pixel(x.place(epoch) * innerWidth);
  const down = (value: number) => pixel((1 - y.place(value)) * innerHeight);
  const wholeEpochs = x.ticks.filter(({ value }) => Number.isInteger(value));
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    legend(series),
    `<g transform="translate(${margin.left} ${margin.top})">`,
    ...y.ticks.map(
      ({ value, label }) =>
        `<path class="grid" d="M0 ${down(value)}H${innerWidth}"/><text x="-7" y="${Number(down(value)) + 4}" text-anchor="end">${escaped(label)}</text>`,
    ),
    ...wholeEpochs.map(
      ({ value, label }) =>
        `<path class="axis" d="M${across(value)} ${innerHeight}v4"/><text x="${across(value)}" y="${innerHeight + 17}" text-anchor="middle">${escaped(label)}</text>`,
    ),
    `<path class="axis" d="M0 0V${innerHeight}H${innerWidth}"/>`,
    ...(mark === undefined ? [] : [markSvg(mark, Number(across(mark.epoch)))]),
    ...series.map(({ values }, i) => line(values, kinds[i], { across, down })),
    `<text class="faint" x="${innerWidth / 2}" y="${innerHeight + 36}" text-anchor="middle">${escaped(xLabel)}</text>`,
    `<text class="faint" transform="translate(-44 ${innerHeight / 2}) rotate(-90)" text-anchor="middle">${escaped(yLabel)}</text>`,
    '</g></svg>',
  ].join('\n');
}

function legend(series: readonly Series[]): string {
  let left = margin.left;
  const entries = series.map(({ name }, i) => {
    const at = left;
    left += 44 + [...name].reduce((sum, letter) => sum + (letter > '\u2000' ? 13 : 7), 0);
    return `<path class="line ${kinds[i]}" d="M${at} 12h22"/><text x="${at + 28}" y="16">${escaped(name)}</text>`;
  });
  return entries.join('');
}

function markSvg({ label }: NonNullable<Chart['mark']>, left: number): string {
  const [at, anchor] = left > innerWidth / 2 ? [left - 5, 'end'] : [left + 5, 'start'];
  return `<path class="mark" d="M${left} 0V${innerHeight}"/><text class="faint" x="${at}" y="11" text-anchor="${anchor}">${escaped(label)}</text>`;
}

interface Places {
  readonly across: (epoch: number) => string;
  readonly down: (value: number) => string;
}

function line(values: readonly number[], kind: string, { across, down }: Places): string {
  const points = thinned(values);
  const steps = points.map(([epoch, value], i) => `${i === 0 ? 'M' : 'L'}${across(epoch)} ${down(value)}`).join('');
  const last = points.at(-1);
  const dot =
    last === undefined ? '' : `<circle class="dot ${kind}" cx="${across(last[0])}" cy="${down(last[1])}" r="3.5"/>`;
  return `<path class="line ${kind}" d="${steps}"/>${dot}`;
}

/** Of many epochs some, the last among them. */
function thinned(values: readonly number[]): (readonly [epoch: number, value: number])[] {
  const every = Math.ceil(values.length / mostPoints);
  return values.flatMap((value, i) =>
    Number.isFinite(value) && (i % every === 0 || i === values.length - 1) ? [[i + 1, value] as const] : [],
  );
}

function endsOf(values: readonly number[], log: boolean): [number, number] {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(most > least)) return log ? [least / 2, least * 2] : [least - 0.5, least + 0.5];
  if (log) return [least / 1.1, most * 1.1];
  const room = (most - least) / 20;
  return [least >= 0 && least < most / 2 ? 0 : least - room, most + room];
}

const pixel = (value: number): string => String(Number(value.toFixed(1)));
