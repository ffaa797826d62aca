// `experiment list`: the experiments, and of which there are results.

import type { Command } from 'commander';
import { experiments } from '#experiments';
import { languageOf } from '../language.ts';
import { print, printData, printJson, table } from '../output.ts';
import { Results } from './results.ts';
import { seedsOf } from './summary.ts';
import { textIn } from './words.ts';

export async function listExperiments(flags: { dir: string; json?: boolean }, command: Command): Promise<void> {
  const results = new Results(flags.dir);
  const text = textIn(languageOf(command));
  const rows = await Promise.all(
    experiments.map(async (one) => ({
      id: one.id,
      chapter: one.chapter,
      title: text(one.title),
      question: text(one.question),
      seeds: seedsOf(one),
      results: (await results.runs(one.id, false)).length,
      quickResults: (await results.runs(one.id, true)).length,
    })),
  );
  if (flags.json) return printJson({ experiments: rows });
  const right = (name: string) => ({ name, align: 'right' as const });
  printData(
    table(
      [{ name: 'experiment' }, { name: 'chapter' }, right('results'), right('quick'), { name: 'about' }],
      rows.map((row) => [row.id, row.chapter, some(row.results), some(row.quickResults), row.title]),
    ),
  );
  print('\n"chainrule experiment run ID" runs one, and with --quick in seconds.');
}

const some = (count: number): string => (count === 0 ? '' : String(count));
