// The same numbers under another shape, in the same order.
import { indexOf, offsetOf, type Shape, sameShape } from '../memory/index.ts';
import { type Index, matrix } from '../symbolic/index.ts';
import { type Attributes, defineKernel } from './kernel.ts';

const target = (attributes: Attributes): Shape => (Array.isArray(attributes.shape) ? attributes.shape : []);

/** out = x, read in row-major order under the attribute `shape`. */
export const reshape = defineKernel({
  name: 'reshape',
  inputs: ['x'],
  perSample: true,
  inPlace: ['x'],
  shape: (_inputs, attributes) => target(attributes),
  run(out, { x }, _attributes, samples) {
    const count = samples * x.shape.reduce((product, axis) => product * axis, 1);
    for (let i = 0; i < count; i++) out[i] = x.data[i];
  },
  element(index, { x }, attributes) {
    if (sameShape(x.shape, target(attributes))) return x.at(...index);
    const chosen = index.filter((i): i is number => typeof i === 'number');
    // A letter can only be carried over where no axis is split or joined; else each axis keeps a letter of its own.
    const from: readonly Index[] =
      chosen.length === index.length
        ? indexOf(x.shape, offsetOf(target(attributes), chosen))
        : x.shape.map((_, axis) => String.fromCharCode(112 + axis));
    return x.at(...from);
  },
  matrix: ({ x }, attributes) => matrix.apply('reshape', x, ...target(attributes)),
});
