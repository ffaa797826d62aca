// Average-pooling: the mean of each window, and the error handed back in equal shares.
import { add, divide, matrix } from '../symbolic/index.ts';
import { defineKernel } from './kernel.ts';
import { chosen, covered, covering, list, placesOf, slides, total } from './window.ts';

/** z_crs = 1/(height · width) Σ_u Σ_v x_c,r+u,s+v (stride 1); attributes `size`, `stride`. */
export const averagePool = defineKernel({
  name: 'averagePool',
  inputs: ['x'],
  perSample: true,
  shape: ({ x }, attributes) => [x.shape[0], ...slides(x.shape, attributes).map(placesOf)],
  run(out, { x }, attributes, samples) {
    const [channels, height, width] = x.shape;
    const [vertical, horizontal] = slides(x.shape, attributes);
    const [rows, columns] = [placesOf(vertical), placesOf(horizontal)];
    let written = 0;
    for (let plane = 0; plane < samples * channels; plane++) {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const corner = (plane * height + r * vertical.stride) * width + c * horizontal.stride;
          let total = 0;
          for (let u = 0; u < vertical.size; u++) {
            for (let v = 0; v < horizontal.size; v++) total += x.data[corner + u * width + v];
          }
          out[written++] = total / (vertical.size * horizontal.size);
        }
      }
    }
  },
  element(index, { x }, attributes) {
    const [channel, r, c] = chosen(index);
    const [vertical, horizontal] = slides(x.shape, attributes);
    const terms = covered(vertical, r).flatMap((row) =>
      covered(horizontal, c).map((column) => x.at(channel, row.position, column.position)),
    );
    return divide(add(...terms), vertical.size * horizontal.size);
  },
  matrix: ({ x }) => matrix.apply('average', x),
});

/** ∂C/∂x = the sum of δ / (height · width) over the windows that cover it; attribute `input` is x's shape [c, h, w]. */
export const averagePoolBackward = defineKernel({
  name: 'averagePoolBackward',
  inputs: ['delta'],
  perSample: true,
  shape: (_inputs, attributes) => list(attributes.input),
  run(out, { delta }, attributes, samples) {
    const [channels, height, width] = list(attributes.input);
    const [vertical, horizontal] = slides(list(attributes.input), attributes);
    const [rows, columns] = [placesOf(vertical), placesOf(horizontal)];
    out.fill(0, 0, samples * channels * height * width);
    let read = 0;
    for (let plane = 0; plane < samples * channels; plane++) {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const corner = (plane * height + r * vertical.stride) * width + c * horizontal.stride;
          const share = delta.data[read++] / (vertical.size * horizontal.size);
          for (let u = 0; u < vertical.size; u++) {
            for (let v = 0; v < horizontal.size; v++) out[corner + u * width + v] += share;
          }
        }
      }
    }
  },
  element(index, { delta }, attributes) {
    const [channel, y, x] = chosen(index);
    const [vertical, horizontal] = slides(list(attributes.input), attributes);
    const terms = covering(vertical, y).flatMap((row) =>
      covering(horizontal, x).map((column) => delta.at(channel, row.place, column.place)),
    );
    return divide(total(terms), vertical.size * horizontal.size);
  },
  matrix: ({ delta }) => matrix.apply('spread', delta),
});
