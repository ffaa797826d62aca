// Max-pooling: which pixel of each window is the largest, its value, and the error handed back to it alone.
import { argmax, cases, type Expression, matrix } from '../symbolic/index.ts';
import { type Attributes, defineKernel } from './kernel.ts';
import { type Covered, chosen, covered, covering, list, placesOf, type Slide, slides, total } from './window.ts';

/** index_crs: the position row · width + column of the largest pixel of window (r, s) in channel c; of several the first. */
export const maxPoolIndex = defineKernel({
  name: 'maxPoolIndex',
  inputs: ['x'],
  perSample: true,
  shape: ({ x }, attributes) => [x.shape[0], ...slides(x.shape, attributes).map(placesOf)],
  run(out, { x }, attributes, samples) {
    const [channels, height, width] = x.shape;
    const [vertical, horizontal] = slides(x.shape, attributes);
    const [rows, columns] = [placesOf(vertical), placesOf(horizontal)];
    let written = 0;
    for (let plane = 0; plane < samples * channels; plane++) {
      const image = plane * height * width;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const corner = r * vertical.stride * width + c * horizontal.stride;
          let best = corner;
          for (let u = 0; u < vertical.size; u++) {
            for (let v = 0; v < horizontal.size; v++) {
              const position = corner + u * width + v;
              const [value, most] = [x.data[image + position], x.data[image + best]];
              // What is no number is handed on, so that training notices it.
              if (value > most || (Number.isNaN(value) && !Number.isNaN(most))) best = position;
            }
          }
          out[written++] = best;
        }
      }
    }
  },
  element(index, { x }, attributes) {
    const { channel, pixels, positionOf } = windowOf(index, x.shape, attributes);
    return argmax(
      pixels.map(([row, column]) => x.at(channel, row.position, column.position)),
      pixels.map(positionOf),
    );
  },
  matrix: ({ x }) => matrix.apply('argmax', x),
});

/** z = the pixel of x that the index names. */
export const maxPool = defineKernel({
  name: 'maxPool',
  inputs: ['x', 'index'],
  perSample: true,
  shape: ({ index }) => index.shape,
  run(out, { x, index }, _attributes, samples) {
    const [channels, height, width] = x.shape;
    const places = index.shape[1] * index.shape[2];
    for (let plane = 0; plane < samples * channels; plane++) {
      for (let i = plane * places; i < (plane + 1) * places; i++) {
        out[i] = x.data[plane * height * width + index.data[i]];
      }
    }
  },
  element(at, { x, index }, attributes) {
    const { channel, pixels, positionOf } = windowOf(at, x.shape, attributes);
    const pixel = ([row, column]: Pixel): Expression => x.at(channel, row.position, column.position);
    const last = pixels[pixels.length - 1];
    return pixels
      .slice(0, -1)
      .reduceRight((others, one) => cases(index.at(...at), '=', positionOf(one), pixel(one), others), pixel(last));
  },
  matrix: ({ x, index }) => matrix.apply('gather', x, index),
});

/** ∂C/∂x = the sum of δ over the windows whose largest pixel this is; attribute `input` is x's shape [c, h, w]. */
export const maxPoolBackward = defineKernel({
  name: 'maxPoolBackward',
  inputs: ['delta', 'index'],
  perSample: true,
  shape: (_inputs, attributes) => list(attributes.input),
  run(out, { delta, index }, attributes, samples) {
    const [channels, height, width] = list(attributes.input);
    const places = index.shape[1] * index.shape[2];
    out.fill(0, 0, samples * channels * height * width);
    for (let plane = 0; plane < samples * channels; plane++) {
      for (let i = plane * places; i < (plane + 1) * places; i++) {
        out[plane * height * width + index.data[i]] += delta.data[i];
      }
    }
  },
  element(at, { delta, index }, attributes) {
    const [channel, y, x] = chosen(at);
    const [vertical, horizontal] = slides(list(attributes.input), attributes);
    const position = y * horizontal.length + x;
    const terms = covering(vertical, y).flatMap((row) =>
      covering(horizontal, x).map((column) => {
        const place = [channel, row.place, column.place];
        return cases(index.at(...place), '=', position, delta.at(...place), 0);
      }),
    );
    return total(terms);
  },
  matrix: ({ delta, index }) => matrix.apply('scatter', delta, index),
});

type Pixel = readonly [Covered, Covered];

/** The pixels of the window an element was made from, row by row. */
function windowOf(index: readonly (number | string)[], shape: readonly number[], attributes: Attributes) {
  const [channel, r, c] = chosen(index);
  const [vertical, horizontal]: readonly Slide[] = slides(shape, attributes);
  const columns = covered(horizontal, c);
  const pixels = covered(vertical, r).flatMap((row) => columns.map((column): Pixel => [row, column]));
  return { channel, pixels, positionOf: ([row, column]: Pixel) => row.position * shape[2] + column.position };
}
