// `evaluate`: loss and scores of a model on data with targets, beside the baseline.
import { type Dataset, isMultiLabel, outputNames } from 'chainrule';
import { Command } from 'commander';
import { oneOf } from '../arguments.ts';
import { backendNamed, backendNames } from '../backend.ts';
import { UsageError } from '../errors.ts';
import { readNetwork } from '../network-source.ts';
import { print, printable, printJson, table } from '../output.ts';
import { readPrepared } from '../parts.ts';
import { baselineJson, baselineWords, type Scored, scored, scoresTable } from '../scores.ts';

interface EvaluateFlags {
  readonly backend?: string;
  readonly json?: boolean;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Loss and scores of a model on data with targets, beside the baseline.')
    .argument('<model>', 'a model file')
    .argument('<data>', 'a table with the target column, an IDX images file, or builtin:NAME')
    .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
    .option('--json', 'print the scores as JSON')
    .action(evaluate);
}

async function evaluate(path: string, name: string, flags: EvaluateFlags): Promise<void> {
  const { network, preprocessing } = await readNetwork(path);
  if (preprocessing === undefined)
    throw new UsageError(
      `${path} has no preprocessing, so what the columns of ${name} mean to it is unknown; give a model that "chainrule train" wrote.`,
    );
  const data = await readPrepared(name, preprocessing);
  const result = scored(network, data, data, backendNamed(flags.backend));
  const labels = outputNames(preprocessing);
  if (flags.json) return printJson(evaluationJson(result, data, labels));
  print(scoresTable([[name, result]]));
  print(`\nBaseline: ${baselineWords(result.baseline, data.classNames)}.`);
  const confusion = 'confusion' in result.evaluation ? result.evaluation.confusion : undefined;
  if (confusion !== undefined && !isMultiLabel(preprocessing)) print(`\n${confusionTable(confusion, labels)}`);
}

function evaluationJson({ evaluation, baseline }: Scored, data: Dataset, labels: readonly string[]): unknown {
  const all = { ...evaluation, baseline: baselineJson(baseline) };
  return data.task === 'classification' ? { ...all, labels } : all;
}

/** True classes down, predicted ones across. */
function confusionTable(confusion: readonly (readonly number[])[], labels: readonly string[]): string {
  const names = labels.map(printable);
  return table(
    [{ name: 'true \\ predicted' }, ...names.map((name) => ({ name, align: 'right' as const }))],
    confusion.map((row, i) => [names[i], ...row.map((n) => (n === 0 ? '·' : String(n)))]),
  );
}
