// Numbers kept between two bounds: gradients that are clipped, step sizes.
import { cases, matrix } from '../symbolic/index.ts';
import { defineKernel, numeric, width } from './kernel.ts';

/** x′ = min(max(x, least), most); attributes `least` and `most`. */
export const bounded = defineKernel({
  name: 'bounded',
  inputs: ['x'],
  perSample: false,
  inPlace: ['x'],
  shape: ({ x }) => x.shape,
  run(out, { x }, attributes) {
    const [least, most] = [numeric(attributes, 'least'), numeric(attributes, 'most')];
    for (let i = 0; i < width(x); i++) out[i] = Math.min(Math.max(x.data[i], least), most);
  },
  element(index, { x }, attributes) {
    const [least, most] = [numeric(attributes, 'least'), numeric(attributes, 'most')];
    const value = x.at(...index);
    return cases(value, '>', most, most, cases(least, '>', value, least, value));
  },
  matrix: ({ x }, attributes) => matrix.apply('clip', x, numeric(attributes, 'least'), numeric(attributes, 'most')),
});
