// What a search ends with: the table, the plots and the command on the terminal, the same as JSON, and the SVG file.
import { writeWhole } from 'chainrule/node';
import { compareResults, type RunResult } from 'chainrule/tune';
import { exitStatus } from './errors.ts';
import { spoken } from './languages/index.ts';
import { counted, significant } from './numbers.ts';
import { colors, print, printData, printJson, say } from './output.ts';
import { type Measure, resultsSvg, resultsText } from './tune-figures.ts';
import { perTrial, resultsJson, resultsTable, trainCommandLine } from './tune-report.ts';
import type { Task } from './tune-task.ts';

/** What a search came to: all results, and those that `train` can repeat. */
export interface Found {
  readonly results: readonly RunResult[];
  readonly candidates: readonly RunResult[];
}

/** Prints what came of a search, draws it, and gives the exit status. */
export async function conclude(
  { setup, measure, flags }: Task,
  { results, candidates }: Found,
  plot: string,
): Promise<number> {
  const [best] = [...candidates].sort(compareResults);
  const defaults = results.find(({ trial }) => trial === 0) ?? best;
  if (best.score === null) {
    say(
      `no settings could be trained: ${best.failed ?? 'every score was no finite number; begin at smaller learning rates'}`,
    );
    return exitStatus.no;
  }
  // What was trained on a part of the data does not compare.
  const whole = results.filter(({ share }) => share === undefined);
  const others = whole.filter(({ trial }) => trial !== 0);
  const longest = perTrial(others, (a, b) => (b.epochs ?? 0) - (a.epochs ?? 0));
  const shown = {
    results: longest,
    best,
    defaults,
    measure,
    title: spoken(`${setup.name}: validation ${measure.name} of ${counted(longest.length, 'trial')}`),
  };
  const drawn = resultsSvg(shown);
  if (drawn !== undefined) await writeWhole(plot, drawn);
  const line = trainCommandLine(setup, best);
  if (flags.json) {
    printJson({
      ...resultsJson(setup, { results, best, defaults, measure: measure.name }),
      plot: drawn === undefined ? null : plot,
    });
    return exitStatus.done;
  }
  const text = resultsText(shown);
  printData(resultsTable(perTrial(whole, compareResults), measure, 10));
  if (text !== undefined) printData(`\n${text}`);
  print(`\n${verdict(best, defaults, measure)}`);
  printData(colors(process.stdout).bold(line));
  if (drawn !== undefined && !flags.quiet) say(`\nEvery setting is plotted in ${plot}.`);
  return exitStatus.done;
}

function verdict(best: RunResult, defaults: RunResult, { name, write }: Measure): string {
  if (best.trial === 0) return `Nothing was better than the defaults: validation ${name} ${write(defaults.score)}.`;
  const losses =
    best.score === defaults.score
      ? `; its loss is ${significant(best.loss ?? 0)}, theirs ${significant(defaults.loss ?? 0)}`
      : '';
  return `Best: trial ${best.trial}, validation ${name} ${write(best.score)}, where the defaults have ${write(defaults.score)}${losses}. To train it:`;
}
