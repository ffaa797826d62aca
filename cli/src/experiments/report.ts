// `experiment report`: the results there are, as a page for the browser or as Markdown.
import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { requireWritable, writeWhole } from 'chainrule/node';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { languageOf } from '../language.ts';
import { counted } from '../numbers.ts';
import { say } from '../output.ts';
import { collectResults } from './collect.ts';
import { htmlReport } from './report-html.ts';
import { markdownReport } from './report-markdown.ts';

interface ReportFlags {
  readonly dir: string;
  readonly out: string;
  readonly quick?: boolean;
}

export async function reportExperiments({ dir, out, quick = false }: ReportFlags, command: Command): Promise<void> {
  const kind = extname(out).toLowerCase();
  if (kind !== '.html' && kind !== '.md')
    throw new UsageError(`--out is ${out}; name a file that ends in .html or .md.`);
  await requireWritable(out);
  const language = languageOf(command);
  const { reported, missing } = await collectResults(dir, quick);
  const shipped = reported.filter(({ isShipped }) => isShipped);
  const isNamed = command.getOptionValueSource('dir') === 'cli';
  if (reported.length === 0 || (isNamed && shipped.length === reported.length))
    throw new UsageError(
      `there are no results in ${dir}; run "chainrule experiment run" first, or name their folder with --dir.`,
    );
  if (kind === '.html') await writeWhole(out, htmlReport(reported, missing, quick, language));
  else {
    const folder = basename(out).replace(/\..*$/, '');
    const { text, files } = markdownReport(reported, missing, { folder, quick, language });
    await mkdir(join(dirname(out), folder), { recursive: true });
    for (const [file, svg] of files) await writeWhole(join(dirname(out), folder, file), svg);
    await writeWhole(out, text);
  }
  say(`The report of ${counted(reported.length, 'experiment')} is in ${out}; ${missing.length} have no results.`);
  if (shipped.length > 0)
    say(`${shipped.length} of them are not in ${dir}: the results that come with chainrule stand there.`);
  const old = reported.filter(({ isOld }) => isOld);
  if (old.length > 0)
    say(
      `${old.length} of them were computed by other code than there is now (${old[0].experiment.id} by ${old[0].runs[0].version}).`,
    );
}
