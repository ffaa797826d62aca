// A task as a Node peer sees it: the JSON file the runner wrote, with its numbers read and cut into layers, rows and batches.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFloats } from './data.mjs';
import { fanIns } from './workloads.mjs';

/**
 * @typedef {import('./workloads.mjs').Workload & {
 *   mode: 'validate' | 'time', variant: string, threads: number, warmup: number, seconds: number, output: string
 * }} TaskFile
 * @typedef {{
 *   inputs: number, units: number, activation: string, convolution?: { kernel: number, pool: number },
 *   weight: Float32Array, bias: Float32Array
 * }} LayerNumbers
 * @typedef {TaskFile & { inputs: Float32Array, targets: Float32Array, parameters: Float32Array, layers: LayerNumbers[] }} Task
 */

/** @param {string} file @returns {Task} */
export function readTask(file) {
  /** @type {TaskFile} */
  const task = JSON.parse(readFileSync(file, 'utf8'));
  const read = (/** @type {string} */ name) => readFloats(join(dirname(file), `${name}.f32`));
  const parameters = read('parameters');
  return {
    ...task,
    inputs: read('inputs'),
    targets: read('targets'),
    parameters,
    layers: cutLayers(parameters, task),
  };
}

/** Views of each layer's weights and biases. @param {Float32Array} parameters @param {import('./workloads.mjs').Workload} workload @returns {LayerNumbers[]} */
export function cutLayers(parameters, workload) {
  let start = 0;
  const take = (/** @type {number} */ length) => {
    start += length;
    return parameters.subarray(start - length, start);
  };
  const { sizes, activations, convolutions = [] } = workload;
  return fanIns(workload).map((inputs, i) => {
    const [units, activation, convolution] = [sizes[i + 1], activations[i], convolutions[i]];
    return { inputs, units, activation, convolution, weight: take(units * inputs), bias: take(units) };
  });
}

/** One array of all numbers in order. @param {readonly ArrayLike<number>[]} parts */
export function joined(parts) {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}

/** Rows of a matrix as views. @param {Float32Array} values @param {number} width */
export const rowsOf = (values, width) =>
  Array.from({ length: values.length / width }, (_, row) => values.subarray(row * width, (row + 1) * width));

/** A function that counts 0, 1 … count − 1 and again. @param {number} count */
export function cycle(count) {
  let next = 0;
  return () => {
    const now = next;
    next = next + 1 === count ? 0 : next + 1;
    return now;
  };
}
