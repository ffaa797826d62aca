// What an experiment came to, on the terminal and as JSON.
import type { Experiment } from '#experiments';
import { spoken } from '../languages/index.ts';
import { clock, counted } from '../numbers.ts';
import { colors, printData, table } from '../output.ts';
import type { RunResult } from './results.ts';
import type { Summary, Verdict } from './summary.ts';
import { figureText, settingText, textIn } from './words.ts';

/** Prints question, setting, figures beside the book's, claims, and what one sees. */
export function printOutcome(
  { id, chapter, title, question, settingOf, sees }: Experiment,
  quick: boolean,
  runs: readonly RunResult[],
  { spreads, verdicts }: Summary,
  language: string,
): void {
  const text = textIn(language);
  const { bold, dim } = colors(process.stdout);
  const right = (name: string) => ({ name, align: 'right' as const });
  printData(`\n${bold(id)}  ${text(title)} ${dim(spoken(`(chapter ${chapter})`))}\n${text(question)}\n`);
  printData(
    `${dim(spoken('setting'))}  ${settingText(settingOf(quick), text)}${runs[0].data ? `; ${runs[0].data}` : ''}\n`,
  );
  const one = runs.length === 1;
  printData(
    table(
      [
        { name: 'figure' },
        ...(one ? [right('value')] : [right('median'), right('least'), right('most')]),
        ...(quick ? [] : [right('published')]),
      ],
      Object.values(spreads).map(({ measure, median, least, most }) => [
        text(measure.name),
        ...(one ? [median] : [median, least, most]).map((value) => figureText(value, measure)),
        ...(quick ? [] : [measure.published === undefined ? '' : figureText(measure.published, measure)]),
      ]),
    ),
  );
  printData('');
  for (const verdict of verdicts) printData(`${mark(verdict)} ${text(verdict.says)}`);
  printData(`\n${text(sees)}`);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  printData(dim(spoken(`took ${clock(seconds)} for ${counted(runs.length, 'seed')}`)));
}

function mark({ holds }: Verdict): string {
  const { green, red, dim } = colors(process.stdout);
  if (holds === undefined) return dim('?');
  return holds ? green('✓') : red('✗');
}

/** The same as data. */
export function outcomeJson(
  { id, chapter, title, settingOf }: Experiment,
  quick: boolean,
  runs: readonly RunResult[],
  { spreads, verdicts }: Summary,
): Record<string, unknown> {
  return {
    id,
    chapter,
    title,
    quick,
    setting: settingOf(quick),
    data: runs[0].data ?? null,
    version: runs[0].version,
    seeds: runs.length,
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    figures: Object.fromEntries(
      Object.entries(spreads).map(([name, { measure, median, least, most }]) => [
        name,
        { median, least, most, published: measure.published ?? null },
      ]),
    ),
    claims: verdicts.map(({ says, holds }) => ({ says, holds: holds ?? null })),
  };
}
