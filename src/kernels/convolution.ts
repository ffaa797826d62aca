// The weighted input of a convolution layer: one kernel of weights shared by all places of an image.
// As in all of machine learning it is a cross-correlation: the kernel is not turned around.
import type { FloatArray, Shape } from '../memory/index.ts';
import { add, type Expression, type Index, matrix, multiply } from '../symbolic/index.ts';
import { type Attributes, defineKernel, type Operand, type SlotShape, type View } from './kernel.ts';
import { chosen, covered, offsetsInside, placesOf, slides, total } from './window.ts';

/** z_orc = Σ_i Σ_u Σ_v w_oiuv x_i,r+u,c+v (stride 1, no padding) + b_o; weight [out, in, height, width], x [in, h, w], bias [out]. */
export const convolution = defineKernel({
  name: 'convolution',
  inputs: ['weight', 'x', 'bias'],
  perSample: true,
  shape: outputShape,
  run(out, { weight, x, bias }, attributes, samples) {
    correlate(out, weight, x, attributes, samples, (channel) => bias.data[channel]);
  },
  element: (index, { weight, x, bias }, attributes) =>
    add(...products(index, weight, x, attributes), bias.at(index[0])),
  matrix: ({ weight, x, bias }) => matrix.sum(matrix.apply('correlate', weight, x), bias),
});

/** The same without biases. */
export const convolutionWithoutBias = defineKernel({
  name: 'convolutionWithoutBias',
  inputs: ['weight', 'x'],
  perSample: true,
  shape: outputShape,
  run(out, { weight, x }, attributes, samples) {
    correlate(out, weight, x, attributes, samples, () => 0);
  },
  element: (index, { weight, x }, attributes) => total(products(index, weight, x, attributes)),
  matrix: ({ weight, x }) => matrix.apply('correlate', weight, x),
});

function outputShape({ weight, x }: Readonly<Record<'weight' | 'x', SlotShape>>, attributes: Attributes): Shape {
  return [weight.shape[0], ...slides(x.shape, attributes).map(placesOf)];
}

function correlate(
  out: FloatArray,
  weight: View,
  x: View,
  attributes: Attributes,
  samples: number,
  bias: (channel: number) => number,
): void {
  const [outputs, inputs, kernelHeight, kernelWidth] = weight.shape;
  const [vertical, horizontal] = slides(x.shape, attributes);
  const [rows, columns] = [placesOf(vertical), placesOf(horizontal)];
  const [, height, width] = x.shape;
  let written = 0;
  for (let s = 0; s < samples; s++) {
    for (let o = 0; o < outputs; o++) {
      for (let r = 0; r < rows; r++) {
        const [top, bottom] = offsetsInside(vertical, r);
        for (let c = 0; c < columns; c++) {
          const [left, right] = offsetsInside(horizontal, c);
          const corner = (r * vertical.stride - vertical.before) * width + c * horizontal.stride - horizontal.before;
          let z = bias(o);
          for (let i = 0; i < inputs; i++) {
            const image = (s * inputs + i) * height * width + corner;
            const kernel = (o * inputs + i) * kernelHeight * kernelWidth;
            for (let u = top; u < bottom; u++) {
              for (let v = left; v < right; v++) {
                z += weight.data[kernel + u * kernelWidth + v] * x.data[image + u * width + v];
              }
            }
          }
          out[written++] = z;
        }
      }
    }
  }
}

/** w x for every weight whose pixel lies inside the image. */
function products(index: readonly Index[], weight: Operand, x: Operand, attributes: Attributes): Expression[] {
  const [o, r, c] = chosen(index);
  const [vertical, horizontal] = slides(x.shape, attributes);
  return Array.from({ length: x.shape[0] }, (_, i) =>
    covered(vertical, r).flatMap((row) =>
      covered(horizontal, c).map((column) =>
        multiply(weight.at(o, i, row.offset, column.offset), x.at(i, row.position, column.position)),
      ),
    ),
  ).flat();
}
