// The charts of an experiment, drawn from a run's curves in the language wanted.
import type { Chart } from '#experiments';
import { lineChart } from '../report/chart.ts';
import type { Reported } from './collect.ts';
import { textIn } from './words.ts';

/** A figure: its title and the SVG element. */
export interface Drawing {
  readonly title: string;
  readonly svg: string;
}

/** The experiment's charts; those whose curves the run lacks are left out. */
export function drawings({ experiment, shown }: Reported, language: string): Drawing[] {
  const curves = shown.curves ?? {};
  return (experiment.charts ?? [])
    .filter(({ lines }) => lines.every(({ curve }) => (curves[curve] ?? []).length > 0))
    .map((chart) => drawing(chart, curves, language));
}

function drawing(chart: Chart, curves: NonNullable<Reported['shown']['curves']>, language: string): Drawing {
  const text = textIn(language);
  const { title, x, y, lines, log, from = 1 } = chart;
  return {
    title: text(title),
    svg: lineChart({
      title: text(title),
      xLabel: text(x),
      yLabel: text(y),
      log: log === 'y' || log === 'both',
      logX: log === 'x' || log === 'both',
      series: lines.map(({ curve, over, name }) => ({
        name: text(name),
        values: curves[curve],
        at: over === undefined ? curves[curve].map((_, i) => from + i) : curves[over],
      })),
    }),
  };
}
