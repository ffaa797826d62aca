// Random displacement fields for elastic distortion: Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks
// Applied to Visual Document Analysis" (2003), section 2. Moving pixels by them is augment-resample.ts's business.
import type { Random } from '../memory/index.ts';
import type { Displacements } from './augment-resample.ts';

/**
 * Makes the displacements of an image's pixels: α (G_σ * u), with u uniform on (−1, 1) in every pixel and 0 outside the image,
 * and G_σ a Gaussian of standard deviation σ pixels, cut off at 3σ, whose weights sum to 1.
 * Its result is valid until it is called again.
 */
export function elasticField(
  height: number,
  width: number,
  { alpha, sigma }: { readonly alpha: number; readonly sigma: number },
): (source: Random, sample: number) => Displacements {
  const kernel = gaussian(sigma);
  const size = height * width;
  const drawsPerSample = Math.ceil(size / 4) * 4; // whole blocks of the generator
  const [x, y] = [new Float64Array(size), new Float64Array(size)];
  const between = new Float64Array(size);
  const smooth = (field: Float64Array): void => {
    smoothColumns(field, between, height, width, kernel);
    smoothColumns(between, field, width, height, kernel);
  };
  // 32 random bits make two numbers (k + ½) / 2¹⁵ − 1; α goes in here, since smoothing is linear.
  const unit = alpha / 32768;
  return (source, sample) => {
    for (let p = 0; p < size; p++) {
      const bits = source.bits(sample * drawsPerSample + p);
      x[p] = ((bits >>> 16) - 32767.5) * unit;
      y[p] = ((bits & 0xffff) - 32767.5) * unit;
    }
    smooth(x);
    smooth(y);
    return { x, y };
  };
}

/** The weights of a Gaussian at the distances −r … r, r the least integer not below 3σ; they sum to 1. */
export function gaussian(sigma: number): Float64Array {
  const reach = Math.ceil(3 * sigma);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Convolves each column of `field` with the kernel and writes it as a row of `out`: done twice, both axes are smooth and upright again. */
function smoothColumns(
  field: Float64Array,
  out: Float64Array,
  height: number,
  width: number,
  kernel: Float64Array,
): void {
  const reach = (kernel.length - 1) / 2;
  for (let y = 0; y < height; y++) {
    const [first, end] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const shift = reach - y;
    // Four columns at a time: four sums that do not wait for one another.
    let x = 0;
    for (; x + 3 < width; x += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let row = first; row < end; row++) {
        const weight = kernel[row + shift];
        const p = row * width + x;
        a += weight * field[p];
        b += weight * field[p + 1];
        c += weight * field[p + 2];
        d += weight * field[p + 3];
      }
      const p = x * height + y;
      out[p] = a;
      out[p + height] = b;
      out[p + 2 * height] = c;
      out[p + 3 * height] = d;
    }
    for (; x < width; x++) {
      let sum = 0;
      for (let row = first; row < end; row++) sum += kernel[row + shift] * field[row * width + x];
      out[x * height + y] = sum;
    }
  }
}
