// Drives a search: asks the library what to run, has the pool run it, keeps the results in the folder.
import {
  type BroadFacts,
  broadStage,
  type Decision,
  decide,
  type Halving,
  nextRuns,
  type Run,
  type RunResult,
} from 'chainrule/tune';
import type { TuneFolder } from './tune-folder.ts';
import type { TrialPool } from './tune-pool.ts';

/** Where runs go, and who hears of their results. */
export interface Workshop {
  readonly pool: TrialPool;
  readonly folder: TuneFolder;
  readonly jobs: number;
  readonly onResult: (result: RunResult) => void;
}

/** Runs with no number of epochs of their own, as `train` does where nothing is said. */
export const defaultsRun = (settings: Run['settings']): Run => ({ name: 'defaults', trial: 0, settings });

/** By trial, then by length: an order that does not tell which process was faster. */
export const inOrder = (results: ReadonlyMap<string, RunResult>): RunResult[] =>
  [...results.values()].sort((a, b) => a.trial - b.trial || (a.epochs ?? 0) - (b.epochs ?? 0));

/** Successive halving to its end, and the defaults beside it. Results that are there already are not computed again. */
export async function runHalving(halving: Omit<Halving, 'results'>, defaults: Run, shop: Workshop) {
  const results = await shop.folder.results();
  await drain(shop, results, () => [
    ...(results.has(defaults.name) ? [] : [defaults]),
    ...nextRuns({ ...halving, results }),
  ]);
  return results;
}

/** What hears of the broad strategy's course. */
export interface Listener {
  readonly asked: (stage: Decision['stage'], runs: number) => void;
  readonly decided: (decision: Decision) => void;
}

/** The broad strategy to its end, and the defaults beside its first runs. */
export async function runBroad(facts: BroadFacts, defaults: Run, shop: Workshop, listener: Listener) {
  const results = await shop.folder.results();
  const decisions: Decision[] = [];
  for (;;) {
    const stage = broadStage(facts, decisions);
    if (stage === undefined) return { results, decisions };
    listener.asked(stage.name, stage.runs.length);
    const wanted = decisions.length === 0 ? [...stage.runs, defaults] : stage.runs;
    await drain(shop, results, () => wanted.filter(({ name }) => !results.has(name)));
    const decision = decide(
      stage,
      stage.runs.flatMap(({ name }) => results.get(name) ?? []),
      facts,
    );
    listener.decided(decision);
    decisions.push(decision);
  }
}

/** Runs what is next until nothing is, as many at a time as there are jobs. */
async function drain(shop: Workshop, results: Map<string, RunResult>, next: () => readonly Run[]): Promise<void> {
  const active = new Map<string, Promise<void>>();
  const start = async (run: Run): Promise<void> => {
    await shop.pool.run(run, shop.folder.fileOf(run));
    const result = await shop.folder.result(run);
    results.set(run.name, result);
    active.delete(run.name);
    shop.onResult(result);
  };
  try {
    for (;;) {
      const waiting = next().filter(({ name }) => !active.has(name));
      for (const run of waiting.slice(0, shop.jobs - active.size)) active.set(run.name, start(run));
      if (active.size === 0) return;
      await Promise.race(active.values());
    }
  } finally {
    // After a failure the others end too; theirs is not the one to report.
    for (const other of active.values()) other.catch(() => {});
  }
}
