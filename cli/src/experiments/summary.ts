// What several runs of an experiment come to together: the spread of each figure, and which claims hold.
import type { Experiment, Measure, Text } from '#experiments';
import { counted } from '../numbers.ts';
import type { RunResult } from './results.ts';

/** A figure over the seeds. */
export interface Spread {
  readonly measure: Measure;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** A claim and whether it holds; undefined where it takes more seeds to tell. */
export interface Verdict {
  readonly says: Text;
  readonly holds: boolean | undefined;
}

/** Runs of the same setting, summed up. */
export interface Summary {
  readonly spreads: Readonly<Record<string, Spread>>;
  readonly verdicts: readonly Verdict[];
}

/** How many seeds an experiment takes to be held against the book. */
export const seedsOf = ({ seeds = 5 }: Experiment): number => seeds;

/** How far below the book's one lucky run the best of ours, and the median, may be, in points. */
const allowed = { best: 0.1, median: 0.6 };

export function summaryOf(experiment: Experiment, quick: boolean, runs: readonly RunResult[]): Summary {
  const spreads = Object.fromEntries(
    Object.entries(experiment.measures).map(([name, measure]) => [
      name,
      spreadOf(
        measure,
        runs.map(({ figures }) => figures[name]),
      ),
    ]),
  );
  const medians = Object.fromEntries(Object.entries(spreads).map(([name, { median }]) => [name, median]));
  const claims = experiment.claims.filter(({ of }) => of === undefined || of === (quick ? 'quick' : 'full'));
  const against = quick ? [] : Object.values(spreads).flatMap((one) => compared(one, runs.length, seedsOf(experiment)));
  return { spreads, verdicts: [...against, ...claims.map(({ says, holds }) => ({ says, holds: holds(medians) }))] };
}

function spreadOf(measure: Measure, values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { measure, median, least: sorted[0], most: sorted[sorted.length - 1] };
}

/** A published accuracy is one run's, and a lucky one's: the best of ours has to come up to it, and the median near it. */
function compared({ measure, median, most }: Spread, runs: number, wanted: number): Verdict[] {
  const { name, published } = measure;
  if (!measure.compared || published === undefined) return [];
  const enough = runs >= wanted;
  const seeds = Math.max(runs, wanted);
  // As the book prints it, in hundredths: 99.43 − 0.1 is a little more than 99.33.
  const least = (below: number) => (published - below).toFixed(2);
  return [
    {
      says: {
        en: `${name.en}: the best of ${counted(seeds, 'seed')} is at least ${least(allowed.best)} %`,
        zh: `${name.zh}：${seeds} 个种子中最好的不低于 ${least(allowed.best)} %`,
      },
      holds: enough ? most >= Number(least(allowed.best)) : undefined,
    },
    {
      says: {
        en: `${name.en}: the median of ${counted(seeds, 'seed')} is at least ${least(allowed.median)} %`,
        zh: `${name.zh}：${seeds} 个种子的中位数不低于 ${least(allowed.median)} %`,
      },
      holds: enough ? median >= Number(least(allowed.median)) : undefined,
    },
  ];
}
