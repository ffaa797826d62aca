// Precision, recall and F1 from counts of right and wrong answers, and their averages. Scores from the outputs' order are metrics-ranks.ts's business.

/** How answers of one class, or of one yes/no label, are right and wrong. */
export interface Counts {
  /** Samples that have it, and are given it. */
  readonly truePositives: number;
  /** Samples given it that do not have it. */
  readonly falsePositives: number;
  /** Samples that have it and are not given it. */
  readonly falseNegatives: number;
}

/** Three views of how right answers are, each from 0 to 1; where nothing is there to divide by, 0. */
export interface PrecisionRecall {
  /** Of what was given the class, the share that has it: TP / (TP + FP). */
  readonly precision: number;
  /** Of what has the class, the share that was given it: TP / (TP + FN). */
  readonly recall: number;
  /** The harmonic mean of the two: 2 TP / (2 TP + FP + FN). */
  readonly f1: number;
}

/** Averages over classes or labels. */
export interface Averages {
  /** The plain mean. Classes that no sample has and none was given are left out, labels never. */
  readonly macro: PrecisionRecall;
  /** Of the counts summed; over classes all three are the accuracy. */
  readonly micro: PrecisionRecall;
  /** The mean weighted by how many samples have each. */
  readonly weighted: PrecisionRecall;
}

/** Precision, recall and F1 of counts. */
export function precisionRecall({ truePositives, falsePositives, falseNegatives }: Counts): PrecisionRecall {
  return {
    precision: share(truePositives, truePositives + falsePositives),
    recall: share(truePositives, truePositives + falseNegatives),
    f1: share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

/** Averages of precision, recall and F1 over these counts; the macro average over those that `counted` takes. */
export function averages(all: readonly Counts[], counted: (counts: Counts) => boolean = () => true): Averages {
  const total = (field: keyof Counts): number => all.reduce((sum, counts) => sum + counts[field], 0);
  return {
    macro: weightedMean(all, (counts) => Number(counted(counts))),
    micro: precisionRecall({
      truePositives: total('truePositives'),
      falsePositives: total('falsePositives'),
      falseNegatives: total('falseNegatives'),
    }),
    weighted: weightedMean(all, support),
  };
}

/** How many samples have the class. */
export const support = ({ truePositives, falseNegatives }: Counts): number => truePositives + falseNegatives;

/** Whether any sample has the class or was given it. */
export const occurs = (counts: Counts): boolean => support(counts) + counts.falsePositives > 0;

/** Each class's counts from a confusion matrix[true class][predicted class]. */
export function countsOfConfusion(confusion: readonly (readonly number[])[]): Counts[] {
  return confusion.map((row, k) => {
    const given = confusion.reduce((sum, other) => sum + other[k], 0);
    const has = row.reduce((sum, n) => sum + n, 0);
    return { truePositives: row[k], falsePositives: given - row[k], falseNegatives: has - row[k] };
  });
}

function weightedMean(all: readonly Counts[], weight: (counts: Counts) => number): PrecisionRecall {
  const weights = all.reduce((sum, counts) => sum + weight(counts), 0);
  const mean = (of: keyof PrecisionRecall): number =>
    share(
      all.reduce((sum, counts) => sum + weight(counts) * precisionRecall(counts)[of], 0),
      weights,
    );
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
