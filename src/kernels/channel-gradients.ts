// Gradients of parameters that a whole channel shares: the batch mean over samples, the sum over the channel's pixels.
import { divide, matrix, multiply, samples } from '../symbolic/index.ts';
import { overBatch, pixelsOf } from './channels.ts';
import { defineKernel } from './kernel.ts';

/** ∂C/∂b_c = 1/m Σ_s Σ_p δ_cp; delta [c] or [c, h, w], output [c]. */
export const channelBiasGradient = defineKernel({
  name: 'channelBiasGradient',
  inputs: ['delta'],
  perSample: false,
  shape: ({ delta }) => [delta.shape[0]],
  run(out, { delta }, _attributes, samples) {
    const [channels, pixels] = [delta.shape[0], pixelsOf(delta)];
    out.fill(0, 0, channels);
    for (let i = 0; i < samples * channels * pixels; i++) {
      out[Math.floor(i / pixels) % channels] += delta.data[i] / samples;
    }
  },
  element: ([c], { delta }) =>
    divide(
      overBatch(c, delta, (index) => delta.at(...index)),
      samples,
    ),
  matrix: ({ delta }) => matrix.mean(matrix.apply('channelSum', delta)),
});

/** ∂C/∂w_c = 1/m Σ_s Σ_p δ_cp x_cp; delta and x [c] or [c, h, w], output [c]. */
export const channelWeightGradient = defineKernel({
  name: 'channelWeightGradient',
  inputs: ['delta', 'x'],
  perSample: false,
  shape: ({ delta }) => [delta.shape[0]],
  run(out, { delta, x }, _attributes, samples) {
    const [channels, pixels] = [delta.shape[0], pixelsOf(delta)];
    out.fill(0, 0, channels);
    for (let i = 0; i < samples * channels * pixels; i++) {
      out[Math.floor(i / pixels) % channels] += (delta.data[i] / samples) * x.data[i];
    }
  },
  element: ([c], { delta, x }) =>
    divide(
      overBatch(c, delta, (index) => multiply(delta.at(...index), x.at(...index))),
      samples,
    ),
  matrix: ({ delta, x }) => matrix.mean(matrix.apply('channelSum', matrix.hadamard(delta, x))),
});
