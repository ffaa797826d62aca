// What the plots of `tune` show, on a terminal and as a file: the range test's curve, and scores against each setting.
import type { RangeTest, RunResult, SettingName } from 'chainrule/tune';
import { settingNames } from 'chainrule/tune';
import { spoken } from './languages/index.ts';
import { counted, percent, rounded } from './numbers.ts';
import { type Axis, axis } from './tune-axis.ts';
import { plotText } from './tune-plot.ts';
import { type Panel, svg } from './tune-svg.ts';

/** What a score is called and how it is written. */
export interface Measure {
  readonly name: string;
  readonly write: (score: number | null) => string;
}

/** Of classifications. */
export const accuracy: Measure = { name: 'accuracy', write: (score) => (score === null ? '–' : percent(score)) };
/** Of regressions; far below 0 where training got out of hand. */
export const determination: Measure = {
  name: 'R²',
  write(score) {
    if (score === null) return '–';
    return score > -10 ? score.toFixed(4) : score.toExponential(1);
  },
};

const blue = '#1f6fb4';
/** From short runs to long ones; told apart by lightness too. */
const shades = ['#b8c9d9', '#7fb0d6', '#3d85c0', '#e08a1e', '#b3372f'];

/** A range test's plots. */
export function rangeFigures({ points, suggested }: RangeTest): { readonly text: string; readonly svg: string } {
  const rates = points.map(({ learningRate }) => learningRate);
  const smoothed = points.map((point) => point.smoothed);
  const [low, high] = [Math.min(...smoothed), Math.max(...smoothed.slice(0, 1), ...smoothed)];
  const room = (high - low) * 0.05 || 0.1;
  const x = axis({ low: Math.min(...rates), high: Math.max(...rates), log: true });
  const y = axis({ low: low - room, high: high + room });
  const curve = points.map((point): [number, number] => [point.learningRate, point.smoothed]);
  const nearest = points.reduce((best, point) =>
    Math.abs(Math.log(point.learningRate / suggested)) < Math.abs(Math.log(best.learningRate / suggested))
      ? point
      : best,
  );
  const labels = { x, y, xLabel: spoken('learning rate'), yLabel: spoken('loss (smoothed)') };
  return {
    text: plotText({ ...labels, curve, marks: [{ x: nearest.learningRate, y: nearest.smoothed, mark: '●' }] }),
    svg: svg({
      title: spoken('Learning-rate range test'),
      panelWidth: 640,
      panelHeight: 380,
      legend: [
        { color: blue, label: spoken('smoothed') },
        { color: '#ccc', label: spoken('each batch') },
      ],
      panels: [
        {
          ...labels,
          yLabel: spoken('loss'),
          lines: [
            { points: points.map((point) => [point.learningRate, point.loss]), color: '#ccc', width: 1 },
            { points: curve, color: blue, width: 2 },
          ],
          rules: [{ at: { x: suggested }, label: spoken(`suggested: ${suggested}`) }],
        },
      ],
    }),
  };
}

/** What the results' plots show. */
export interface ResultsShown {
  /** The longest run of each trial. */
  readonly results: readonly RunResult[];
  readonly best: RunResult;
  readonly defaults: RunResult;
  readonly measure: Measure;
  readonly title: string;
}

/** Scores against each setting that varies; undefined where none does. */
export function resultsSvg({ results, best, defaults, measure, title }: ResultsShown): string | undefined {
  const y = scoreAxis(results, defaults, measure);
  const lengths = lengthsOf(results);
  const color = (result: RunResult) => colorOf(lengths.indexOf(result.epochs ?? 0), lengths.length);
  const panels = settingNames.flatMap((name): Panel[] => {
    const scale = settingAxis(results, name);
    if (scale === undefined) return [];
    const points = [...results].sort(byLength).flatMap((result) => {
      const [place, score] = [scale.value(result), result.score];
      if (place === undefined || score === null) return [];
      const words = spoken(`trial ${result.trial}: ${measure.write(score)} after ${result.epochs} epochs`);
      return [{ x: place, y: score, color: color(result), ringed: result.trial === best.trial, title: words }];
    });
    const rules = defaults.score === null ? [] : [{ at: { y: defaults.score }, label: spoken('defaults') }];
    return [
      { x: scale.axis, y, xLabel: spoken(words(name)), yLabel: spoken(`validation ${measure.name}`), points, rules },
    ];
  });
  if (panels.length === 0) return undefined;
  const legend = lengths.map((epochs, i) => ({
    color: colorOf(i, lengths.length),
    label: spoken(counted(epochs, 'epoch')),
  }));
  return svg({ title, panels, legend: [...legend, { color: '#fff', label: spoken('the best'), ringed: true }] });
}

/** Scores against the learning rate for a terminal; undefined where it does not vary. */
export function resultsText({ results, best, defaults, measure }: ResultsShown): string | undefined {
  const scale = settingAxis(results, 'learningRate');
  if (scale === undefined) return undefined;
  const lengths = lengthsOf(results);
  const signs = '·∘○◉';
  const marks = [...results].sort(byLength).flatMap((result) => {
    const place = scale.value(result);
    if (place === undefined || result.score === null) return [];
    const longest = lengths.length - 1 - lengths.indexOf(result.epochs ?? 0);
    const mark = result.trial === best.trial ? '★' : (signs[signs.length - 1 - longest] ?? signs[0]);
    return [{ x: place, y: result.score, mark }];
  });
  const known = lengths.map((epochs, i) => `${signs[signs.length - lengths.length + i] ?? signs[0]} ${epochs}`);
  const plot = plotText({
    x: scale.axis,
    y: scoreAxis(results, defaults, measure),
    xLabel: spoken('learning rate'),
    yLabel: spoken(`validation ${measure.name}`),
    marks,
  });
  return `${plot}\n${spoken(`epochs: ${known.join('  ')}  ★ the best`)}`;
}

/** Short runs first, so that the long ones, of which there are few, lie on top. */
const byLength = (a: RunResult, b: RunResult): number => (a.epochs ?? 0) - (b.epochs ?? 0);

const lengthsOf = (results: readonly RunResult[]): number[] =>
  [...new Set(results.map(({ epochs = 0 }) => epochs))].sort((a, b) => a - b);

/** The longest runs have the strongest colour. */
const colorOf = (index: number, count: number): string => shades[Math.max(0, shades.length - count + index)];

/** From the worst to the best score; far outliers, which say only that they failed, lie on the lower edge. */
function scoreAxis(results: readonly RunResult[], defaults: RunResult, { write }: Measure): Axis {
  const scores = [...results, defaults].flatMap(({ score }) => score ?? []).sort((a, b) => a - b);
  if (scores.length === 0) return axis({ low: 0, high: 1, label: write });
  const [middle, high] = [scores[Math.floor(scores.length / 2)], scores[scores.length - 1]];
  const low = Math.max(scores[0], middle - 1.5 * (high - middle) - 0.02);
  const room = (high - low) * 0.06 || 0.01;
  return axis({ low: low - room, high: high + room, label: (score) => write(score).replace('.0 %', ' %') });
}

/** The axis of one setting: numbers over a wide range by their logarithms, anything else side by side. */
function settingAxis(
  results: readonly RunResult[],
  name: SettingName,
): { readonly axis: Axis; readonly value: (result: RunResult) => number | undefined } | undefined {
  const found = results.flatMap(({ settings }) => settings[name] ?? []);
  const given = results.map(({ settings }) => settings[name]).filter((value) => value !== undefined);
  const distinct = [...new Set(given.map((value) => JSON.stringify(value)))];
  if (distinct.length < 2) return undefined;
  const numbers = found.filter((value) => typeof value === 'number');
  if (distinct.length > 6 && numbers.length === given.length) {
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    const log = least > 0 && most / least >= 10;
    // A little room, so that no point lies on the edge.
    const [low, high] = log
      ? [least * (least / most) ** 0.03, most * (most / least) ** 0.03]
      : [least - 0.03 * (most - least), most + 0.03 * (most - least)];
    const value = ({ settings }: RunResult) => {
      const own = settings[name];
      return typeof own === 'number' ? own : undefined;
    };
    return { axis: axis({ low, high, log }), value };
  }
  const sorted = distinct.sort((a, b) => compareJson(JSON.parse(a), JSON.parse(b)));
  const place = (index: number) => (index + 0.5) / sorted.length;
  return {
    axis: {
      place: (value) => value,
      ticks: sorted.map((json, i) => ({ value: place(i), label: settingText(JSON.parse(json)) })),
    },
    value({ settings, trial }) {
      const index = sorted.indexOf(JSON.stringify(settings[name]) ?? '');
      // Side by side within their column, so that equal scores do not hide each other.
      return index < 0 ? undefined : place(index) + ((((trial * 7) % 11) - 5) / 11) * (0.5 / sorted.length);
    },
  };
}

function compareJson(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return [a, b].every(Array.isArray) ? String(a).length - String(b).length || sumOf(a) - sumOf(b) : 0;
}

const sumOf = (list: unknown): number => (Array.isArray(list) ? list.reduce((sum, x) => sum + Number(x), 0) : 0);

/** A setting as the command line takes it. */
export function settingText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(',');
  return typeof value === 'number' ? rounded(value) : String(value ?? '');
}

/** `learningRate` as `learning rate`. */
export const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
