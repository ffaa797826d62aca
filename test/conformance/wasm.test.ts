// The wasm backend beside the reference: every kernel of images and normalization, and every program the house can build.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type Backend, type Executable, referenceBackend, wasmBackend } from '../../src/backends/index.ts';
import { drawBatch, samplesOf } from '../../src/explain/index.ts';
import type { Attributes, Kernel } from '../../src/kernels/index.ts';
import * as kernels from '../../src/kernels/index.ts';
import { indexOf, random, type Shape, sizeOf, streams } from '../../src/memory/index.ts';
import type { Network } from '../../src/network/index.ts';
import { adam, momentum, sgd } from '../../src/optimizers/index.ts';
import type { Optimizer } from '../../src/optimizers/optimizer.ts';
import { compile, lower } from '../../src/plan/index.ts';
import { networkCases } from './cases.ts';
import type { Input } from './kernel-cases.ts';
import { layerKernelCases } from './layer-kernel-cases.ts';
import { type Filled, runCall } from './single-call.ts';

const wasm = wasmBackend({ threads: 1 });
const reference = referenceBackend();
afterAll(() => wasm.dispose?.());

/** What a sum of `terms` float32 products, whose sizes add up to `size`, may be off by. */
const bound = (terms: number, size: number) => (8 + 2 * Math.sqrt(terms)) * 2 ** -24 * size + 2e-36;

function drawInputs(shapes: Readonly<Record<string, Input>>, samples: number, seed: number): Record<string, Filled> {
  const entries = Object.entries(shapes).map(([port, input], number): [string, Filled] => {
    const source = random(seed, streams.check, number);
    const { shape, perSample, domain: [low, high] = [-2, 2], value } = input;
    const draw = (_: unknown, i: number) =>
      value?.(indexOf(shape, i % sizeOf(shape)), source.uniform(i)) ?? low + (high - low) * source.uniform(i);
    const data = Float32Array.from({ length: sizeOf(shape) * (perSample ? samples : 1) }, draw);
    return [port, { shape, perSample, data }];
  });
  return Object.fromEntries(entries);
}

/** The inputs without their signs: what the sizes of a sum's terms come to. */
const sizes = (inputs: Readonly<Record<string, Filled>>) =>
  Object.fromEntries(
    Object.entries(inputs).map(([port, input]) => [port, { ...input, data: Array.from(input.data, Math.abs) }]),
  );

/** Kernels whose result is one of their inputs, or does not round: they must agree to the bit. */
const exact: ReadonlySet<Kernel> = new Set<Kernel>([
  kernels.maxPoolIndex,
  kernels.maxPool,
  kernels.identity,
  kernels.reshape,
]);

/** Kernels that are sums of products: the sizes of their terms are known by the reference itself. */
const sums: ReadonlySet<Kernel> = new Set<Kernel>([
  kernels.convolution,
  kernels.convolutionWithoutBias,
  kernels.convolutionBackward,
  kernels.convolutionWeightGradient,
  kernels.maxPoolBackward,
  kernels.averagePool,
  kernels.averagePoolBackward,
  kernels.channelMean,
  kernels.channelMeanBackward,
  kernels.channelBiasGradient,
  kernels.channelWeightGradient,
  kernels.batchMean,
  kernels.hadamard,
]);

function compare(
  kernel: Kernel,
  inputs: Record<string, Filled>,
  attributes: Attributes,
  samples: number,
  terms: number,
): void {
  const found = runCall(wasm, kernel, inputs, attributes, samples);
  const { out: expected } = runCall(reference, kernel, inputs, attributes, samples);
  expect(found.fallbacks).toEqual([]);
  expect(found.out.length).toBe(expected.length);
  const size = sums.has(kernel) ? runCall(reference, kernel, sizes(inputs), attributes, samples).out : undefined;
  for (let i = 0; i < expected.length; i++) {
    const other = kernel === kernels.dropoutMask ? 2 ** -24 * expected[i] : bound(terms, Math.abs(expected[i]) + 40);
    const allowed = exact.has(kernel) ? 2 ** -24 * Math.abs(expected[i]) : size ? bound(terms, size[i]) : other;
    if (!(Math.abs(found.out[i] - expected[i]) <= allowed)) {
      expect.fail(`${kernel.name}, element ${i}: ${found.out[i]} where ${expected[i]} is expected, ± ${allowed}`);
    }
  }
}

describe.each(layerKernelCases.map((each) => [each.kernel.name, each] as const))('%s', (_, { kernel, ...rest }) => {
  test('equals its reference on small shapes', () => {
    const small = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(small, small, small, fc.integer({ min: 1, max: 5 }), fc.nat(99), (n, m, k, samples, seed) => {
        if (kernel === kernels.runningVariance && samples === 1) return;
        const inputs = drawInputs(rest.inputs(n, m, k), samples, seed);
        compare(kernel, inputs, rest.attributes?.(n, m, k) ?? {}, samples, 100 * samples);
      }),
      { numRuns: 40 },
    );
  });
});

describe('convolutions of any shape', () => {
  const length = fc.integer({ min: 3, max: 12 });
  const short = fc.integer({ min: 1, max: 4 });
  const padding = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2));
  const shapes = fc.record({
    channels: fc.oneof(fc.constantFrom(1, 3, 4, 8, 16), fc.integer({ min: 1, max: 20 })),
    filters: fc.oneof(fc.constantFrom(1, 4, 8, 31, 32, 33, 36, 64), fc.integer({ min: 1, max: 70 })),
    image: fc.tuple(length, length),
    size: fc.tuple(short, short),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    padding,
    samples: fc.integer({ min: 1, max: 7 }),
    seed: fc.nat(999),
  });
  const each = (shape: Shape): Input => ({ shape, perSample: true });
  const one = (shape: Shape): Input => ({ shape, perSample: false });

  test('equal their references forward, back to the image, and in the gradient of their weights', () => {
    fc.assert(
      fc.property(shapes, ({ channels, filters, image, size, stride, padding, samples, seed }) => {
        const attributes = { size, stride, padding };
        const input = [channels, ...image];
        const weight = one([filters, channels, ...size]);
        const [x, bias] = [each(input), one([filters])];
        const shape = kernels.convolution.shape({ weight, x, bias }, attributes);
        if (shape.some((axis) => axis === 0)) return;
        const delta = each(shape);
        const terms = sizeOf(weight.shape);
        const run = (kernel: Kernel, inputs: Record<string, Input>, more: Attributes, terms: number) =>
          compare(kernel, drawInputs(inputs, samples, seed), { ...attributes, ...more }, samples, terms);
        run(kernels.convolution, { weight, x, bias }, {}, terms / filters);
        run(kernels.convolutionBackward, { weight, delta }, { input }, terms / channels);
        run(kernels.convolutionWeightGradient, { delta, x }, {}, samples * shape[1] * shape[2]);
        run(kernels.channelBiasGradient, { delta }, {}, samples * shape[1] * shape[2]);
      }),
      { numRuns: 80 },
    );
  });
});

test('a dropout mask is the reference’s to the bit, for long steps and large seeds', () => {
  for (const [seed, layer, step] of [
    [0, 0, 1],
    [2 ** 53 - 1, 3, 16_000_000],
    [12345678901, 17, 70_000],
  ]) {
    for (const shape of [[5], [3, 4, 5], [1, 7, 3], [129]]) {
      const attributes = { seed, layer, rate: 0.3, shape };
      const inputs = { step: { shape: [], perSample: false, data: [step] } };
      const [found, expected] = [wasm, reference].map(
        (backend) => runCall(backend, kernels.dropoutMask, inputs, attributes, 6).out,
      );
      expect(Array.from(found)).toEqual(Array.from(expected, Math.fround));
    }
  }
});

describe('programs of every layer', () => {
  const makers: readonly (() => Optimizer)[] = [sgd, momentum, adam];
  // A cross-entropy of an output that is exactly 0 or 1 is cut off at the smallest number, which is another in float32.
  const certain = ({ activation }: Network['layers'][number]) =>
    ['step', 'softmax', 'relu'].includes(activation?.name ?? '');
  const cases = networkCases().filter(
    ({ net }) =>
      net.layers.some(({ type }) => type !== 'dense') &&
      !(net.loss.name === 'crossEntropy' && certain(net.layers[net.layers.length - 1])),
  );

  test.each(cases.map(({ name, net }) => [name, net] as const))('%s', (name, net) => {
    const optimizer = makers[name.length % makers.length]();
    for (const keep of [['loss'], everySlot(net, optimizer)]) {
      const [expected, found] = [reference, wasm].map((backend) => twoSteps(backend, net, optimizer, keep));
      expect(found.executable.fallbacks).toEqual([]);
      for (const [slot, values] of found.values) expectNear(values, expected.values.get(slot) ?? [], slot);
      found.executable.dispose();
    }
  });
});

function everySlot(net: Network, optimizer: Optimizer): string[] {
  return [...compile(net, optimizer).slots.keys()].filter((name) => !name.endsWith('.corrected'));
}

function twoSteps(backend: Backend, net: Network, optimizer: Optimizer, keep: readonly string[]) {
  const program = compile(net, optimizer);
  const executable: Executable = backend.prepare(lower(program, { keep, carry: true }), 3);
  for (const [name, { data }] of Object.entries(net.parameters)) {
    if (executable.plan.places.has(name)) executable.write(name, data);
  }
  if (executable.plan.places.has('learningRate')) executable.write('learningRate', [0.01]);
  const samples = samplesOf(net, drawBatch(net, 1));
  executable.runSteps(samples, Uint32Array.of(0, 1, 2, 0, 1, 2), 3, 1);
  const slots = [...keep, ...Object.keys(net.parameters).filter((name) => executable.plan.places.has(name))];
  return { executable, values: new Map(slots.map((slot) => [slot, executable.read(slot)])) };
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, slot: string): void {
  const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 0.1);
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i] - expected[i]) <= 1e-3 * scale)) {
      expect.fail(`element ${i} of ${slot}: ${found[i]} where ${expected[i]} is expected`);
    }
  }
}
