// Batch normalization (Ioffe & Szegedy, 2015): normalizing each channel, scaling and shifting it, and the way back.
import { add, call, divide, matrix, multiply, subtract } from '../symbolic/index.ts';
import { pixelsOf } from './channels.ts';
import { defineKernel, numeric, type Operand, width } from './kernel.ts';

/** x̂_cp = (x_cp − μ_c) / √(σ²_c + ε); x [c] or [c, h, w], mean and variance [c]; attribute `epsilon`. */
export const normalize = defineKernel({
  name: 'normalize',
  inputs: ['x', 'mean', 'variance'],
  perSample: true,
  inPlace: ['x'],
  shape: ({ x }) => x.shape,
  run(out, { x, mean, variance }, attributes, samples) {
    const [channels, pixels] = [x.shape[0], pixelsOf(x)];
    const epsilon = numeric(attributes, 'epsilon');
    for (let i = 0; i < samples * width(x); i++) {
      const c = Math.floor(i / pixels) % channels;
      out[i] = (x.data[i] - mean.data[c]) / Math.sqrt(variance.data[c] + epsilon);
    }
  },
  element: ([c, ...pixel], { x, mean, variance }, attributes) =>
    divide(subtract(x.at(c, ...pixel), mean.at(c)), deviation(variance, c, numeric(attributes, 'epsilon'))),
  matrix: ({ x, mean, variance }, attributes) =>
    matrix.quotient(
      matrix.difference(x, mean),
      matrix.apply('sqrt', matrix.sum(variance, numeric(attributes, 'epsilon'))),
    ),
});

/** z_cp = γ_c x̂_cp + β_c; weight and bias [c]. */
export const scaleChannels = defineKernel({
  name: 'scaleChannels',
  inputs: ['x', 'weight', 'bias'],
  perSample: true,
  inPlace: ['x'],
  shape: ({ x }) => x.shape,
  run(out, { x, weight, bias }, _attributes, samples) {
    const [channels, pixels] = [x.shape[0], pixelsOf(x)];
    for (let i = 0; i < samples * width(x); i++) {
      const c = Math.floor(i / pixels) % channels;
      out[i] = weight.data[c] * x.data[i] + bias.data[c];
    }
  },
  element: ([c, ...pixel], { x, weight, bias }) => add(multiply(weight.at(c), x.at(c, ...pixel)), bias.at(c)),
  matrix: ({ x, weight, bias }) => matrix.sum(matrix.hadamard(weight, x), bias),
});

/**
 * ∂C/∂x_cp = γ_c / √(σ²_c + ε) · (δ_cp − ∂C/∂β_c / P − x̂_cp ∂C/∂γ_c / P), P the numbers of a channel in one sample.
 * Mean and variance depend on every x of the batch; the two sums over the batch that follow from it are the parameters'
 * gradients. Like every δ it is m times the derivative of the batch's mean loss.
 */
export const normalizationBackward = defineKernel({
  name: 'normalizationBackward',
  inputs: ['delta', 'normalized', 'variance', 'weight', 'weightGradient', 'biasGradient'],
  perSample: true,
  inPlace: ['delta', 'normalized'],
  shape: ({ delta }) => delta.shape,
  run(out, { delta, normalized, variance, weight, weightGradient, biasGradient }, attributes, samples) {
    const [channels, pixels] = [delta.shape[0], pixelsOf(delta)];
    const epsilon = numeric(attributes, 'epsilon');
    for (let i = 0; i < samples * width(delta); i++) {
      const c = Math.floor(i / pixels) % channels;
      const shift = biasGradient.data[c] / pixels + (normalized.data[i] * weightGradient.data[c]) / pixels;
      out[i] = (weight.data[c] / Math.sqrt(variance.data[c] + epsilon)) * (delta.data[i] - shift);
    }
  },
  element([c, ...pixel], { delta, normalized, variance, weight, weightGradient, biasGradient }, attributes) {
    const pixels = pixelsOf(delta);
    const share = (gradient: Operand) => (pixels === 1 ? gradient.at(c) : divide(gradient.at(c), pixels));
    return multiply(
      divide(weight.at(c), deviation(variance, c, numeric(attributes, 'epsilon'))),
      subtract(
        subtract(delta.at(c, ...pixel), share(biasGradient)),
        multiply(normalized.at(c, ...pixel), share(weightGradient)),
      ),
    );
  },
  matrix: ({ delta, normalized, variance, weight, weightGradient, biasGradient }, attributes) =>
    matrix.hadamard(
      matrix.quotient(weight, matrix.apply('sqrt', matrix.sum(variance, numeric(attributes, 'epsilon')))),
      matrix.difference(
        delta,
        matrix.sum(
          matrix.apply('pixelMean', biasGradient),
          matrix.hadamard(normalized, matrix.apply('pixelMean', weightGradient)),
        ),
      ),
    ),
});

/** √(σ²_c + ε) */
const deviation = (variance: Operand, c: number | string, epsilon: number) =>
  call('sqrt', add(variance.at(c), epsilon));
