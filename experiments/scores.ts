// How many answers are right. Losses and other scores are the library's `evaluate`.
import { type Dataset, isLabels } from 'chainrule';

/** The share of samples, in percent, whose largest output is the one of their class. */
export function accuracyOf(outputs: ArrayLike<number>, { samples: { targets } }: Dataset): number {
  if (!isLabels(targets)) return Number.NaN;
  const { labels, classes } = targets;
  const rows = Array.from(labels, (label, i) => ({
    label,
    row: Array.from({ length: classes }, (_, j) => outputs[i * classes + j]),
  }));
  const right = rows.filter(({ label, row }) => row.indexOf(Math.max(...row)) === label).length;
  return (100 * right) / labels.length;
}
