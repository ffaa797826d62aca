// How each kernel may be called: shapes, where its numbers lie, attributes. A new kernel gets a line here; a new activation
// or loss none.
import type { Activation } from '../../src/activations/activation.ts';
import * as activations from '../../src/activations/index.ts';
import type { Attributes, Kernel } from '../../src/kernels/index.ts';
import * as kernels from '../../src/kernels/index.ts';
import * as losses from '../../src/losses/index.ts';
import type { Loss } from '../../src/losses/loss.ts';
import type { Shape } from '../../src/memory/index.ts';

/** One way to call a kernel, for axes of n, m and k. */
export interface Case {
  readonly kernel: Kernel;
  inputs(n: number, m: number, k: number): Readonly<Record<string, Input>>;
  attributes?(n: number, m: number, k: number): Attributes;
  shape(n: number, m: number, k: number): Shape;
}

export interface Input {
  readonly shape: Shape;
  readonly perSample: boolean;
  /** Where its numbers lie; −2 to 2 unless given. */
  readonly domain?: readonly [number, number];
  /** The number at an index, made from one between 0 and 1, where not every number of a domain will do. */
  value?(index: readonly number[], uniform: number): number;
}

export const each = (shape: Shape, domain?: readonly [number, number]): Input => ({
  shape,
  perSample: true,
  ...(domain && { domain }),
});
export const one = (shape: Shape, domain?: readonly [number, number]): Input => ({
  ...each(shape, domain),
  perSample: false,
});
const probability = [0.05, 0.95] as const;

/** Inputs that are single numbers, by what they are called, and where they lie. */
const scalars: Readonly<Record<string, readonly [number, number]>> = {
  rate: [0.01, 1],
  step: [1, 9],
  scale: [0, 1],
  squares: [0, 2],
  norm: [0, 2],
  correction: [0.1, 0.9],
  momentum: [0.8, 0.99],
  ahead: [0.8, 0.99],
};

/** A kernel of the update phase: every input of the parameter's shape [n, m], or one of the {@link scalars}. */
const update = (kernel: Kernel, attributes: Attributes = {}): Case => ({
  kernel,
  inputs: (n, m) =>
    Object.fromEntries(
      kernel.inputs.map((port) => {
        if (Object.hasOwn(scalars, port)) return [port, one([], scalars[port])];
        return [port, one([n, m], port === 'square' ? [0, 2] : [-2, 2])];
      }),
    ),
  attributes: () => attributes,
  shape: (n, m) => [n, m],
});

/** One that works on single numbers or sums up to one. */
const scalar = (kernel: Kernel, attributes: Attributes = {}): Case => ({
  ...update(kernel, attributes),
  shape: () => [],
});

const handed: readonly Case[] = [
  {
    kernel: kernels.affine,
    inputs: (n, m) => ({ weight: one([n, m]), x: each([m]), bias: one([n]) }),
    shape: (n) => [n],
  },
  { kernel: kernels.weightedSum, inputs: (n, m) => ({ weight: one([n, m]), x: each([m]) }), shape: (n) => [n] },
  {
    kernel: kernels.backpropagate,
    inputs: (n, m) => ({ weight: one([n, m]), delta: each([n]) }),
    shape: (_n, m) => [m],
  },
  {
    kernel: kernels.weightGradient,
    inputs: (n, m) => ({ delta: each([n]), x: each([m]) }),
    shape: (n, m) => [n, m],
  },
  { kernel: kernels.biasGradient, inputs: (n) => ({ delta: each([n]) }), shape: (n) => [n] },
  {
    kernel: kernels.reshape,
    inputs: (n, m, k) => ({ x: each([n, m, k]) }),
    attributes: (n, m, k) => ({ shape: [n * m * k] }),
    shape: (n, m, k) => [n * m * k],
  },
  {
    kernel: kernels.reshape,
    inputs: (n, m, k) => ({ x: each([n * m * k]) }),
    attributes: (n, m, k) => ({ shape: [n, m, k] }),
    shape: (n, m, k) => [n, m, k],
  },
  { kernel: kernels.addScalars, inputs: () => ({ x: one([]), y: one([]) }), shape: () => [] },
  { kernel: kernels.meanLoss, inputs: (n) => ({ terms: each([n]) }), shape: () => [] },
  {
    kernel: kernels.l2Penalty,
    inputs: (n, m, k) => ({ weight: one([n, m, k]) }),
    attributes: () => ({ factor: 0.3 }),
    shape: () => [],
  },
  {
    kernel: kernels.l1Penalty,
    inputs: (n, m) => ({ weight: one([n, m]) }),
    attributes: () => ({ factor: 0.3 }),
    shape: () => [],
  },
  ...[
    { l1: 0.1, l2: 0 },
    { l1: 0, l2: 0.2 },
    { l1: 0.1, l2: 0.2 },
  ].map((attributes) => update(kernels.penalizedGradient, attributes)),
  update(kernels.sgdUpdate),
  update(kernels.momentumVelocity, { momentum: 0.9 }),
  update(kernels.momentumUpdate),
  update(kernels.nesterovUpdate, { momentum: 0.9 }),
  update(kernels.adagradSum),
  update(kernels.weightDecay, { decay: 0.01 }),
  ...[0, 1].map((ahead) => scalar(kernels.nadamMomentum, { beta: 0.9, decay: 0.004, ahead })),
  scalar(kernels.nadamCorrection),
  update(kernels.nadamMean),
  // Its first step and later ones, before and after a change of sign.
  ...[1, 2].flatMap((step) =>
    [2, 0].map(
      (size): Case => ({
        kernel: kernels.rpropStepSize,
        inputs: (n, m) => ({
          stepSize: one([n, m], probability),
          gradient: one([n, m]),
          previous: one([n, m], [-size, size]),
          rate: one([], [0.01, 1]),
          step: one([], [step, step]),
        }),
        attributes: () => ({ shrink: 0.5, grow: 1.2 }),
        shape: (n, m) => [n, m],
      }),
    ),
  ),
  update(kernels.rpropGradient),
  update(kernels.rpropUpdate),
  update(kernels.bounded, { least: -0.5, most: 0.5 }),
  scalar(kernels.sumOfSquares),
  scalar(kernels.gradientNorm),
  scalar(kernels.clipScale, { limit: 1 }),
  update(kernels.scaledGradient),
  ...[1, 3].map(
    (classes): Case => ({
      kernel: kernels.classWeight,
      inputs: () => ({ y: each([classes], [0, 1]) }),
      attributes: () => ({ weights: [0.5, 2, 3].slice(0, Math.max(2, classes)) }),
      shape: () => [],
    }),
  ),
  {
    kernel: kernels.weightedBySample,
    inputs: (n, m) => ({ x: each([n, m]), weight: each([]) }),
    shape: (n, m) => [n, m],
  },
  update(kernels.adamFirstMoment, { beta: 0.9 }),
  update(kernels.adamSecondMoment, { beta: 0.999 }),
  update(kernels.adamCorrection, { beta: 0.999 }),
  update(kernels.adamUpdate, { epsilon: 1e-8 }),
];

const ofActivations = Object.values<Activation>(activations).flatMap((activation): Case[] => [
  { kernel: activation.forward, inputs: (n) => ({ z: each([n]) }), shape: (n) => [n] },
  {
    kernel: activation.backward,
    inputs: (n) => ({ da: each([n]), z: each([n]), a: each([n]) }),
    shape: (n) => [n],
  },
]);

const ofLosses = Object.values<Loss>(losses).flatMap((loss): Case[] => {
  const bounded = loss.outputs !== undefined || loss.activation !== undefined;
  const outputs = (n: number) => ({ a: each([n], bounded ? probability : [-2, 2]), y: each([n], probability) });
  return [
    { kernel: loss.terms, inputs: outputs, shape: (n) => [n] },
    { kernel: loss.gradient, inputs: outputs, shape: (n) => [n] },
    ...loss.simplifications.flatMap(({ terms, delta }): Case[] => [
      { kernel: terms, inputs: (n) => ({ z: each([n]), y: each([n], probability) }), shape: (n) => [n] },
      { kernel: delta, inputs: outputs, shape: (n) => [n] },
    ]),
  ];
});

/** Every case of every kernel. */
export const kernelCases = [...handed, ...ofActivations, ...ofLosses];
