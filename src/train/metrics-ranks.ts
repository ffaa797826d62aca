// Scores that read more from outputs than the answer: ROC AUC, top-k accuracy and log loss. Each works on plain arrays.

/**
 * The area under the receiver operating characteristic: the chance that a sample which has the class gets a larger output than
 * one which does not, equal outputs counting half (Mann–Whitney). Null where all samples have it, or none.
 */
export function rocAuc(outputs: ArrayLike<number>, has: ArrayLike<boolean>): number | null {
  const order = Uint32Array.from({ length: outputs.length }, (_, i) => i).sort((i, j) => outputs[i] - outputs[j]);
  let [positives, rankSum] = [0, 0];
  for (let first = 0, next = 1; first < order.length; first = next++) {
    while (next < order.length && outputs[order[next]] === outputs[order[first]]) next++;
    const tied = order.subarray(first, next).reduce((sum, i) => sum + Number(has[i]), 0);
    positives += tied;
    rankSum += (tied * (first + 1 + next)) / 2; // tied samples share the mean of the ranks first + 1 … next
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  // AUC = (Σ ranks of the positives − P (P + 1) / 2) / (P N)
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** The place of class `truth` in one row of outputs, 0 if it has the largest; of equal outputs the first class comes first. */
export function placeOf(outputs: ArrayLike<number>, offset: number, width: number, truth: number): number {
  const own = outputs[offset + truth];
  let ahead = 0;
  for (let k = 0; k < width; k++) {
    const other = outputs[offset + k];
    const behind = k === truth || other < own || (other === own && k > truth);
    if (!behind) ahead++;
  }
  return ahead;
}

/** −ln p of class `truth`, the row's outputs divided by their sum to be probabilities. */
export function rowLogLoss(outputs: ArrayLike<number>, offset: number, width: number, truth: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += above0(outputs[offset + k]);
  return -Math.log(above0(outputs[offset + truth]) / sum);
}

/** −[y ln p + (1 − y) ln(1 − p)] of one output for a label that is 0 or 1. */
export function labelLogLoss(output: number, label: number): number {
  return -Math.log(above0(label > 0.5 ? output : 1 - output));
}

/** Whether outputs can be probabilities. */
export function areProbabilities(outputs: ArrayLike<number>): boolean {
  for (let i = 0; i < outputs.length; i++) if (!(outputs[i] >= 0 && outputs[i] <= 1)) return false;
  return true;
}

/** Keeps a probability of 0 from an infinite loss: nothing is taken as less probable than 2⁻⁵². */
const above0 = (p: number): number => Math.max(p, Number.EPSILON);
