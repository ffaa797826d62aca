// What a report is made of: the results of each experiment, from a folder or as they ship, summed up. How it looks is the renderers'.
import { type Experiment, experiments } from '#experiments';
import { shippedFile } from '../files-beside.ts';
import { codeVersion } from './code-version.ts';
import { isWhole, Results, type RunResult } from './results.ts';
import { type Summary, summaryOf } from './summary.ts';

/** An experiment with its results. */
export interface Reported {
  readonly experiment: Experiment;
  readonly quick: boolean;
  /** Of one version of the code and one setting. */
  readonly runs: readonly RunResult[];
  readonly summary: Summary;
  /** The run that charts show: the one in the middle by its first compared figure. */
  readonly shown: RunResult;
  /** Whether they are not of the code that there is now. */
  readonly isOld: boolean;
  /** Whether they came with the package, as the folder had none. */
  readonly isShipped: boolean;
}

/** All experiments that have results, in the order of the book, and those that have none. */
export async function collectResults(
  folder: string,
  quick: boolean,
): Promise<{ reported: Reported[]; missing: Experiment[] }> {
  const own = new Results(folder);
  const shippedAt = shippedFile('experiments/results');
  const shipped = shippedAt === undefined ? undefined : new Results(shippedAt);
  const [reported, missing]: [Reported[], Experiment[]] = [[], []];
  for (const experiment of experiments) {
    const version = codeVersion(experiment);
    const found = await own.runs(experiment.id, quick);
    const isShipped = found.length === 0;
    const all = isShipped ? ((await shipped?.runs(experiment.id, quick)) ?? []) : found;
    const runs = alike(
      all.filter((run) => isWhole(run, experiment)),
      version,
    );
    if (runs.length === 0) missing.push(experiment);
    else
      reported.push({
        experiment,
        quick,
        runs,
        summary: summaryOf(experiment, quick, runs),
        shown: middle(experiment, runs),
        isOld: runs[0].version !== version,
        isShipped,
      });
  }
  return { reported, missing };
}

/** The runs of one setting, of the present code where there are any; else of the code that most have, the later where two have as many. */
function alike(all: readonly RunResult[], version: string): readonly RunResult[] {
  const present = all.filter((run) => run.version === version);
  const runs = present.length > 0 ? present : all;
  const groups = new Map<string, RunResult[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.version, run.setting, run.data, run.backend]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].reduce<RunResult[]>((most, group) => (group.length >= most.length ? group : most), []);
}

function middle({ measures }: Experiment, runs: readonly RunResult[]): RunResult {
  const names = Object.keys(measures);
  const name = names.find((one) => measures[one].compared) ?? names[0];
  const sorted = [...runs].sort((a, b) => a.figures[name] - b.figures[name]);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
