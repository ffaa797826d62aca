// `evaluate`: loss and scores of a model on data with targets, beside the baseline.
import { type Dataset, outputNames, predictRows, type Report, report } from 'chainrule';
import { requireWritable, writeWhole } from 'chainrule/node';
import { Command } from 'commander';
import { oneOf } from '../arguments.ts';
import { backendNamed, backendNames } from '../backend.ts';
import { UsageError } from '../errors.ts';
import { languageOf } from '../language.ts';
import { metricsJson, metricsText } from '../metrics-text.ts';
import { readNetwork } from '../network-source.ts';
import { print, printData, printJson, say } from '../output.ts';
import { readPrepared } from '../parts.ts';
import { addReadingOptions, type ReadingFlags, readingOf } from '../reading-flags.ts';
import { evaluationReport } from '../report/evaluation.ts';
import { baselineJson, baselineWords, type Scored, scored, scoresTable } from '../scores.ts';
import { requireReportName } from '../train-flags.ts';

interface EvaluateFlags extends ReadingFlags {
  readonly backend?: string;
  readonly report?: string;
  readonly json?: boolean;
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('Loss and scores of a model on data with targets, beside the baseline.')
    .argument('<model>', 'a model file')
    .argument('<data>', 'a table with the target column, a folder of images, IDX images or a data set')
    .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
    .option('--report <file>', 'write a report for the browser, one .html file')
    .option('--json', 'print the scores as JSON');
  return addReadingOptions(command).action(evaluate);
}

async function evaluate(path: string, name: string, flags: EvaluateFlags, command: Command): Promise<void> {
  requireReportName(flags.report);
  const { network, preprocessing } = await readNetwork(path);
  if (preprocessing === undefined)
    throw new UsageError(
      `${path} has no preprocessing, so what the columns of ${name} mean to it is unknown; give a model that "chainrule train" wrote.`,
    );
  if (flags.report !== undefined) await requireWritable(flags.report);
  const data = await readPrepared(name, preprocessing, readingOf(flags));
  const backend = await backendNamed(flags);
  const result = scored(network, data, data, backend);
  const scores = report(data, predictRows(network, data.samples, { backend }), { loss: network.loss });
  if (flags.report !== undefined)
    await writeWhole(
      flags.report,
      evaluationReport({
        model: path,
        name,
        net: network,
        data,
        scored: result,
        backend,
        language: languageOf(command),
      }),
    );
  if (flags.json) return printJson(evaluationJson(result, scores, data, outputNames(preprocessing)));
  printData(scoresTable([[name, result]]));
  print(`\nBaseline: ${baselineWords(result.baseline, data.classNames)}.`);
  for (const part of metricsText(scores)) printData(`\n${part}`);
  if (flags.report !== undefined) say(`\nThe report is in ${flags.report}.`);
}

function evaluationJson(
  { evaluation, baseline }: Scored,
  scores: Report,
  data: Dataset,
  labels: readonly string[],
): Record<string, unknown> {
  const all = { ...evaluation, baseline: baselineJson(baseline) };
  return { ...all, ...(data.task === 'classification' && { labels }), ...metricsJson(scores) };
}
