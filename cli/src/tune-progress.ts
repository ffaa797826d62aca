// The live line of a search on a terminal: runs done, and the best score so far.
import { compareResults, type RunResult } from 'chainrule/tune';
import cliProgress from 'cli-progress';
import { spoken } from './languages/index.ts';
import { significant } from './numbers.ts';

/** A search's progress; it draws only on a terminal. */
export function tuneProgress(quiet: boolean) {
  let bar: cliProgress.SingleBar | undefined;
  let best: RunResult | undefined;
  const line = () => ({
    best: best?.score == null ? '' : spoken(`  best ${significant(best.score)} (trial ${best.trial})`),
  });
  return {
    /** A search, or a stage of it, with as many runs, some of them done before. */
    begin(runs: number, before: ReadonlyMap<string, RunResult>): void {
      if (quiet || !process.stderr.isTTY) return;
      [best] = [...before.values()].sort(compareResults);
      bar = new cliProgress.SingleBar({
        format: `{bar} {value}/{total} ${spoken('runs')}{best}`,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 24,
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: true,
        gracefulExit: false,
        linewrap: false,
      });
      bar.start(runs, before.size, line());
    },
    onResult(result: RunResult): void {
      if (best === undefined || compareResults(result, best) < 0) best = result;
      bar?.increment(1, line());
    },
    end(): void {
      bar?.stop();
      bar = undefined;
    },
  };
}
