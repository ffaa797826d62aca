// `tune` at work: a search over a space, or the broad strategy, in processes side by side, from the beginning or from where it
// was interrupted.
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { baseline, isLabels } from 'chainrule';
import { requireWritable } from 'chainrule/node';
import {
  type BroadFacts,
  broadBest,
  drawSettings,
  fitting,
  halvingRungs,
  type Run,
  type Rung,
  type RunResult,
  type Settings,
  type Space,
  spaceJson,
  tuneLanguages,
} from 'chainrule/tune';
import { exitStatus } from './errors.ts';
import { spoken } from './languages/index.ts';
import { counted } from './numbers.ts';
import { say, sayChoice } from './output.ts';
import type { Parts } from './parts.ts';
import { interruption } from './training.ts';
import { conclude, type Found } from './tune-conclude.ts';
import { settingText, words } from './tune-figures.ts';
import { TuneFolder } from './tune-folder.ts';
import { Interrupted, TrialPool } from './tune-pool.ts';
import { tuneProgress } from './tune-progress.ts';
import { sharedIdentity } from './tune-report.ts';
import { defaultsRun, inOrder, runBroad, runHalving, type Workshop } from './tune-search.ts';
import type { Task, TuneFlags } from './tune-task.ts';

/** Searches, and gives the exit status. */
export async function search(task: Task, space: Space): Promise<number> {
  const { flags, fixed, setup, parts } = task;
  const { dir = 'tune' } = flags;
  const epochs = flags.epochs ?? (parts.training.samples.inputs.count < 2000 ? 162 : 81);
  const rungs = rungsOf(flags, epochs);
  const plot = flags.plot ?? join(dir, 'results.svg');
  if (flags.plot !== undefined) await requireWritable(plot);
  const folder = await TuneFolder.open(dir, {
    ...sharedIdentity(setup),
    samples: digest(parts),
    strategy: flags.broad ? 'broad' : (flags.search ?? 'halving'),
    ...(flags.broad ? { epochs } : { ...lengthOf(flags, epochs), space: spaceJson(space), fixed }),
  });
  const jobs = flags.jobs ?? availableParallelism();
  const { signal, release } = interruption();
  const pool = new TrialPool(setup, signal);
  const progress = tuneProgress(flags.quiet ?? false);
  const shop = { pool, folder, jobs, onResult: progress.onResult };
  if (!flags.quiet)
    sayChoice('Jobs', `${counted(jobs, 'process')} side by side; results in ${dir}; seed ${setup.seed}`);
  try {
    const defaults = defaultsRun(fitting(fixed));
    if (flags.broad) {
      const found = await narrated(task, { ...factsOf(parts), epochs }, defaults, shop, progress);
      return await conclude(task, found, plot);
    }
    if (!flags.quiet) saySpace(space, fixed, rungs);
    const settings = (trial: number) => fitting({ ...drawSettings(space, setup.seed, trial), ...fixed });
    progress.begin(
      rungs.reduce((sum, { trials }) => sum + trials, 1),
      await folder.results(),
    );
    const results = inOrder(await runHalving({ rungs, settings }, defaults, shop));
    progress.end();
    return await conclude(task, { results, candidates: results }, plot);
  } catch (error) {
    progress.end();
    if (!(error instanceof Interrupted)) throw error;
    say(
      `interrupted: ${dir} holds ${counted((await folder.results()).size, 'run')} of this search; run the same command again to go on.`,
    );
    return exitStatus.interrupted;
  } finally {
    pool.close();
    release();
  }
}

/** How far a search goes, the house's choices put in. */
const lengthOf = ({ trials = 160, factor = 3 }: TuneFlags, epochs: number) => ({ trials, epochs, factor });

function rungsOf(flags: TuneFlags, epochs: number): Rung[] {
  const length = lengthOf(flags, epochs);
  return flags.search === 'random' ? [{ trials: length.trials, epochs }] : halvingRungs(length);
}

function saySpace(space: Space, fixed: Settings, rungs: readonly Rung[]): void {
  const values = Object.entries(space).map(([name, values]) => {
    if ('list' in values) return `${name} ${values.list.map(settingText).join(' | ')}`;
    return 'log' in values ? `${name} ${values.log.join(' … ')} (log)` : `${name} ${values.linear.join(' … ')}`;
  });
  sayChoice('Space', values[0]);
  for (const line of values.slice(1)) sayChoice('', line);
  for (const [name, value] of Object.entries(fixed)) sayChoice('', `${name} ${settingText(value)} (fixed)`);
  const [first, ...rest] = rungs.map(({ trials, epochs }) =>
    spoken(`${counted(trials, 'trial')} of ${counted(epochs, 'epoch')}`),
  );
  sayChoice('Search', [first, ...rest.map((rung) => spoken(`the best ${rung}`))].join(spoken(', ')));
  say('');
}

/** Facts for the broad strategy beside its length. */
function factsOf({ training, validation }: Parts): Omit<BroadFacts, 'epochs'> {
  const guess = baseline(training, validation ?? training);
  return { samples: training.samples.inputs.count, baseline: guess.kind === 'mean' ? guess.r2 : guess.accuracy };
}

async function narrated(
  { flags, measure, language }: Task,
  facts: BroadFacts,
  defaults: Run,
  shop: Workshop,
  progress: ReturnType<typeof tuneProgress>,
): Promise<Found> {
  const speech = language === 'zh' ? tuneLanguages.zh : tuneLanguages.en;
  const wording = { score: ({ score }: RunResult) => measure.write(score), baseline: measure.write(facts.baseline) };
  let questions = 0;
  const { results, decisions } = await runBroad(facts, defaults, shop, {
    asked(stage, runs) {
      questions++;
      if (!flags.quiet) say(`\n${questions}. ${speech.question[stage]}`);
      progress.begin(runs, new Map());
    },
    decided(decision) {
      progress.end();
      if (flags.quiet) return;
      for (const result of decision.results)
        say(`     ${settingsLine(result, decision)}  ${measure.write(result.score)}`);
      say(`   ${speech.answer(decision, wording)}`);
    },
  });
  if (!flags.quiet) say('');
  const best = broadBest(decisions);
  const candidates = [best, results.get(defaults.name)].filter((result) => result !== undefined);
  return { results: inOrder(results), candidates };
}

/** What tells a run apart from the others of its stage. */
function settingsLine({ settings }: RunResult, { results }: { readonly results: readonly RunResult[] }): string {
  return Object.entries(settings)
    .filter(([name, value]) =>
      results.some(
        (other) => JSON.stringify(new Map(Object.entries(other.settings)).get(name)) !== JSON.stringify(value),
      ),
    )
    .map(([name, value]) => `${spoken(words(name))} ${settingText(value)}`)
    .join(spoken(', '));
}

/** The samples in a few characters: other data make another search. */
function digest({ training, validation }: Parts): string {
  const hash = createHash('sha256');
  for (const { samples } of [training, ...(validation ? [validation] : [])]) {
    const { inputs, targets } = samples;
    const answers = isLabels(targets) ? targets.labels : targets.values;
    for (const { buffer, byteOffset, byteLength } of [inputs.values, answers])
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}
