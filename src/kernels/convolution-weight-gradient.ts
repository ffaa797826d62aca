// The gradient of a convolution's shared weights: every place at which a weight was used adds to it.
import { divide, matrix, multiply, samples, sum } from '../symbolic/index.ts';
import { defineKernel, sampleIndex } from './kernel.ts';
import { chosen, covered, list, offsetsInside, placesOf, slides, total } from './window.ts';

/** ∂C/∂w_oiuv = 1/m Σ_s Σ_r Σ_c δ_orc x_i,r+u,c+v; delta [out, rows, columns], x [in, h, w]; attribute `size` is the kernel's. */
export const convolutionWeightGradient = defineKernel({
  name: 'convolutionWeightGradient',
  inputs: ['delta', 'x'],
  perSample: false,
  shape: ({ delta, x }, attributes) => [delta.shape[0], x.shape[0], ...list(attributes.size)],
  run(out, { delta, x }, attributes, samples) {
    const [inputs, height, width] = x.shape;
    const [vertical, horizontal] = slides(x.shape, attributes);
    const [outputs, rows, columns] = delta.shape;
    const kernelSize = vertical.size * horizontal.size;
    out.fill(0, 0, outputs * inputs * kernelSize);
    let read = 0;
    for (let s = 0; s < samples; s++) {
      for (let o = 0; o < outputs; o++) {
        for (let r = 0; r < rows; r++) {
          const [top, bottom] = offsetsInside(vertical, r);
          for (let c = 0; c < columns; c++) {
            const [left, right] = offsetsInside(horizontal, c);
            const corner = (r * vertical.stride - vertical.before) * width + c * horizontal.stride - horizontal.before;
            const d = delta.data[read++] / samples;
            for (let i = 0; i < inputs; i++) {
              const image = (s * inputs + i) * height * width + corner;
              const kernel = (o * inputs + i) * kernelSize;
              for (let u = top; u < bottom; u++) {
                for (let v = left; v < right; v++) {
                  out[kernel + u * horizontal.size + v] += d * x.data[image + u * width + v];
                }
              }
            }
          }
        }
      }
    }
  },
  element(index, { delta, x }, attributes) {
    const [o, i, u, v] = chosen(index);
    const [vertical, horizontal] = slides(x.shape, attributes);
    /** Where the weight's pixel lies at each place, as far as it lies inside the image. */
    const pixels = (slide: typeof vertical, offset: number) =>
      Array.from({ length: placesOf(slide) }, (_, place) =>
        covered(slide, place)
          .filter((pixel) => pixel.offset === offset)
          .map(({ position }) => ({ place, position })),
      ).flat();
    const terms = pixels(vertical, u).flatMap((row) =>
      pixels(horizontal, v).map((column) =>
        multiply(delta.at(o, row.place, column.place), x.at(i, row.position, column.position)),
      ),
    );
    return divide(sum(sampleIndex, 'samples', total(terms)), samples);
  },
  matrix: ({ delta, x }) => matrix.mean(matrix.apply('correlate', delta, x)),
});
