// Label smoothing: targets that are less than certain (Szegedy et al., 2016, section 7). Nothing in it is random.
import { ChainruleError } from '../errors.ts';
import { gatherRows, isLabels, type Labels, type Rows } from '../memory/samples.ts';
import { fraction, parseWith } from '../options.ts';
import type { SampleTransform } from './sample-transform.ts';

/**
 * Replaces targets y by (1 − ε) y + ε/K. Of classes, K is their number; a row of targets holds yes/no labels, each of which
 * has K = 2 answers: 0 becomes ε/2 and 1 becomes 1 − ε/2.
 * @param epsilon ε, from 0 to below 1
 * @example labelSmoothing(0.1).apply(dataset.samples, rows, 1, 7)
 * @throws ChainruleError `bad-option` at an ε outside its range; when applied, `bad-data` at a target outside 0 … 1
 */
export function labelSmoothing(epsilon: number): SampleTransform {
  const smoothing = parseWith(fraction, epsilon, 'smoothLabels');
  return {
    apply: ({ inputs, targets }, rows, _epoch, _seed, at = rows) => ({
      inputs: gatherRows(inputs, at),
      targets: isLabels(targets) ? smoothClasses(targets, at, smoothing) : smoothRows(targets, rows, at, smoothing),
    }),
  };
}

function smoothClasses({ classes, labels }: Labels, at: Uint32Array, epsilon: number): Rows {
  const values = new Float64Array(at.length * classes).fill(epsilon / classes);
  for (const [i, row] of at.entries()) values[i * classes + labels[row]] = 1 - epsilon + epsilon / classes;
  return { count: at.length, width: classes, scale: 1, values };
}

function smoothRows({ width, scale, values }: Rows, rows: Uint32Array, at: Uint32Array, epsilon: number): Rows {
  const smoothed = new Float64Array(at.length * width);
  for (let i = 0; i < at.length; i++) {
    for (let k = 0; k < width; k++) {
      const y = values[at[i] * width + k] * scale;
      if (!(y >= 0 && y <= 1)) throw notALabel(y, rows[i], k);
      smoothed[i * width + k] = (1 - epsilon) * y + epsilon / 2;
    }
  }
  return { count: at.length, width, scale: 1, values: smoothed };
}

function notALabel(y: number, row: number, k: number): ChainruleError {
  return new ChainruleError(
    'bad-data',
    `target[${k}] of sample ${row} is ${y}, and smoothing is for classes and labels from 0 to 1; leave smoothLabels out of a regression.`,
  );
}
