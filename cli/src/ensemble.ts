// Several models that answer together, for `predict` and `evaluate`: which files they are, and one row of outputs from all of theirs.
import { combineOutputs, type EnsembleRule, isMultiLabel, outputNames, type Preprocessing } from 'chainrule';
import type { Model } from 'chainrule/formats';
import { oneOf } from './arguments.ts';
import { UsageError } from './errors.ts';
import { readNetwork } from './network-source.ts';
import { printable } from './output.ts';

const rules: readonly EnsembleRule[] = ['average', 'vote'];

/** `--ensemble`. */
export const ensembleRule = oneOf<EnsembleRule>('--ensemble', rules);
export const ensembleDescription =
  'several models answer together: average of their outputs, or vote; all files but the last are models';

/** A model that knows what its data mean. */
export type TrainedModel = Model & { readonly preprocessing: Preprocessing };

/**
 * Which of the files named are models, and which is the data: the first and the second, or with --ensemble all and the last.
 * @param hasInput whether `--input` gives the data, so that all are models
 * @throws UsageError where there are more than one model without --ensemble, or only one with it
 */
export function modelsAndData(
  paths: readonly string[],
  rule: EnsembleRule | undefined,
  hasInput = false,
): { models: readonly string[]; data: string | undefined } {
  if (rule === undefined) {
    if (paths.length > 2)
      throw new UsageError(
        `${paths.length} files are named; give one model and its data, or say with --ensemble how several models answer together: ${rules.join(' or ')}.`,
      );
    return { models: paths.slice(0, 1), data: paths[1] };
  }
  const models = hasInput ? paths : paths.slice(0, -1);
  if (models.length < 2)
    throw new UsageError(
      `--ensemble needs at least two models${hasInput ? '' : ', and the data behind them ("-" for standard input)'}; name more, or leave it out.`,
    );
  return { models, data: hasInput ? undefined : paths.at(-1) };
}

/**
 * Reads models that predict the same.
 * @throws UsageError where one knows not what its data mean, or predicts something else than the first
 */
export async function readEnsemble(paths: readonly string[]): Promise<readonly TrainedModel[]> {
  const models = await Promise.all(paths.map(readTrained));
  const [first, ...others] = models;
  for (const [i, other] of others.entries()) {
    if (targetOf(other) === targetOf(first)) continue;
    throw new UsageError(
      `${paths[i + 1]} predicts ${namesOf(other)} where ${paths[0]} predicts ${namesOf(first)}; give models of the same target.`,
    );
  }
  return models;
}

async function readTrained(path: string): Promise<TrainedModel> {
  const { preprocessing, ...model } = await readNetwork(path);
  if (preprocessing !== undefined) return { ...model, preprocessing };
  throw new UsageError(
    `${path} has no preprocessing, so what its outputs mean is unknown; give models that "chainrule train" wrote.`,
  );
}

/** What two models must share to answer together. */
function targetOf({ preprocessing, network }: TrainedModel): string {
  const kind = preprocessing.kind === 'image' ? 'classes' : preprocessing.target.kind;
  return JSON.stringify([kind, outputNames(preprocessing), network.loss.targets ?? null]);
}

const namesOf = ({ preprocessing }: TrainedModel): string => outputNames(preprocessing).map(printable).join(', ');

/**
 * The models' outputs as one: numbers in the data's units, else shares or scores of classes and labels.
 * @param outputs of each model, row after row
 * @throws UsageError at a vote on numbers
 */
export function together(
  [first]: readonly TrainedModel[],
  outputs: readonly Float64Array[],
  rows: number,
  rule: EnsembleRule,
): Float64Array {
  const { preprocessing, network } = first;
  if (rule === 'vote' && preprocessing.kind === 'table' && preprocessing.target.kind === 'numbers')
    throw new UsageError('models that predict numbers have nothing to vote on; give --ensemble average.');
  const width = rows === 0 ? 1 : outputs[0].length / rows;
  const { targets } = network.loss;
  return combineOutputs(outputs, {
    rule,
    width,
    oneOf: width > 1 && !isMultiLabel(preprocessing),
    ...(targets && { targets }),
  });
}
