// How the kernels of images, dropout and batch normalization may be called.

import type { Attributes } from '../../src/kernels/index.ts';
import * as kernels from '../../src/kernels/index.ts';
import { type Case, each, type Input, one } from './kernel-cases.ts';

/** A window that moves over images of [k, n + 1, m + 1]: overlapping, leaving gaps, with padding and without. */
interface Window {
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number, number, number];
}

const windows: readonly Window[] = [
  { size: [2, 2], stride: [1, 1], padding: [0, 0, 0, 0] },
  { size: [2, 1], stride: [2, 3], padding: [0, 0, 0, 0] },
  { size: [3, 2], stride: [1, 2], padding: [2, 1, 0, 1] },
  { size: [2, 2], stride: [3, 1], padding: [2, 2, 3, 0] },
];
const withoutPadding = windows.filter(({ padding }) => padding.every((pixels) => pixels === 0));

const placesOf = ({ size, stride, padding: [top, bottom, left, right] }: Window, n: number, m: number) => [
  Math.floor((n + 1 + top + bottom - size[0]) / stride[0]) + 1,
  Math.floor((m + 1 + left + right - size[1]) / stride[1]) + 1,
];
const attributesOf = (window: Window): Attributes => ({ ...window });
const withInput = (window: Window) => (n: number, m: number, k: number) => ({ ...window, input: [k, n + 1, m + 1] });
const filters = 2;

const ofConvolutions = windows.flatMap((window): Case[] => {
  const weight = (k: number) => one([filters, k, ...window.size]);
  const x = (n: number, m: number, k: number) => each([k, n + 1, m + 1]);
  const delta = (n: number, m: number) => each([filters, ...placesOf(window, n, m)]);
  const attributes = () => attributesOf(window);
  const shape = (n: number, m: number) => [filters, ...placesOf(window, n, m)];
  return [
    {
      kernel: kernels.convolution,
      inputs: (n, m, k) => ({ weight: weight(k), x: x(n, m, k), bias: one([filters]) }),
      attributes,
      shape,
    },
    {
      kernel: kernels.convolutionWithoutBias,
      inputs: (n, m, k) => ({ weight: weight(k), x: x(n, m, k) }),
      attributes,
      shape,
    },
    {
      kernel: kernels.convolutionWeightGradient,
      inputs: (n, m, k) => ({ delta: delta(n, m), x: x(n, m, k) }),
      attributes,
      shape: (_n, _m, k) => [filters, k, ...window.size],
    },
    {
      kernel: kernels.convolutionBackward,
      inputs: (n, m, k) => ({ weight: weight(k), delta: delta(n, m) }),
      attributes: withInput(window),
      shape: (n, m, k) => [k, n + 1, m + 1],
    },
  ];
});

/** Any pixel of each window, whether the largest or not. */
const indexOf = (window: Window, n: number, m: number, k: number): Input => ({
  ...each([k, ...placesOf(window, n, m)]),
  value([, row, column], uniform) {
    const pixel = Math.floor(uniform * window.size[0] * window.size[1]);
    const [u, v] = [Math.floor(pixel / window.size[1]), pixel % window.size[1]];
    return (row * window.stride[0] + u) * (m + 1) + column * window.stride[1] + v;
  },
});

/** Whole numbers, so that several are the largest. */
const coarse = (input: Input): Input => ({ ...input, value: (_index, uniform) => Math.floor(3 * uniform) });

const ofPooling = withoutPadding.flatMap((window): Case[] => {
  const x = (n: number, m: number, k: number) => each([k, n + 1, m + 1]);
  const attributes = () => attributesOf(window);
  const shape = (n: number, m: number, k: number) => [k, ...placesOf(window, n, m)];
  const input = { attributes: withInput(window), shape: (n: number, m: number, k: number) => [k, n + 1, m + 1] };
  return [
    { kernel: kernels.maxPoolIndex, inputs: (n, m, k) => ({ x: x(n, m, k) }), attributes, shape },
    { kernel: kernels.maxPoolIndex, inputs: (n, m, k) => ({ x: coarse(x(n, m, k)) }), attributes, shape },
    {
      kernel: kernels.maxPool,
      inputs: (n, m, k) => ({ x: x(n, m, k), index: indexOf(window, n, m, k) }),
      attributes,
      shape,
    },
    {
      kernel: kernels.maxPoolBackward,
      inputs: (n, m, k) => ({ delta: each(shape(n, m, k)), index: indexOf(window, n, m, k) }),
      ...input,
    },
    { kernel: kernels.averagePool, inputs: (n, m, k) => ({ x: x(n, m, k) }), attributes, shape },
    { kernel: kernels.averagePoolBackward, inputs: (n, m, k) => ({ delta: each(shape(n, m, k)) }), ...input },
  ];
});

const ofWholeMaps: readonly Case[] = [
  { kernel: kernels.channelMean, inputs: (n, m, k) => ({ x: each([k, n, m]) }), shape: (_n, _m, k) => [k] },
  {
    kernel: kernels.channelMeanBackward,
    inputs: (_n, _m, k) => ({ delta: each([k]) }),
    attributes: (n, m, k) => ({ input: [k, n, m] }),
    shape: (n, m, k) => [k, n, m],
  },
  { kernel: kernels.identity, inputs: (n, m) => ({ x: each([n, m]) }), shape: (n, m) => [n, m] },
  { kernel: kernels.hadamard, inputs: (n, m) => ({ x: each([n, m]), y: each([n, m]) }), shape: (n, m) => [n, m] },
  {
    kernel: kernels.dropoutMask,
    inputs: () => ({ step: { ...one([]), value: (_index, uniform) => 1 + Math.floor(9 * uniform) } }),
    attributes: (n, m, k) => ({ seed: 7, layer: n, rate: 0.4, shape: [k, n, m] }),
    shape: (n, m, k) => [k, n, m],
  },
];

/** Of features, and of feature maps. */
const ofNormalization = [
  (_n: number, _m: number, k: number) => [k],
  (n: number, m: number, k: number) => [k, n, m],
].flatMap((shape): Case[] => {
  const channels = (_n: number, _m: number, k: number) => [k];
  const variance = (k: number) => one([k], [0.1, 2]);
  const attributes = () => ({ epsilon: 1e-3 });
  return [
    { kernel: kernels.channelBiasGradient, inputs: (n, m, k) => ({ delta: each(shape(n, m, k)) }), shape: channels },
    {
      kernel: kernels.channelWeightGradient,
      inputs: (n, m, k) => ({ delta: each(shape(n, m, k)), x: each(shape(n, m, k)) }),
      shape: channels,
    },
    { kernel: kernels.batchMean, inputs: (n, m, k) => ({ x: each(shape(n, m, k)) }), shape: channels },
    {
      kernel: kernels.batchVariance,
      inputs: (n, m, k) => ({ x: each(shape(n, m, k)), mean: one([k]) }),
      shape: channels,
    },
    {
      kernel: kernels.normalize,
      inputs: (n, m, k) => ({ x: each(shape(n, m, k)), mean: one([k]), variance: variance(k) }),
      attributes,
      shape,
    },
    {
      kernel: kernels.scaleChannels,
      inputs: (n, m, k) => ({ x: each(shape(n, m, k)), weight: one([k]), bias: one([k]) }),
      shape,
    },
    {
      kernel: kernels.normalizationBackward,
      inputs: (n, m, k) => ({
        delta: each(shape(n, m, k)),
        normalized: each(shape(n, m, k)),
        variance: variance(k),
        weight: one([k]),
        weightGradient: one([k]),
        biasGradient: one([k]),
      }),
      attributes,
      shape,
    },
  ];
});

const ofStatistics = [kernels.runningMean, kernels.runningVariance].map(
  (kernel): Case => ({
    kernel,
    inputs: (_n, _m, k) => ({ running: one([k]), value: one([k]) }),
    attributes: (n, m) => ({ momentum: 0.1, pixels: n * m }),
    shape: (_n, _m, k) => [k],
  }),
);

export const layerKernelCases: readonly Case[] = [
  ...ofConvolutions,
  ...ofPooling,
  ...ofWholeMaps,
  ...ofNormalization,
  ...ofStatistics,
];
