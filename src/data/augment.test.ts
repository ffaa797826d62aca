// Images changed at random: what a change may and may not do to pixels, against plain formulas.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random, type Samples, streams } from '../memory/index.ts';
import { type AugmentOptions, augmenter } from './augment.ts';
import { elasticField, gaussian } from './augment-elastic.ts';
import { expandDataset } from './augment-expand.ts';
import { resampler } from './augment-resample.ts';
import type { Dataset } from './dataset.ts';

const bytes = (images: number[][]): Samples => ({
  inputs: { count: images.length, width: images[0].length, values: Uint8Array.from(images.flat()), scale: 1 / 255 },
  targets: { count: images.length, classes: 2, labels: Uint32Array.from(images, (_, i) => i % 2) },
});

/** One image of two channels, 5 × 4, every pixel another. */
const [channels, height, width] = [2, 5, 4];
const shape = [channels, height, width];
const pixels = Array.from({ length: channels * height * width }, (_, i) => 6 * i + 1);

/** The image moved by whole pixels, 0 coming in. */
function moved(image: ArrayLike<number>, dx: number, dy: number): number[] {
  return Array.from({ length: image.length }, (_, at) => {
    const [x, y] = [(at % width) - dx, (Math.floor(at / width) % height) - dy];
    return x >= 0 && x < width && y >= 0 && y < height ? image[at - dy * width - dx] : 0;
  });
}

describe('augmenter', () => {
  const rows = Uint32Array.from({ length: 200 }, (_, i) => i);
  const many = bytes(Array.from(rows, () => pixels));
  const imagesOf = ({ inputs }: Samples) =>
    Array.from({ length: inputs.count }, (_, i) => [
      ...inputs.values.subarray(i * inputs.width, (i + 1) * inputs.width),
    ]);

  test('a shift moves pixels as they are, by every whole number of them that it may, all channels alike', () => {
    const expected = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => moved(pixels, dx, dy).join()));
    const made = imagesOf(augmenter(shape, { shift: 1 }).apply(many, rows, 1, 1)).map((image) => image.join());
    expect(new Set(made)).toEqual(new Set(expected));
  });

  test('without options an image stays as it is, bytes and floats alike', () => {
    const values = Float64Array.from(pixels, Math.sqrt);
    const exact = { ...bytes([pixels]), inputs: { count: 1, width: pixels.length, values, scale: 1 } };
    const keep = augmenter(shape, {});
    expect(keep.apply(many, Uint32Array.of(0), 1, 1)).toEqual(bytes([pixels]));
    expect(keep.apply(exact, Uint32Array.of(0), 1, 1)).toEqual(exact);
  });

  test('interpolates: no pixel is below 0 or above the brightest, and an image of one grey stays so in the middle', () => {
    const size = 15;
    const grey = bytes([new Array(size * size).fill(100)]);
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, fc.nat(), (rotate, scale, seed) => {
        const options = { shift: 1, rotate: rotate * 180, scale: scale * 0.5 };
        const { values } = augmenter([1, size, size], options).apply(grey, Uint32Array.of(0), 1, seed).inputs;
        expect(Math.max(...values)).toBeLessThanOrEqual(100);
        expect(values[(size * size - 1) / 2]).toBe(100);
      }),
    );
  });

  test('how an image is turned does not depend on whether it is also distorted', () => {
    const options: AugmentOptions = { rotate: 30, shift: 1 };
    const still = { ...options, elastic: { alpha: 0, sigma: 2 } };
    expect(augmenter(shape, still).apply(many, rows, 1, 1)).toEqual(augmenter(shape, options).apply(many, rows, 1, 1));
  });

  test.each<[AugmentOptions, string]>([
    [{ shift: 0.5 }, 'augment.shift is 0.5; an integer is expected.'],
    [{ rotate: -1 }, 'augment.rotate is -1; it must be at least 0.'],
    [{ scale: 1 }, 'augment.scale is 1; it must be below 1.'],
    [{ elastic: { alpha: 34, sigma: 0 } }, 'augment.elastic.sigma is 0; it must be above 0.'],
  ])('%j is refused', (options, sentence) => {
    expect(() => augmenter(shape, options)).toThrow(sentence);
  });

  test('inputs that are no images of the shape are refused', () => {
    expect(() => augmenter([784], { shift: 1 })).toThrow('inputs of shape [784] cannot be moved or turned');
    expect(() => augmenter([1, 28, 28], { shift: 1 }).apply(many, rows, 1, 1)).toThrow(
      'inputs have 40 numbers each where images of shape [1, 28, 28] have 784',
    );
  });
});

describe('resampling', () => {
  const placed = (image: number[], shape: number[], placing: { angle?: number; factor?: number; x?: number }) => {
    const out = new Float64Array(image.length);
    const one = resampler(shape);
    one.place({ x: 0, y: 0, angle: 0, factor: 1, ...placing });
    one.resample(Float64Array.from(image), 0, out, 0);
    return [...out];
  };

  test('a quarter turn goes counter-clockwise', () => {
    const turned = placed([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3], { angle: Math.PI / 2 });
    for (const [i, value] of [3, 6, 9, 2, 5, 8, 1, 4, 7].entries()) expect(turned[i]).toBeCloseTo(value, 12);
  });

  test('twice as large reads at half the distance from the centre', () => {
    expect(placed([0, 10, 20, 30, 40], [1, 1, 5], { factor: 2 })).toEqual([10, 15, 20, 25, 30]);
  });

  test('half a pixel aside is the mean of two neighbours, the one outside being 0', () => {
    expect(placed([10, 20, 40], [1, 1, 3], { x: 0.5 })).toEqual([5, 15, 30]);
  });

  test('bytes are rounded to the nearest, halves up', () => {
    const one = resampler([1, 1, 3]);
    const out = new Uint8Array(3);
    one.place({ x: 0.25, y: 0, angle: 0, factor: 1 });
    one.resample(Uint8Array.of(1, 3, 255), 0, out, 0); // 0.75, 2.5, 192
    expect([...out]).toEqual([1, 3, 192]);
  });
});

describe('elastic displacement', () => {
  test.each([
    [28, 28, 4],
    [7, 10, 1.3],
    [3, 2, 6],
  ])('is uniform noise convolved with a Gaussian, %i × %i, σ %d', (height, width, sigma) => {
    const source = random(1, streams.augment, 2);
    const { x, y } = elasticField(height, width, { alpha: 34, sigma })(source, 3);
    const draws = Math.ceil((height * width) / 4) * 4;
    const raw = (p: number, low: boolean) => {
      const bits = source.bits(3 * draws + p);
      return ((low ? bits & 0xffff : bits >>> 16) + 0.5) / 32768 - 1;
    };
    const kernel = gaussian(sigma);
    const reach = (kernel.length - 1) / 2;
    const weight = (distance: number) => kernel[distance + reach] ?? 0;
    for (let p = 0; p < height * width; p += 5) {
      let [sumX, sumY] = [0, 0];
      for (let q = 0; q < height * width; q++) {
        const near = weight((q % width) - (p % width)) * weight(Math.floor(q / width) - Math.floor(p / width));
        sumX += 34 * near * raw(q, false);
        sumY += 34 * near * raw(q, true);
      }
      expect(x[p]).toBeCloseTo(sumX, 10);
      expect(y[p]).toBeCloseTo(sumY, 10);
    }
  });

  test("the Gaussian's weights sum to 1 and have its standard deviation, but for the tails cut off", () => {
    const kernel = gaussian(4);
    const moment = (power: number) => kernel.reduce((sum, weight, k) => sum + weight * (k - 12) ** power, 0);
    expect(kernel).toHaveLength(25);
    expect(moment(0)).toBeCloseTo(1, 14);
    expect(moment(1)).toBeCloseTo(0, 12);
    expect(Math.sqrt(moment(2))).toBeCloseTo(3.95, 1);
  });
});

describe('expandDataset', () => {
  const dataset: Dataset = {
    samples: bytes([pixels, [...pixels].reverse()]),
    inputShape: shape,
    task: 'classification',
    classNames: ['a', 'b'],
  };
  const imageOf = ({ samples: { inputs } }: Dataset, i: number) => [
    ...inputs.values.subarray(i * inputs.width, (i + 1) * inputs.width),
  ];

  test('shifts each image by a pixel right, left, down and up: five times as many, the originals first', () => {
    const expanded = expandDataset(dataset, { shift: 1 });
    const expected = [
      [0, 0],
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ].flatMap(([dx, dy]) => [0, 1].map((i) => moved(imageOf(dataset, i), dx, dy)));
    expect(expected.map((_, i) => imageOf(expanded, i))).toEqual(expected);
    expect(expanded.samples.inputs).toMatchObject({ count: 10, scale: 1 / 255 });
    expect(expanded.samples.targets).toEqual({
      count: 10,
      classes: 2,
      labels: Uint32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
    });
    expect(expanded.classNames).toEqual(['a', 'b']);
  });

  test('copies are what the augmenter makes of the epochs 1, 2, …', () => {
    const options = { rotate: 20, scale: 0.1 };
    const expanded = expandDataset(dataset, { ...options, copies: 2, seed: 5 });
    const { inputs } = augmenter(shape, options).apply(dataset.samples, Uint32Array.of(0, 1), 2, 5);
    expect(expanded.samples.inputs.count).toBe(6);
    expect([...expanded.samples.inputs.values.subarray(4 * inputs.width)]).toEqual([...inputs.values]);
  });

  test('targets that are rows are repeated too', () => {
    const targets = { count: 2, width: 1, values: Float64Array.of(0.5, 2), scale: 1 };
    const expanded = expandDataset({ ...dataset, samples: { ...dataset.samples, targets } }, { copies: 1, shift: 1 });
    expect(expanded.samples.targets).toEqual({
      count: 4,
      width: 1,
      values: Float64Array.of(0.5, 2, 0.5, 2),
      scale: 1,
    });
  });

  test('says what is wrong', () => {
    expect(() => expandDataset(dataset, { shift: 0 })).toThrow('shift is 0; it must be at least 1.');
    expect(() => expandDataset(dataset, { copies: 0 })).toThrow('copies is 0; it must be at least 1.');
    expect(() => expandDataset({ ...dataset, inputShape: [40] }, { shift: 1 })).toThrow('cannot be moved or turned');
  });
});
