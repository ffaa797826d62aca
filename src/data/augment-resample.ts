// Draws one image anew from moved places of its pixels, by bilinear interpolation. What moves them is not decided here.
import { ChainruleError } from '../errors.ts';
import { type Rows, type Shape, showShape, sizeOf } from '../memory/index.ts';

/** How an image lies in the frame: turned by `angle` radians and scaled by `factor` about its centre, then moved by (x, y) pixels. */
export interface Placing {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly factor: number;
}

/** How far each pixel's source lies from its place, in pixels: two numbers per pixel of an image, row by row. */
export interface Displacements {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** For every pixel of an image, the place in the source it is read from; `place` sets them all, `displace` adds to them. */
export interface Resampler {
  place(placing: Placing): void;
  displace(by: Displacements): void;
  /** Reads one image at `from` and writes it at `to`. */
  resample(source: Rows['values'], from: number, out: Rows['values'], to: number): void;
}

/**
 * Whether a shape is that of images, and inputs are such images.
 * @throws ChainruleError `bad-shape` where not
 */
export function requireImages(shape: Shape, inputs?: Rows): void {
  if (shape.length !== 3) {
    throw new ChainruleError(
      'bad-shape',
      `inputs of shape ${showShape(shape)} cannot be moved or turned; images have the shape [channels, height, width], such as [1, 28, 28].`,
    );
  }
  if (inputs === undefined || inputs.width === sizeOf(shape)) return;
  throw new ChainruleError(
    'bad-shape',
    `inputs have ${inputs.width} numbers each where images of shape ${showShape(shape)} have ${sizeOf(shape)}; give the shape of one input.`,
  );
}

/**
 * A resampler of images of one shape `[channels, height, width]`, with its working memory.
 * @throws ChainruleError `bad-shape` where the shape is no image's
 */
export function resampler(shape: Shape): Resampler {
  requireImages(shape);
  const [channels, height, width] = shape;
  const size = height * width;
  const [xs, ys, drawn] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const frame = new Float64Array((height + 2) * (width + 2));
  return {
    place: (placing) => placeAll(xs, ys, height, width, placing),
    displace({ x, y }) {
      for (let p = 0; p < size; p++) {
        xs[p] += x[p];
        ys[p] += y[p];
      }
    },
    resample(source, from, out, to) {
      for (let plane = 0; plane < channels * size; plane += size) {
        fillFrame(frame, source.subarray(from + plane, from + plane + size), height, width);
        bilinear(frame, xs, ys, drawn, height, width);
        // A byte array cuts off what follows the point.
        if (out instanceof Uint8Array) for (let p = 0; p < size; p++) drawn[p] += 0.5;
        out.set(drawn, to + plane);
      }
    },
  };
}

/** Source = R (place − centre − shift) / factor + centre. R rotates by the angle with y pointing down: the image turns counter-clockwise. */
function placeAll(
  xs: Float64Array,
  ys: Float64Array,
  height: number,
  width: number,
  { x, y, angle, factor }: Placing,
): void {
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const [cos, sin] = [Math.cos(angle) / factor, Math.sin(angle) / factor];
  for (let row = 0, p = 0; row < height; row++) {
    const v = row - centreY - y;
    for (let column = 0; column < width; column++, p++) {
      const u = column - centreX - x;
      xs[p] = cos * u - sin * v + centreX;
      ys[p] = sin * u + cos * v + centreY;
    }
  }
}

/** Copies one channel into the middle of the frame, whose edge of one pixel stays 0. */
function fillFrame(frame: Float64Array, channel: Rows['values'], height: number, width: number): void {
  for (let y = 0; y < height; y++) frame.set(channel.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1);
}

/** The image's value at each (x, y): of the four pixels around it, each the more the nearer it is; 0 from one pixel outside on. */
function bilinear(
  frame: Float64Array,
  xs: Float64Array,
  ys: Float64Array,
  out: Float64Array,
  height: number,
  width: number,
): void {
  const stride = width + 2;
  for (let p = 0; p < out.length; p++) {
    const x = xs[p] + 1;
    const y = ys[p] + 1;
    if (!(x > 0 && y > 0 && x < width + 1 && y < height + 1)) {
      out[p] = 0;
      continue;
    }
    const left = x | 0;
    const top = y | 0;
    const at = top * stride + left;
    const above = frame[at] + (x - left) * (frame[at + 1] - frame[at]);
    const below = frame[at + stride] + (x - left) * (frame[at + stride + 1] - frame[at + stride]);
    out[p] = above + (y - top) * (below - above);
  }
}
