// Everything that can be said of outputs for a dataset at once. Definitions and edge cases are scikit-learn's, except where said.
import type { Dataset } from '../data/index.ts';
import { ChainruleError } from '../errors.ts';
import type { Loss } from '../losses/loss.ts';
import { type FloatArray, isLabels, targetWidth } from '../memory/index.ts';
import { parseWith, size } from '../options.ts';
import {
  type ClassificationScores,
  classesOf,
  classificationScores,
  decisionAt,
  errorsOf,
  hasOneAnswer,
  inOwnUnits,
  type RegressionScores,
  targetsOf,
} from './metrics.ts';
import {
  type Averages,
  averages,
  type Counts,
  countsOfConfusion,
  occurs,
  type PrecisionRecall,
  precisionRecall,
  support,
} from './metrics-classes.ts';
import { areProbabilities, labelLogLoss, placeOf, rocAuc, rowLogLoss } from './metrics-ranks.ts';

/** The scores of one class against all others, or of one label. */
export interface ClassReport extends PrecisionRecall {
  readonly name: string;
  /** How many samples have it. */
  readonly support: number;
  /** The area under its ROC curve; null where all samples have it, or none. */
  readonly rocAuc: number | null;
}

/** The scores of a classification with one class a sample. */
export interface ClassificationReport extends Required<ClassificationScores>, Averages {
  readonly kind: 'classes';
  readonly samples: number;
  /** topK[k − 1]: the share of samples whose class is among the k largest outputs, for k from 1 to 5 or the number of classes. */
  readonly topK: readonly number[];
  readonly classes: readonly ClassReport[];
  /** Of two classes, that of the second; of more, the mean over those that have one. Null where none has. */
  readonly rocAuc: number | null;
  /** The mean of −ln p of the true class, outputs divided by their sum; null where outputs outside 0 … 1 are no probabilities. */
  readonly logLoss: number | null;
}

/** The scores of several yes/no labels a sample. */
export interface LabelsReport extends Pick<ClassificationScores, 'accuracy'>, Averages {
  readonly kind: 'labels';
  readonly samples: number;
  /** The share of samples all of whose labels are right. */
  readonly exactMatch: number;
  readonly labels: readonly ClassReport[];
  /** The mean over labels that have one; null where none has. */
  readonly rocAuc: number | null;
  /** The mean over samples and labels of −[y ln p + (1 − y) ln(1 − p)]; null where outputs outside 0 … 1 are no probabilities. */
  readonly logLoss: number | null;
}

/** The scores of a regression, in the data's own units. */
export interface RegressionReport extends RegressionScores {
  readonly kind: 'numbers';
  readonly samples: number;
  /** Each target by itself. */
  readonly targets: readonly (RegressionScores & { readonly name: string })[];
}

/** One of the three, by `kind`. */
export type Report = ClassificationReport | LabelsReport | RegressionReport;

/** Settings of {@link report}. */
export interface ReportOptions {
  /** How far `topK` goes; 5 unless given. */
  readonly topK?: number | undefined;
  /** The network's loss: one made for targets of −1 and 1 says yes above 0, where others do above ½. */
  readonly loss?: Loss | undefined;
}

/**
 * All scores of outputs, one row per sample of the dataset.
 * @param outputs as `predictRows` gives them
 * @example report(dataset, predictRows(net, dataset.samples))
 * @throws ChainruleError `bad-data` where there are no samples, `bad-shape` where outputs do not match the targets
 */
export function report(dataset: Dataset, outputs: FloatArray, options: ReportOptions = {}): Report {
  const { targets } = dataset.samples;
  if (targets.count === 0)
    throw new ChainruleError('bad-data', 'a report needs samples, and there are none; give at least one.');
  const width = outputs.length / targets.count;
  const isSecondOfTwo = width === 1 && isLabels(targets) && targets.classes === 2;
  if (width !== targetWidth(targets) && !isSecondOfTwo) {
    throw new ChainruleError(
      'bad-shape',
      `there are ${outputs.length} outputs for ${targets.count} samples with targets of ${targetWidth(targets)} numbers; give one row of outputs per sample.`,
    );
  }
  if (dataset.task === 'regression') return regressionReport(dataset, outputs);
  const yesAbove = options.loss === undefined ? 0.5 : decisionAt(options.loss);
  if (!hasOneAnswer(dataset)) return labelsReport(dataset, outputs, yesAbove);
  return classificationReport(dataset, outputs, parseWith(size, options.topK ?? 5, 'topK'), yesAbove);
}

function classificationReport(
  dataset: Dataset,
  outputs: FloatArray,
  topK: number,
  yesAbove: number,
): ClassificationReport {
  const { accuracy, confusion = [] } = classificationScores(dataset, outputs, yesAbove);
  const { targets } = dataset.samples;
  const [truths, samples, classes] = [classesOf(targets), targets.count, confusion.length];
  const rows = outputs.length === samples ? bothAnswers(outputs, yesAbove) : outputs;
  const counts = countsOfConfusion(confusion);
  const reports = counts.map((one, k) => {
    const has = Array.from({ length: samples }, (_, i) => truths[i] === k);
    return classReport(dataset.classNames?.[k] ?? String(k), one, columnOf(rows, k, classes), has);
  });
  return {
    kind: 'classes',
    samples,
    accuracy,
    topK: topShares(rows, truths, classes, Math.min(topK, classes)),
    confusion,
    classes: reports,
    ...averages(counts, occurs),
    rocAuc: classes === 2 ? reports[1].rocAuc : meanAuc(reports),
    logLoss: areShares(rows, yesAbove)
      ? meanOf(samples, (i) => rowLogLoss(rows, i * classes, classes, truths[i]))
      : null,
  };
}

/** A single output a, for the second of two classes, as the rows (2d − a, a), d where the answer turns: (1 − a, a) for probabilities. */
function bothAnswers(outputs: FloatArray, yesAbove: number): Float64Array {
  return Float64Array.from({ length: 2 * outputs.length }, (_, i) =>
    i % 2 === 1 ? outputs[(i - 1) / 2] : 2 * yesAbove - outputs[i / 2],
  );
}

/** Whether outputs are shares of certainty: those that turn from no to yes elsewhere than at ½ are not. */
const areShares = (outputs: FloatArray, yesAbove: number): boolean => yesAbove === 0.5 && areProbabilities(outputs);

/** The shares of samples whose class is among the 1, 2, … k largest outputs. */
function topShares(rows: FloatArray, truths: ArrayLike<number>, classes: number, k: number): number[] {
  const samples = rows.length / classes;
  const atPlace = new Uint32Array(classes);
  for (let i = 0; i < samples; i++) atPlace[placeOf(rows, i * classes, classes, truths[i])]++;
  let within = 0;
  return Array.from(atPlace.subarray(0, k), (n) => {
    within += n;
    return within / samples;
  });
}

function labelsReport(dataset: Dataset, outputs: FloatArray, yesAbove: number): LabelsReport {
  const { targets } = dataset.samples;
  const [truths, samples, width] = [targetsOf(targets), targets.count, targetWidth(targets)];
  const isRight = (at: number): boolean => outputs[at] > yesAbove === truths[at] > 0.5;
  const counts = Array.from({ length: width }, (_, j) =>
    labelCounts(columnOf(outputs, j, width), columnOf(truths, j, width), yesAbove),
  );
  const reports = counts.map((one, j) => {
    const has = Array.from(columnOf(truths, j, width), (y) => y > 0.5);
    return classReport(dataset.targetNames?.[j] ?? String(j), one, columnOf(outputs, j, width), has);
  });
  return {
    kind: 'labels',
    samples,
    accuracy: meanOf(truths.length, (at) => Number(isRight(at))),
    exactMatch: meanOf(samples, (i) => Number(counts.every((_, j) => isRight(i * width + j)))),
    labels: reports,
    ...averages(counts),
    rocAuc: meanAuc(reports),
    logLoss: areShares(outputs, yesAbove) ? meanOf(truths.length, (at) => labelLogLoss(outputs[at], truths[at])) : null,
  };
}

function labelCounts(outputs: Float64Array, truths: Float64Array, yesAbove: number): Counts {
  let [truePositives, falsePositives, falseNegatives] = [0, 0, 0];
  for (let i = 0; i < truths.length; i++) {
    const [given, has] = [outputs[i] > yesAbove, truths[i] > 0.5];
    if (given && has) truePositives++;
    else if (given) falsePositives++;
    else if (has) falseNegatives++;
  }
  return { truePositives, falsePositives, falseNegatives };
}

function regressionReport(dataset: Dataset, outputs: FloatArray): RegressionReport {
  const { targets } = dataset.samples;
  const width = targetWidth(targets);
  const [truths, answers] = [inOwnUnits(dataset, targetsOf(targets)), inOwnUnits(dataset, outputs)];
  return {
    kind: 'numbers',
    samples: targets.count,
    ...errorsOf(truths, answers, width),
    targets: Array.from({ length: width }, (_, j) => ({
      name: dataset.targetNames?.[j] ?? String(j),
      ...errorsOf(columnOf(truths, j, width), columnOf(answers, j, width), 1),
    })),
  };
}

function classReport(name: string, counts: Counts, outputs: Float64Array, has: readonly boolean[]): ClassReport {
  return { name, support: support(counts), ...precisionRecall(counts), rocAuc: rocAuc(outputs, has) };
}

function columnOf(rows: FloatArray, column: number, width: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, i) => rows[i * width + column]);
}

function meanAuc(reports: readonly ClassReport[]): number | null {
  const areas = reports.map(({ rocAuc }) => rocAuc).filter((area) => area !== null);
  return areas.length === 0 ? null : meanOf(areas.length, (i) => areas[i]);
}

function meanOf(count: number, value: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += value(i);
  return sum / count;
}
