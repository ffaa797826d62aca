// Mean and variance of each channel over a batch, and the running ones that prediction uses (Ioffe & Szegedy, 2015).
import { add, divide, type MatrixExpression, matrix, multiply, power, samples, subtract } from '../symbolic/index.ts';
import { overBatch, pixelsOf } from './channels.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/** μ_c = 1/(m P) Σ_s Σ_p x_cp, P the numbers of a channel in one sample; x [c] or [c, h, w], output [c]. */
export const batchMean = defineKernel({
  name: 'batchMean',
  inputs: ['x'],
  perSample: false,
  shape: ({ x }) => [x.shape[0]],
  run(out, { x }, _attributes, samples) {
    const [channels, pixels] = [x.shape[0], pixelsOf(x)];
    out.fill(0, 0, channels);
    for (let i = 0; i < samples * channels * pixels; i++) out[Math.floor(i / pixels) % channels] += x.data[i];
    for (let c = 0; c < channels; c++) out[c] /= samples * pixels;
  },
  element: ([c], { x }) =>
    divide(
      overBatch(c, x, (index) => x.at(...index)),
      countOf(pixelsOf(x)),
    ),
  matrix: ({ x }) => matrix.mean(matrix.apply('channelMean', x)),
});

/** σ²_c = 1/(m P) Σ_s Σ_p (x_cp − μ_c)² */
export const batchVariance = defineKernel({
  name: 'batchVariance',
  inputs: ['x', 'mean'],
  perSample: false,
  shape: ({ mean }) => mean.shape,
  run(out, { x, mean }, _attributes, samples) {
    const [channels, pixels] = [x.shape[0], pixelsOf(x)];
    out.fill(0, 0, channels);
    for (let i = 0; i < samples * channels * pixels; i++) {
      const c = Math.floor(i / pixels) % channels;
      out[c] += (x.data[i] - mean.data[c]) ** 2;
    }
    for (let c = 0; c < channels; c++) out[c] /= samples * pixels;
  },
  element: ([c], { x, mean }) =>
    divide(
      overBatch(c, x, (index) => power(subtract(x.at(...index), mean.at(c)), 2)),
      countOf(pixelsOf(x)),
    ),
  matrix: ({ x, mean }) => matrix.mean(matrix.apply('channelMean', matrix.power(matrix.difference(x, mean), 2))),
});

/** running⁺ = (1 − α) running + α value; attribute `momentum` is α. */
export const runningMean = defineKernel({
  name: 'runningMean',
  inputs: ['running', 'value'],
  perSample: false,
  inPlace: ['running'],
  shape: ({ running }) => running.shape,
  run(out, { running, value }, attributes) {
    const momentum = numeric(attributes, 'momentum');
    for (let i = 0; i < width(running); i++) out[i] = (1 - momentum) * running.data[i] + momentum * value.data[i];
  },
  element(index, { running, value }, attributes) {
    const momentum = numeric(attributes, 'momentum');
    return add(multiply(subtract(1, momentum), running.at(...index)), multiply(momentum, value.at(...index)));
  },
  matrix: ({ running, value }, attributes) => mixed(running, numeric(attributes, 'momentum'), value),
});

/** running⁺ = (1 − α) running + α n/(n − 1) variance, n = m P: the unbiased estimate; attribute `pixels` is P. */
export const runningVariance = defineKernel({
  name: 'runningVariance',
  inputs: ['running', 'value'],
  perSample: false,
  inPlace: ['running'],
  shape: ({ running }) => running.shape,
  run(out, { running, value }, attributes, samples) {
    const momentum = numeric(attributes, 'momentum');
    const count = samples * numeric(attributes, 'pixels', 1);
    for (let i = 0; i < width(running); i++) {
      out[i] = (1 - momentum) * running.data[i] + momentum * (count / (count - 1)) * value.data[i];
    }
  },
  element(index, { running, value }, attributes) {
    const momentum = numeric(attributes, 'momentum');
    const count = countOf(numeric(attributes, 'pixels', 1));
    const unbiased = multiply(divide(count, subtract(count, 1)), value.at(...index));
    return add(multiply(subtract(1, momentum), running.at(...index)), multiply(momentum, unbiased));
  },
  matrix: ({ running, value }, attributes) =>
    mixed(running, numeric(attributes, 'momentum'), matrix.apply('unbiased', value)),
});

/** m P */
const countOf = (pixels: number) => (pixels === 1 ? samples : multiply(samples, pixels));

const mixed = (running: string, momentum: number, value: string | MatrixExpression) =>
  matrix.sum(matrix.product(matrix.difference(1, momentum), running), matrix.product(momentum, value));
