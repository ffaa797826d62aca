// What each sample counts in the training loss: from a column of a table or an array, checked. The loss itself is the plan's business.
import { ChainruleError } from '../errors.ts';
import type { FloatArray } from '../memory/tensor.ts';
import { isMissing } from './columns.ts';
import { column, place, quoted, readAsNumbers, type Table } from './table.ts';

/**
 * The numbers of a table's column as weights.
 * @throws ChainruleError `unknown-name` where there is no such column, `bad-data` naming the first row whose weight is no finite
 * number of at least 0
 */
export function weightsFromTable(table: Table, name: string): Float64Array {
  const numbers = readAsNumbers(table, name);
  if (numbers !== undefined && firstWrong(numbers) < 0) return numbers;
  const cells = column(table, name);
  const values = Float64Array.from(cells, (cell) => (isMissing(cell) ? Number.NaN : Number(cell)));
  const wrong = firstWrong(values);
  if (wrong < 0) return values;
  const found = isMissing(cells[wrong]) ? 'no value' : quoted(cells[wrong]);
  throw new ChainruleError(
    'bad-data',
    `${place(table, wrong)}, column ${quoted(name)}: found ${found} where a sample's weight is expected, a finite number of at least 0; mend it or remove the row.`,
  );
}

/**
 * Makes sure that there is one weight for each sample.
 * @throws ChainruleError `bad-shape` or `bad-data`
 */
export function requireWeights(weights: FloatArray, samples: number): void {
  if (weights.length !== samples)
    throw new ChainruleError(
      'bad-shape',
      `weights has ${weights.length} numbers where there are ${samples} samples; give one for each.`,
    );
  const wrong = firstWrong(weights);
  if (wrong >= 0)
    throw new ChainruleError(
      'bad-data',
      `weights[${wrong}] is ${weights[wrong]}; a sample's weight is a finite number of at least 0.`,
    );
}

const firstWrong = (weights: FloatArray): number =>
  weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
