// What a predictor without a network achieves: the majority class or the mean. A network has to beat it.
import { ChainruleError } from '../errors.ts';
import { isLabels, type Labels, type Rows } from '../memory/samples.ts';
import type { Dataset } from './dataset.ts';
import { restoreTargets } from './encode.ts';
import { mean } from './scaling.ts';

/** The baseline of a dataset, by the kind of its targets. */
export type Baseline =
  /** Always the class that most training samples have; `accuracy` is its share among the test samples. */
  | { readonly kind: 'majority'; readonly label: number; readonly accuracy: number }
  /** For each yes/no label the commoner answer; `accuracy` is the share of right answers. */
  | { readonly kind: 'majorityLabels'; readonly labels: readonly number[]; readonly accuracy: number }
  /** Always the training means; metrics in the targets' own units, R² averaged over the targets. */
  | {
      readonly kind: 'mean';
      readonly values: readonly number[];
      readonly r2: number;
      readonly rmse: number;
      readonly mae: number;
    };

/**
 * The baseline fitted to `training` and measured on `test`. Numbers are in original units where the dataset has preprocessing.
 * @throws ChainruleError `bad-data` where a part is empty, `bad-shape` where the two have different targets
 */
export function baseline(training: Dataset, test: Dataset): Baseline {
  const [seen, asked] = [training.samples.targets, test.samples.targets];
  if (seen.count === 0 || asked.count === 0) {
    throw new ChainruleError(
      'bad-data',
      `a baseline needs samples to learn from and to be measured on, and the parts have ${seen.count} and ${asked.count}; give at least one each.`,
    );
  }
  if (isLabels(seen) && isLabels(asked)) return majority(seen, asked);
  if (isLabels(seen) || isLabels(asked) || seen.width !== asked.width) {
    throw new ChainruleError('bad-shape', 'the two datasets have different targets; use parts of the same data.');
  }
  const [columns, answers] = [targetColumns(training, seen), targetColumns(test, asked)];
  return training.task === 'classification' ? majorityLabels(columns, answers) : means(columns, answers);
}

function majority(seen: Labels, asked: Labels): Baseline {
  const counts = new Uint32Array(seen.classes);
  for (const label of seen.labels) counts[label]++;
  const label = counts.indexOf(Math.max(...counts));
  const right = asked.labels.reduce((sum, one) => sum + (one === label ? 1 : 0), 0);
  return { kind: 'majority', label, accuracy: right / asked.count };
}

function majorityLabels(seen: readonly Float64Array[], asked: readonly Float64Array[]): Baseline {
  const labels = seen.map((column) => (mean(column) > 0.5 ? 1 : 0));
  const accuracy = averageOf(asked, (column, j) => mean(column.map((value) => (value === labels[j] ? 1 : 0))));
  return { kind: 'majorityLabels', labels, accuracy };
}

function means(seen: readonly Float64Array[], asked: readonly Float64Array[]): Baseline {
  const values = seen.map(mean);
  const squares = (column: Float64Array, center: number) => mean(column.map((value) => (value - center) ** 2));
  // R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², and 0 for a constant target that is missed.
  const r2 = averageOf(asked, (column, j) => {
    const error = squares(column, values[j]);
    const spread = squares(column, mean(column));
    return error === 0 ? 1 : spread === 0 ? 0 : 1 - error / spread;
  });
  const rmse = Math.sqrt(averageOf(asked, (column, j) => squares(column, values[j])));
  const mae = averageOf(asked, (column, j) => mean(column.map((value) => Math.abs(value - values[j]))));
  return { kind: 'mean', values, r2, rmse, mae };
}

/** The targets column by column, in original units. */
function targetColumns({ preprocessing }: Dataset, { count, width, values, scale }: Rows): Float64Array[] {
  const numbers = Float64Array.from(values, (value) => value * scale);
  const restored = preprocessing === undefined ? numbers : restoreTargets(preprocessing, numbers);
  return Array.from({ length: width }, (_, j) =>
    Float64Array.from({ length: count }, (_, row) => restored[row * width + j]),
  );
}

function averageOf(columns: readonly Float64Array[], measure: (column: Float64Array, j: number) => number): number {
  return columns.reduce((sum, column, j) => sum + measure(column, j), 0) / columns.length;
}
