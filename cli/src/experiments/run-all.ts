// `experiment run`: the experiments asked for, seed by seed, with what is cached, and what they come to. How one is run is run.ts's business.
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { Experiment } from '#experiments';
import { backendNamed } from '../backend.ts';
import { exitStatus, UsageError } from '../errors.ts';
import { languageOf } from '../language.ts';
import { counted } from '../numbers.ts';
import { printJson, say } from '../output.ts';
import { interruption } from '../training.ts';
import { codeVersion } from './code-version.ts';
import { Interrupted } from './course.ts';
import { findDigits } from './digits.ts';
import { experimentsNamed } from './find.ts';
import { isWhole, Results, type RunResult } from './results.ts';
import { type RunOptions, runExperiment } from './run.ts';
import { outcomeJson, printOutcome } from './show.ts';
import { summaryOf } from './summary.ts';

interface RunFlags {
  readonly all?: boolean;
  readonly quick?: boolean;
  readonly seeds?: number;
  readonly dir: string;
  readonly backend?: string;
  readonly threads?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function runExperiments(ids: readonly string[], flags: RunFlags, command: Command): Promise<void> {
  const chosen = chosenBy(ids, flags);
  const { quick = false, seeds = 1, quiet = false } = flags;
  const results = new Results(flags.dir);
  await results.make();
  // A damaged file is told of before hours of computing, not after.
  for (const { id } of chosen) await results.runs(id, quick);
  const { signal, release } = interruption();
  const backend = await backendNamed(flags);
  const threads = flags.threads ?? availableParallelism();
  const options = { quick, backend, threads, results, signal, quiet };
  const found: Record<string, unknown>[] = [];
  let refuted = 0;
  try {
    for (const experiment of chosen) {
      const runs = await runSeeds(experiment, seeds, options);
      const summary = summaryOf(experiment, quick, runs);
      if (summary.verdicts.some(({ holds }) => holds === false)) refuted++;
      if (flags.json) found.push(outcomeJson(experiment, quick, runs, summary));
      else printOutcome(experiment, quick, runs, summary, languageOf(command));
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    say('interrupted; what was done is kept, and the same command goes on from there.');
    process.exitCode = exitStatus.interrupted;
    return;
  } finally {
    release();
  }
  if (flags.json) printJson({ experiments: found });
  if (refuted > 0) {
    say(`${counted(refuted, 'experiment')} did not show all that is claimed.`);
    process.exitCode = exitStatus.no;
  }
}

function chosenBy(ids: readonly string[], { all = false }: RunFlags): readonly Experiment[] {
  if (all && ids.length > 0) throw new UsageError(`--all and ${ids[0]} are both given; leave one of them out.`);
  if (!all && ids.length === 0)
    throw new UsageError('no experiment is named; give names that "chainrule experiment list" has, or --all.');
  return experimentsNamed(ids);
}

/** The results of an experiment for seeds from 0 on: those on file, where they are of this code and setting, and new ones. */
async function runSeeds(experiment: Experiment, seeds: number, options: RunOptions): Promise<RunResult[]> {
  const { quick, results, quiet } = options;
  const onFile = await results.runs(experiment.id, quick);
  const usable = await usableFor(experiment, options);
  const unusable = onFile.filter((run) => run.seed < seeds && !usable(run));
  if (unusable.length > 0 && !quiet)
    say(
      `${experiment.id}: ${counted(unusable.length, 'result')} on file of another version, setting or data ignored (${unusable[0].version}).`,
    );
  const runs: RunResult[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const known = onFile.find((run) => run.seed === seed && usable(run));
    if (known === undefined && !quiet) say(`${experiment.id}: seed ${seed} runs.`);
    runs.push(known ?? (await runExperiment(experiment, seed, options)));
  }
  return runs;
}

/** Whether a result on file is what running again would give. */
async function usableFor(experiment: Experiment, { quick, backend }: RunOptions): Promise<(run: RunResult) => boolean> {
  const version = codeVersion(experiment);
  const setting = JSON.stringify(experiment.settingOf(quick));
  const here = await findDigits(quick).catch(() => undefined);
  return (run) =>
    isWhole(run, experiment) &&
    run.version === version &&
    run.backend === backend.name &&
    JSON.stringify(run.setting) === setting &&
    (run.data === undefined || run.data === here?.name);
}
