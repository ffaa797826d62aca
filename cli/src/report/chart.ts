// A line chart as inline SVG: up to six series, told apart by colour, dashes, marks and a legend.
import { axis } from '../tune-axis.ts';
import { escaped } from './html.ts';

/** A line over the epochs, from the first, or over places of its own. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  /** Where each value lies along x; 1, 2, 3 … unless given. */
  readonly at?: readonly number[];
}

/** A chart. */
export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** At most six. */
  readonly series: readonly Series[];
  readonly log?: boolean;
  /** Whether x is logarithmic. */
  readonly logX?: boolean;
  /** Fixed ends of the vertical axis. */
  readonly ends?: readonly [number, number];
  /** A dotted line at an epoch, with a few words. */
  readonly mark?: { readonly epoch: number; readonly label: string } | undefined;
}

const [width, height] = [460, 280];
const margin = { left: 64, right: 14, top: 30, bottom: 44 };
const [innerWidth, innerHeight] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
/** The height of a line of the legend. */
const legendLine = 18;
/** More points than pixels tell nothing more. */
const mostPoints = 400;
/** So few points that each is marked. */
const fewPoints = 12;
const kinds = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;

/** The chart as an SVG element; values that are no finite numbers are left out. */
export function lineChart(chart: Chart): string {
  const { title, xLabel, yLabel, series, log = false, logX = false, mark } = chart;
  const finite = series.flatMap(({ values }) => values.filter(Number.isFinite));
  const [low, high] = chart.ends ?? endsOf(finite, log);
  const places = series.flatMap(({ values, at }) => at ?? (values.length > 0 ? [1, values.length] : []));
  const [first, last] = [Math.min(...places, ...(logX ? [] : [1])), Math.max(...places)];
  const x = axis({ low: first, high: Math.max(first + (logX ? 0 : 1), last), log: logX });
  const y = axis({ low, high, log });
  const across = (place: number) => pixel(x.place(place) * innerWidth);
  const down = (value: number) => pixel((1 - y.place(value)) * innerHeight);
  const ticks = x.ticks.filter(({ value }) => logX || Number.isInteger(value));
  const named = legend(series);
  const top = margin.top + (named.lines - 1) * legendLine;
  return [
    `<svg viewBox="0 0 ${width} ${top + innerHeight + margin.bottom}" role="img" aria-label="${escaped(title)}">`,
    named.svg,
    `<g transform="translate(${margin.left} ${top})">`,
    ...y.ticks.map(
      ({ value, label }) =>
        `<path class="grid" d="M0 ${down(value)}H${innerWidth}"/><text x="-7" y="${Number(down(value)) + 4}" text-anchor="end">${escaped(label)}</text>`,
    ),
    ...ticks.map(
      ({ value, label }) =>
        `<path class="axis" d="M${across(value)} ${innerHeight}v4"/><text x="${within(Number(across(value)), label)}" y="${innerHeight + 17}" text-anchor="middle">${escaped(label)}</text>`,
    ),
    `<path class="axis" d="M0 0V${innerHeight}H${innerWidth}"/>`,
    ...(mark === undefined ? [] : [markSvg(mark, Number(across(mark.epoch)))]),
    ...series.map((one, i) => line(one, kinds[i], { across, down })),
    `<text class="faint" x="${innerWidth / 2}" y="${innerHeight + 36}" text-anchor="middle">${escaped(xLabel)}</text>`,
    `<text class="faint" transform="translate(-52 ${innerHeight / 2}) rotate(-90)" text-anchor="middle">${escaped(yLabel)}</text>`,
    '</g></svg>',
  ].join('\n');
}

/** Where a label's middle goes, so that its end is not cut off at the right. */
const within = (place: number, label: string): string =>
  pixel(Math.min(place, innerWidth + margin.right - 3.6 * label.length));

/** The names of the series, in as many lines as they take. */
function legend(series: readonly Series[]): { svg: string; lines: number } {
  let [left, lines] = [margin.left, 1];
  const entries = series.map(({ name }, i) => {
    const room = 44 + [...name].reduce((sum, letter) => sum + (letter > '\u2000' ? 13 : 7), 0);
    if (left > margin.left && left + room > width) [left, lines] = [margin.left, lines + 1];
    const [at, down] = [left, (lines - 1) * legendLine];
    left += room;
    return `<path class="line ${kinds[i]}" d="M${at} ${down + 12}h22"/><text x="${at + 28}" y="${down + 16}">${escaped(name)}</text>`;
  });
  return { svg: entries.join(''), lines };
}

function markSvg({ label }: NonNullable<Chart['mark']>, left: number): string {
  const [at, anchor] = left > innerWidth / 2 ? [left - 5, 'end'] : [left + 5, 'start'];
  return `<path class="mark" d="M${left} 0V${innerHeight}"/><text class="faint" x="${at}" y="11" text-anchor="${anchor}">${escaped(label)}</text>`;
}

interface Places {
  readonly across: (place: number) => string;
  readonly down: (value: number) => string;
}

function line({ values, at }: Series, kind: string, { across, down }: Places): string {
  const points = thinned(values, at);
  const steps = points.map(([place, value], i) => `${i === 0 ? 'M' : 'L'}${across(place)} ${down(value)}`).join('');
  const dots = points
    .slice(points.length > fewPoints ? -1 : 0)
    .map(([place, value]) => `<circle class="dot ${kind}" cx="${across(place)}" cy="${down(value)}" r="3.5"/>`);
  return `<path class="line ${kind}" d="${steps}"/>${dots.join('')}`;
}

/** Of many values some, the last among them. */
function thinned(values: readonly number[], at?: readonly number[]): (readonly [place: number, value: number])[] {
  const every = Math.ceil(values.length / mostPoints);
  return values.flatMap((value, i) =>
    Number.isFinite(value) && (i % every === 0 || i === values.length - 1) ? [[at?.[i] ?? i + 1, value] as const] : [],
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
