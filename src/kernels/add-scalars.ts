// The sum of two single numbers: the loss of the data and a penalty.
import { add, matrix } from '../symbolic/index.ts';
import { defineKernel } from './kernel.ts';

/** out = x + y */
export const addScalars = defineKernel({
  name: 'addScalars',
  inputs: ['x', 'y'],
  perSample: false,
  shape: () => [],
  run(out, { x, y }) {
    out[0] = x.data[0] + y.data[0];
  },
  element: (_index, { x, y }) => add(x.at(), y.at()),
  matrix: ({ x, y }) => matrix.sum(x, y),
});
