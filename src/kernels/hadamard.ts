// The product of two slots, element by element.
import { matrix, multiply } from '../symbolic/index.ts';
import { defineKernel, width } from './kernel.ts';

/** out = x ⊙ y */
export const hadamard = defineKernel({
  name: 'hadamard',
  inputs: ['x', 'y'],
  perSample: true,
  inPlace: ['x'],
  shape: ({ x }) => x.shape,
  run(out, { x, y }, _attributes, samples) {
    for (let i = 0; i < samples * width(x); i++) out[i] = x.data[i] * y.data[i];
  },
  element: (index, { x, y }) => multiply(x.at(...index), y.at(...index)),
  matrix: ({ x, y }) => matrix.hadamard(x, y),
});
