// How good outputs are, beside the loss: accuracy of classes, R² and errors of numbers.
import type { Dataset } from '../data/index.ts';
import { restoreTargets } from '../data/index.ts';
import type { Loss } from '../losses/loss.ts';
import { copyTarget, type FloatArray, isLabels, targetWidth } from '../memory/index.ts';

/** Scores of a classification. */
export interface ClassificationScores {
  /** The share of samples whose class is right (multi-label: of labels that are right), 0 … 1. */
  readonly accuracy: number;
  /** confusion[true class][predicted class], where targets are classes. */
  readonly confusion?: readonly (readonly number[])[];
}

/** Scores of a regression, over all targets, in the data's own units. */
export interface RegressionScores {
  /** 1 − Σ(y − a)² / Σ(y − mean y)², averaged over targets; at most 1. */
  readonly r2: number;
  /** √ of the mean squared error. */
  readonly rmse: number;
  /** The mean absolute error. */
  readonly mae: number;
}

/** Either kind. */
export type Scores = ClassificationScores | RegressionScores;

/** Where an output that stands by itself turns from no to yes: halfway between the loss's two targets, 0 and 1 unless it has others. */
export function decisionAt({ targets: [no, yes] = [0, 1] }: Loss): number {
  return (no + yes) / 2;
}

/**
 * Scores of outputs, one row per sample of the dataset.
 * @param yesAbove where an output that stands by itself turns from no to yes; ½ unless given
 */
export function score(dataset: Dataset, outputs: FloatArray, yesAbove = 0.5): Scores {
  return dataset.task === 'classification'
    ? classificationScores(dataset, outputs, yesAbove)
    : regression(dataset, outputs);
}

/** The class of one row of outputs: the largest, the first where several are; for a single output, whether it says yes. */
function classOf(outputs: ArrayLike<number>, offset: number, width: number, yesAbove: number): number {
  if (width === 1) return outputs[offset] > yesAbove ? 1 : 0;
  let best = 0;
  for (let j = 1; j < width; j++) if (outputs[offset + j] > outputs[offset + best]) best = j;
  return best;
}

/** Whether each sample has one class, and not several yes/no labels. */
export function hasOneAnswer({ samples: { targets }, classNames }: Dataset): boolean {
  return isLabels(targets) || (targets.width === 1 && classNames?.length === 2);
}

/** Accuracy and, where samples have one class each, confusion. */
export function classificationScores(dataset: Dataset, outputs: FloatArray, yesAbove: number): ClassificationScores {
  const { targets } = dataset.samples;
  if (!hasOneAnswer(dataset)) return { accuracy: labelAccuracy(targetsOf(targets), outputs, yesAbove) };
  const width = outputs.length / targets.count;
  const truths = classesOf(targets);
  const classes = isLabels(targets) ? targets.classes : 2;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let right = 0;
  for (let i = 0; i < targets.count; i++) {
    const [truth, answer] = [truths[i], classOf(outputs, i * width, width, yesAbove)];
    confusion[truth][answer]++;
    if (answer === truth) right++;
  }
  return { accuracy: right / targets.count, confusion };
}

/** The share of 0/1 targets that the outputs say. */
function labelAccuracy(targets: Float64Array, outputs: FloatArray, yesAbove: number): number {
  let right = 0;
  for (let i = 0; i < targets.length; i++) if (outputs[i] > yesAbove === targets[i] > 0.5) right++;
  return right / targets.length;
}

/** Each sample's class, where samples have one. */
export function classesOf(targets: Dataset['samples']['targets']): ArrayLike<number> {
  return isLabels(targets) ? targets.labels : targets.values;
}

/** Targets as rows of numbers, classes as one-hot rows. */
export function targetsOf(targets: Dataset['samples']['targets']): Float64Array {
  const width = targetWidth(targets);
  const values = new Float64Array(targets.count * width);
  for (let i = 0; i < targets.count; i++) copyTarget(targets, i, values, i * width);
  return values;
}

function regression(dataset: Dataset, outputs: FloatArray): RegressionScores {
  return errorsOf(
    inOwnUnits(dataset, targetsOf(dataset.samples.targets)),
    inOwnUnits(dataset, outputs),
    targetWidth(dataset.samples.targets),
  );
}

/** Targets or outputs of a regression in the data's own units. */
export function inOwnUnits({ preprocessing }: Dataset, values: FloatArray): FloatArray {
  return preprocessing ? restoreTargets(preprocessing, values) : values;
}

/** Errors of outputs against targets, both rows of `width` numbers. */
export function errorsOf(targets: FloatArray, outputs: FloatArray, width: number): RegressionScores {
  const count = targets.length / width;
  let [r2, squares, absolutes] = [0, 0, 0];
  for (let j = 0; j < width; j++) {
    let [sum, residual, deviation] = [0, 0, 0];
    for (let i = 0; i < count; i++) sum += targets[i * width + j];
    for (let i = 0; i < count; i++) {
      const error = outputs[i * width + j] - targets[i * width + j];
      residual += error ** 2;
      absolutes += Math.abs(error);
      deviation += (targets[i * width + j] - sum / count) ** 2;
    }
    squares += residual;
    r2 += deviation > 0 ? 1 - residual / deviation : Number(residual === 0);
  }
  return { r2: r2 / width, rmse: Math.sqrt(squares / targets.length), mae: absolutes / targets.length };
}
