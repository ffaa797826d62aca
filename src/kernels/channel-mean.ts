// The mean of each feature map, and the error handed back to all of its pixels alike.
import { divide, matrix, sum } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';
import { list } from './window.ts';

/** z_c = 1/(h · w) Σ_p Σ_q x_cpq; x [c, h, w]. */
export const channelMean = defineKernel({
  name: 'channelMean',
  inputs: ['x'],
  perSample: true,
  shape: ({ x }) => [x.shape[0]],
  run(out, { x }, _attributes, samples) {
    const pixels = x.shape[1] * x.shape[2];
    for (let plane = 0; plane < samples * x.shape[0]; plane++) {
      let total = 0;
      for (let i = plane * pixels; i < (plane + 1) * pixels; i++) total += x.data[i];
      out[plane] = total / pixels;
    }
  },
  element([c], { x }) {
    const [, height, width] = x.shape;
    return divide(sum('p', height, sum('q', width, x.at(c, 'p', 'q'))), height * width);
  },
  matrix: ({ x }) => matrix.apply('channelMean', x),
});

/** ∂C/∂x_cpq = δ_c / (h · w); attribute `input` is x's shape [c, h, w]. */
export const channelMeanBackward = defineKernel({
  name: 'channelMeanBackward',
  inputs: ['delta'],
  perSample: true,
  shape: (_inputs, attributes) => list(attributes.input),
  run(out, { delta }, attributes, samples) {
    const [, height, columns] = list(attributes.input);
    const pixels = height * columns;
    for (let i = 0; i < samples * width(delta) * pixels; i++) out[i] = delta.data[Math.floor(i / pixels)] / pixels;
  },
  element([c], { delta }, attributes) {
    const [, height, width] = list(attributes.input);
    return divide(delta.at(c), height * width);
  },
  matrix: ({ delta }) => matrix.apply('spread', delta),
});
