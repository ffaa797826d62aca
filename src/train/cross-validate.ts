// k-fold cross-validation: as many trainings as folds, each scored on the fold it did not see. The training itself is fit.ts's business.
import {
  type Dataset,
  datasetFromArrays,
  datasetFromTable,
  type FitPreprocessingOptions,
  type Fold,
  fitPreprocessing,
  selectRows,
  splitFolds,
  subset,
  type Table,
} from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import { isLabels } from '../memory/index.ts';
import { type Network, network } from '../network/index.ts';
import { parseWith, seed as seedSchema } from '../options.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { type Ending, type FitOptions, fit } from './fit.ts';
import type { TrainingData } from './training-data.ts';

/** A table as it was read; its preprocessing is fitted to the training rows of each fold anew. */
export interface TableData {
  readonly table: Table;
  readonly preprocessing: FitPreprocessingOptions;
  /** The column that says what each sample counts in training, which the preprocessing leaves out; all count the same unless given. */
  readonly weights?: string | undefined;
}

/** Makes the network of one fold from its training data; the seed is that fold's. */
export type NetworkMaker = (training: Dataset, seed: number) => Network;

/** How to cross-validate. All else is as in `fit`, except that there is no part to watch: a fold held out is for scoring alone. */
export interface CrossValidateOptions extends Omit<FitOptions, 'validation' | 'patience'> {
  /** How many parts, each held out once; 5 unless given. */
  readonly folds?: number;
  /** Whether every fold has its share of each class; true for classes unless given. */
  readonly stratified?: boolean;
  /** Fold f, from 0, is trained with this seed + f; the network's unless given, 0 where it is made for each fold. */
  readonly seed?: number;
  /** Called as each fold ends. */
  readonly onFold?: (result: FoldResult) => void;
}

/** What one fold came to. */
export interface FoldResult extends Fold {
  /** Counted from 0. */
  readonly fold: number;
  readonly seed: number;
  /** The network trained on the other folds. */
  readonly network: Network;
  readonly ending: Ending;
  /** Its loss and scores on the fold held out. */
  readonly evaluation: Evaluation;
}

/** The mean of a score over folds, and its standard deviation (n − 1; 0 for a single fold). */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Loss and scores over folds. */
export type SpreadScores =
  | { readonly loss: Spread; readonly accuracy: Spread }
  | { readonly loss: Spread; readonly r2: Spread; readonly rmse: Spread; readonly mae: Spread };

/** What cross-validation came to. */
export interface CrossValidation {
  /** The folds that were finished: fewer than asked for where it was aborted. */
  readonly folds: readonly FoldResult[];
  /** Over the finished folds; null where there is none. */
  readonly scores: SpreadScores | null;
  readonly aborted: boolean;
}

/**
 * Trains once for each fold on all the others and scores the outcome on it: how good such a network is on data it has not seen,
 * and how much that depends on the luck of the draw. Every training begins with parameters drawn anew; frozen ones stay.
 * With a table, a given network's input is made as wide as the fold's preprocessing.
 * @param net a network whose layers to train, or what makes one for each fold
 * @example
 * const { scores } = await crossValidate(net, dataset, { folds: 10, epochs: 50 });
 * @throws ChainruleError where data, network and options do not fit together
 */
export async function crossValidate(
  net: Network | NetworkMaker,
  data: TrainingData | TableData,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  const { folds = 5, stratified, seed: given, onFold, ...fitOptions } = options;
  const seed = parseWith(seedSchema, given ?? (typeof net === 'function' ? 0 : net.seed), 'seed');
  const source = sourceOf(data);
  const stratify = strataOf(source.whole, stratified);
  const results: FoldResult[] = [];
  for (const [fold, rows] of splitFolds(source.whole.samples.inputs.count, { folds, seed, stratify }).entries()) {
    if (fitOptions.signal?.aborted) break;
    const { training, test } = source.parts(rows);
    const ownSeed = seed + fold;
    const fresh =
      typeof net === 'function' ? net(training, ownSeed) : redrawn(net, source.isTable ? training : undefined, ownSeed);
    const { network: trained, ending } = await fit(fresh, training, { ...fitOptions, seed: ownSeed });
    if (ending === 'aborted') break;
    const evaluation = evaluate(trained, test, fitOptions);
    const result = { fold, seed: ownSeed, ...rows, network: trained, ending, evaluation };
    results.push(result);
    onFold?.(result);
  }
  return {
    folds: results,
    scores: spreadScores(results.map(({ evaluation }) => evaluation)),
    aborted: results.length < folds,
  };
}

/** Data to take folds from. */
interface Source {
  /** All samples, to divide into folds by; nothing is trained on them as they are here. */
  readonly whole: Dataset;
  readonly isTable: boolean;
  parts(rows: Fold): { training: Dataset; test: Dataset };
}

function sourceOf(data: TrainingData | TableData): Source {
  if ('table' in data) {
    const { table, preprocessing: options, weights } = data;
    const prepared = (training: Uint32Array) => fitPreprocessing(table, training, options).preprocessing;
    const all = Uint32Array.from({ length: table.rowCount }, (_, i) => i);
    return {
      whole: datasetFromTable(prepared(all), table, { weights }),
      isTable: true,
      parts({ training, test }) {
        const preprocessing = prepared(training);
        const part = (rows: Uint32Array) => datasetFromTable(preprocessing, selectRows(table, rows), { weights });
        return { training: part(training), test: part(test) };
      },
    };
  }
  const whole = 'samples' in data ? data : datasetFromArrays(data.inputs, data.targets, { weights: data.weights });
  const parts = ({ training, test }: Fold) => ({ training: subset(whole, training), test: subset(whole, test) });
  return { whole, isTable: false, parts };
}

function strataOf({ samples: { targets } }: Dataset, stratified: boolean | undefined): Uint32Array | undefined {
  if (isLabels(targets)) return (stratified ?? true) ? targets.labels : undefined;
  if (!stratified) return undefined;
  throw new ChainruleError(
    'bad-option',
    'stratified folds need targets that are classes, and these are numbers; leave stratified out.',
  );
}

/** The same layers with parameters drawn from another seed; frozen parameters are not what training finds, so they stay. */
function redrawn(net: Network, training: Dataset | undefined, seed: number): Network {
  const { layers, parameters, frozen, input, sample: _exercise, ...rest } = net;
  const kept = Object.fromEntries(Object.entries(parameters).filter(([name]) => frozen.includes(name)));
  return network(layers, { ...rest, input: training?.inputShape ?? input, frozen, seed, parameters: kept });
}

function spreadScores(evaluations: readonly Evaluation[]): SpreadScores | null {
  const classes = evaluations.filter((evaluation) => 'accuracy' in evaluation);
  const numbers = evaluations.filter((evaluation) => 'r2' in evaluation);
  const loss = spread(evaluations.map((evaluation) => evaluation.loss));
  if (classes.length > 0) return { loss, accuracy: spread(classes.map(({ accuracy }) => accuracy)) };
  if (numbers.length === 0) return null;
  return {
    loss,
    r2: spread(numbers.map(({ r2 }) => r2)),
    rmse: spread(numbers.map(({ rmse }) => rmse)),
    mae: spread(numbers.map(({ mae }) => mae)),
  };
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
