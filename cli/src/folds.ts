// `train --folds`: as many trainings as folds, and how their scores spread. One single training is commands/train.ts's business.
import { baseline, crossValidate, type Evaluation, type FoldResult, type Spread, type SpreadScores } from 'chainrule';
import { spoken } from './languages/index.ts';
import { count, percent, significant } from './numbers.ts';
import { say, sayChoice, table } from './output.ts';
import type { Prepared } from './prepare-training.ts';
import { baselineJson, baselineWords, scoreColumns } from './scores.ts';

/** What came of a cross-validation. */
export interface Folds {
  readonly results: readonly FoldResult[];
  /** Null where no fold was finished. */
  readonly scores: SpreadScores | null;
  readonly aborted: boolean;
}

/** Trains once for each fold, and says how each went unless quiet. */
export async function trainFolds(
  { net, networkMaker, settings }: Prepared,
  folds: number,
  { signal, quiet }: { readonly signal: AbortSignal; readonly quiet: boolean },
): Promise<Folds> {
  const { parts, plan, backend, seed, shuffle, dropLast } = settings;
  const { patience: _, ...rest } = plan;
  const result = await crossValidate(networkMaker ?? net, parts.undivided, {
    ...rest,
    folds,
    seed,
    backend,
    shuffle,
    dropLast,
    signal,
    onFold: (fold) => {
      if (!quiet) say(`fold ${fold.fold + 1} of ${folds}: ${foldWords(fold)}`);
    },
  });
  if (!quiet) say('');
  return { results: result.folds, scores: result.scores, aborted: result.aborted };
}

function foldWords({ evaluation, ending }: FoldResult): string {
  const score =
    'accuracy' in evaluation ? `accuracy ${percent(evaluation.accuracy)}` : `R² ${evaluation.r2.toFixed(4)}`;
  return `loss ${significant(evaluation.loss)}, ${score}${ending === 'diverged' ? ' (diverged)' : ''}`;
}

/** The scores of each fold, and their mean and spread. */
export function foldsTable({ results, scores }: Folds): string {
  if (scores === null) return '';
  const isClassification = 'accuracy' in scores;
  const names = isClassification ? ['accuracy'] : ['R²', 'RMSE', 'MAE'];
  const right = (name: string) => ({ name, align: 'right' as const });
  const spreads: readonly Spread[] = isClassification
    ? [scores.loss, scores.accuracy]
    : [scores.loss, scores.r2, scores.rmse, scores.mae];
  const write = (values: readonly number[]): string[] => {
    const [loss, ...others] = values;
    return [significant(loss), ...scoreColumns(others, isClassification)];
  };
  return table(
    [{ name: 'fold' }, right('samples'), right('loss'), ...names.map(right)],
    [
      ...results.map(({ fold, evaluation }) => [
        String(fold + 1),
        count(evaluation.samples),
        ...write(valuesOf(evaluation)),
      ]),
      [spoken('mean'), '', ...write(spreads.map(({ mean }) => mean))],
      [spoken('± deviation'), '', ...write(spreads.map(({ deviation }) => deviation))],
    ],
  );
}

function valuesOf(evaluation: Evaluation): number[] {
  const { loss } = evaluation;
  if ('accuracy' in evaluation) return [loss, evaluation.accuracy];
  return [loss, evaluation.r2, evaluation.rmse, evaluation.mae];
}

/** Says what the folds have to beat. */
export function sayFoldsBaseline({ settings: { parts } }: Prepared): void {
  const one = baseline(parts.training, parts.training);
  const score = one.kind === 'mean' ? `RMSE ${significant(one.rmse)}` : percent(one.accuracy);
  say('');
  sayChoice('Baseline', `${baselineWords(one, parts.training.classNames)}: ${score}`);
}

/** The folds as `train --json` prints them. */
export function foldsJson({ results, scores, aborted }: Folds, { settings }: Prepared): Record<string, unknown> {
  const { parts, backend, seed } = settings;
  return {
    task: parts.training.task,
    backend: backend.name,
    seed,
    folds: results.map(({ fold, seed: own, ending, evaluation }) => ({
      fold,
      seed: own,
      ending,
      samples: evaluation.samples,
      ...namedValues(evaluation),
    })),
    scores,
    baseline: baselineJson(baseline(parts.training, parts.training)),
    aborted,
  };
}

function namedValues(evaluation: Evaluation): Record<string, number> {
  const { loss } = evaluation;
  if ('accuracy' in evaluation) return { loss, accuracy: evaluation.accuracy };
  const { r2, rmse, mae } = evaluation;
  return { loss, r2, rmse, mae };
}
