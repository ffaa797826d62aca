// `evaluate`: loss and scores of a model on data with targets, beside the baseline.
import {
  type Dataset,
  type EnsembleRule,
  outputNames,
  type Preprocessing,
  predictRows,
  type Report,
  report,
  restoreTargets,
} from 'chainrule';
import { requireWritable, writeWhole } from 'chainrule/node';
import { Command } from 'commander';
import { oneOf } from '../arguments.ts';
import { backendNamed, backendNames } from '../backend.ts';
import { ensembleDescription, ensembleRule, modelsAndData, readEnsemble, together } from '../ensemble.ts';
import { UsageError } from '../errors.ts';
import { languageOf } from '../language.ts';
import { metricsJson, metricsText } from '../metrics-text.ts';
import { readNetwork } from '../network-source.ts';
import { percent, significant } from '../numbers.ts';
import { print, printData, printJson, say } from '../output.ts';
import { readPrepared } from '../parts.ts';
import { addReadingOptions, type ReadingFlags, readingOf } from '../reading-flags.ts';
import { evaluationReport } from '../report/evaluation.ts';
import { baselineJson, baselineWords, type Scored, scored, scoresTable } from '../scores.ts';
import { requireReportName } from '../train-flags.ts';

interface EvaluateFlags extends ReadingFlags {
  readonly ensemble?: EnsembleRule;
  readonly backend?: string;
  readonly report?: string;
  readonly json?: boolean;
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('Loss and scores of a model on data with targets, beside the baseline.')
    .argument('<model>', 'a model file')
    .argument('<data...>', 'a table with the target column, a folder of images, IDX images or a data set')
    .option('--ensemble <rule>', ensembleDescription, ensembleRule)
    .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
    .option('--report <file>', 'write a report for the browser, one .html file')
    .option('--json', 'print the scores as JSON');
  return addReadingOptions(command).action(evaluate);
}

async function evaluate(
  path: string,
  others: readonly string[],
  flags: EvaluateFlags,
  command: Command,
): Promise<void> {
  requireReportName(flags.report);
  const { models, data: name = '' } = modelsAndData([path, ...others], flags.ensemble);
  if (flags.ensemble === undefined) return evaluateOne(path, name, flags, command);
  if (flags.report !== undefined) throw new UsageError('--report shows one network; leave it or --ensemble out.');
  await evaluateTogether(models, flags.ensemble, name, flags);
}

async function evaluateOne(path: string, name: string, flags: EvaluateFlags, command: Command): Promise<void> {
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

/** Each model's scores, and those of all together; each takes the data as it was trained to. */
async function evaluateTogether(
  paths: readonly string[],
  rule: EnsembleRule,
  name: string,
  flags: EvaluateFlags,
): Promise<void> {
  const models = await readEnsemble(paths);
  const backend = await backendNamed(flags);
  const [each, outputs]: [[name: string, scored: Scored][], Float64Array[]] = [[], []];
  const whole = await readPrepared(name, models[0].preprocessing, readingOf(flags));
  for (const [i, { network, preprocessing }] of models.entries()) {
    const data = i === 0 ? whole : await readPrepared(name, preprocessing, readingOf(flags));
    each.push([paths[i], scored(network, data, data, backend)]);
    outputs.push(restoreTargets(preprocessing, predictRows(network, data.samples, { backend })));
  }
  const joined = together(models, outputs, whole.samples.inputs.count, rule);
  const [{ network, preprocessing }] = models;
  const scores = report(whole, asTrainedOn(preprocessing, joined), { loss: network.loss });
  if (flags.json) {
    const { task } = whole;
    return printJson({
      samples: scores.samples,
      ensemble: rule,
      models: each.map(([model, { evaluation }]) => ({ model, ...evaluation, confusion: undefined })),
      ...metricsJson(scores),
      ...overall(scores),
      baseline: baselineJson(each[0][1].baseline),
      ...(task === 'classification' && { labels: outputNames(preprocessing) }),
    });
  }
  printData(scoresTable(each));
  print(`\nTogether, by ${rule}: ${overallWords(scores)}.`);
  for (const part of metricsText(scores)) printData(`\n${part}`);
}

/** Numbers in the data's units as the first model's targets are scaled, which is how a report takes them. */
function asTrainedOn(preprocessing: Preprocessing, outputs: Float64Array): Float64Array {
  if (preprocessing.kind === 'image' || preprocessing.target.kind !== 'numbers') return outputs;
  const { columns } = preprocessing.target;
  return outputs.map((value, i) => {
    const { offset, scale } = columns[i % columns.length];
    return (value - offset) / scale;
  });
}

/** The scores that say most, as `evaluate --json` of one model has them. */
function overall(scores: Report): Record<string, unknown> {
  if (scores.kind === 'numbers') return { r2: scores.r2, rmse: scores.rmse, mae: scores.mae };
  const { accuracy } = scores;
  return scores.kind === 'classes' ? { accuracy, confusion: scores.confusion } : { accuracy };
}

function overallWords(scores: Report): string {
  if (scores.kind !== 'numbers') return `accuracy ${percent(scores.accuracy)}`;
  return `R² ${scores.r2.toFixed(4)}, RMSE ${significant(scores.rmse)}, MAE ${significant(scores.mae)}`;
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
