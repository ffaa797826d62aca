// Scores of networks on parts of data, beside the baseline: as a table for people and as data for programs.
import {
  type Backend,
  type Baseline,
  baseline,
  type Dataset,
  type Evaluation,
  evaluate,
  type Network,
} from 'chainrule';
import { count, percent, significant } from './numbers.ts';
import { table } from './output.ts';

/** One part's scores. */
export interface Scored {
  readonly evaluation: Evaluation;
  readonly baseline: Baseline;
}

/** A network's scores on a part, and those of the baseline learnt from the training part. */
export function scored(net: Network, part: Dataset, training: Dataset, backend: Backend): Scored {
  return { evaluation: evaluate(net, part, { backend }), baseline: baseline(training, part) };
}

/** A part's scores as `train --json` has them. */
export function scoresJson({ evaluation, baseline }: Scored): Record<string, unknown> {
  if ('accuracy' in evaluation) {
    const { samples, loss, accuracy } = evaluation;
    return { samples, loss, accuracy, baseline: baselineJson(baseline) };
  }
  const { samples, loss, r2, rmse, mae } = evaluation;
  return { samples, loss, r2, rmse, mae, baseline: baselineJson(baseline) };
}

/** The share of right answers, or the three measures of the mean. */
export function baselineJson(baseline: Baseline): number | { r2: number; rmse: number; mae: number } {
  if (baseline.kind !== 'mean') return baseline.accuracy;
  const { r2, rmse, mae } = baseline;
  return { r2, rmse, mae };
}

/** Parts and their scores as a table. */
export function scoresTable(parts: readonly (readonly [name: string, scored: Scored])[]): string {
  const right = (name: string) => ({ name, align: 'right' as const });
  const isClassification = parts.some(([, { evaluation }]) => 'accuracy' in evaluation);
  const measures = isClassification ? ['accuracy', 'baseline'] : ['R²', 'RMSE', 'MAE', 'RMSE of the mean'];
  const columns = [{ name: '' }, right('samples'), right('loss'), ...measures.map(right)];
  return table(
    columns,
    parts.map(([name, { evaluation, baseline }]) => [
      name,
      count(evaluation.samples),
      significant(evaluation.loss),
      ...measured(evaluation, baseline),
    ]),
  );
}

function measured(evaluation: Evaluation, baseline: Baseline): string[] {
  if ('accuracy' in evaluation)
    return [percent(evaluation.accuracy), baseline.kind === 'mean' ? '' : percent(baseline.accuracy)];
  const { r2, rmse, mae } = evaluation;
  return [...scoreColumns([r2, rmse, mae], false), baseline.kind === 'mean' ? significant(baseline.rmse) : ''];
}

/** The accuracy, or R², RMSE and MAE, as tables show them. */
export function scoreColumns(values: readonly number[], isClassification: boolean): string[] {
  if (isClassification) return values.map(percent);
  const [r2, ...errors] = values;
  return [r2.toFixed(4), ...errors.map((value) => significant(value))];
}

/** What the baseline answers, in words. */
export function baselineWords(baseline: Baseline, classNames: readonly string[] | undefined): string {
  if (baseline.kind === 'majority')
    return `always ${JSON.stringify(classNames?.[baseline.label] ?? String(baseline.label))}`;
  return baseline.kind === 'majorityLabels' ? 'the commoner answer for each label' : 'always the mean';
}
