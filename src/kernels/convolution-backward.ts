// The error handed back through a convolution's weights: each pixel collects from every place whose window covered it.
import { matrix, multiply } from '../symbolic/index.ts';
import { defineKernel } from './kernel.ts';
import { chosen, covering, list, offsetsInside, placesOf, slides, total } from './window.ts';

/** ∂C/∂x_iyx = Σ_o Σ over places (r, c) of w_o,i,y−r,x−c δ_orc; attribute `input` is x's shape [in, h, w]. */
export const convolutionBackward = defineKernel({
  name: 'convolutionBackward',
  inputs: ['weight', 'delta'],
  perSample: true,
  shape: (_inputs, attributes) => list(attributes.input),
  run(out, { weight, delta }, attributes, samples) {
    const [outputs, inputs, kernelHeight, kernelWidth] = weight.shape;
    const [, height, width] = list(attributes.input);
    const [vertical, horizontal] = slides(list(attributes.input), attributes);
    const [rows, columns] = [placesOf(vertical), placesOf(horizontal)];
    out.fill(0, 0, samples * inputs * height * width);
    let read = 0;
    for (let s = 0; s < samples; s++) {
      for (let o = 0; o < outputs; o++) {
        for (let r = 0; r < rows; r++) {
          const [top, bottom] = offsetsInside(vertical, r);
          for (let c = 0; c < columns; c++) {
            const [left, right] = offsetsInside(horizontal, c);
            const corner = (r * vertical.stride - vertical.before) * width + c * horizontal.stride - horizontal.before;
            const d = delta.data[read++];
            for (let i = 0; i < inputs; i++) {
              const image = (s * inputs + i) * height * width + corner;
              const kernel = (o * inputs + i) * kernelHeight * kernelWidth;
              for (let u = top; u < bottom; u++) {
                for (let v = left; v < right; v++) {
                  out[image + u * width + v] += weight.data[kernel + u * kernelWidth + v] * d;
                }
              }
            }
          }
        }
      }
    }
  },
  element(index, { weight, delta }, attributes) {
    const [i, y, x] = chosen(index);
    const [vertical, horizontal] = slides(list(attributes.input), attributes);
    const terms = Array.from({ length: weight.shape[0] }, (_, o) =>
      covering(vertical, y).flatMap((row) =>
        covering(horizontal, x).map((column) =>
          multiply(delta.at(o, row.place, column.place), weight.at(o, i, row.offset, column.offset)),
        ),
      ),
    );
    return total(terms.flat());
  },
  matrix: ({ weight, delta }) => matrix.apply('convolve', weight, delta),
});
