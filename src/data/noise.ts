// Noise on the inputs: independent Gaussian numbers added to each, anew in every epoch (Bishop, 1995: it works like weight decay).

import { gatherTargets } from '../memory/samples.ts';
import { nonNegative, parseWith } from '../options.ts';
import { epochRandom, type SampleTransform } from './sample-transform.ts';

/**
 * Adds N(0, σ²) to every input, in the units the network sees: bytes of an image count as 0 … 1, and the sum is not cut off there.
 * Float64 inputs stay float64; bytes and float32 become float32.
 * @param deviation σ, at least 0
 * @example inputNoise(0.1).apply(dataset.samples, rows, 1, 7)
 * @throws ChainruleError `bad-option` at a σ below 0
 */
export function inputNoise(deviation: number): SampleTransform {
  const sigma = parseWith(nonNegative, deviation, 'noise');
  return {
    apply({ inputs, targets }, rows, epoch, seed, at = rows) {
      const source = epochRandom(seed, epoch, 'noise');
      const { width, scale, values } = inputs;
      const length = rows.length * width;
      const noisy = values instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
      for (let i = 0; i < rows.length; i++) {
        const [from, to, first] = [at[i] * width, i * width, rows[i] * width];
        for (let k = 0; k < width; k++) noisy[to + k] = values[from + k] * scale + sigma * source.normal(first + k);
      }
      return {
        inputs: { count: rows.length, width, scale: 1, values: noisy },
        targets: gatherTargets(targets, at),
      };
    },
  };
}
