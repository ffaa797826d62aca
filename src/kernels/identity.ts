// The same numbers under another name: what a layer hands on that has nothing to do with them.
import { matrix } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** out = x */
export const identity = defineKernel({
  name: 'identity',
  inputs: ['x'],
  perSample: true,
  inPlace: ['x'],
  shape: ({ x }) => x.shape,
  run(out, { x }, _attributes, samples) {
    for (let i = 0; i < samples * width(x); i++) out[i] = x.data[i];
  },
  element: (index, { x }) => x.at(...index),
  matrix: ({ x }) => matrix.sum(x),
});
