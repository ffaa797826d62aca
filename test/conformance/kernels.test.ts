// Every kernel against its own symbolic form. A kernel without a case fails here.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attributes, Kernel, Operand, View } from '../../src/kernels/index.ts';
import * as kernels from '../../src/kernels/index.ts';
import { sampleIndex } from '../../src/kernels/index.ts';
import { indexOf, offsetOf, type Random, random, type Shape, sizeOf, streams } from '../../src/memory/index.ts';
import {
  type Element,
  evaluate,
  type Index,
  showMatrix,
  substituteIndex,
  type Values,
} from '../../src/symbolic/index.ts';
import { type Input, kernelCases } from './kernel-cases.ts';
import { layerKernelCases } from './layer-kernel-cases.ts';
import { magnitude } from './magnitude.ts';

const samples = 3;
const cases = [...kernelCases, ...layerKernelCases];

test('every exported kernel has a case', () => {
  const covered = new Set(cases.map(({ kernel }) => kernel.name));
  const exported = Object.entries(kernels).flatMap(([name, value]) =>
    typeof value === 'object' && 'run' in value ? [name] : [],
  );
  expect(exported.length).toBeGreaterThan(15);
  expect(exported.filter((name) => !covered.has(name))).toEqual([]);
});

test('no two kernels share a name', () => {
  const all = new Map<string, Kernel>();
  for (const { kernel } of cases) {
    expect(all.get(kernel.name) ?? kernel, kernel.name).toBe(kernel);
    all.set(kernel.name, kernel);
  }
});

describe.each(cases.map((each) => [each.kernel.name, each] as const))('%s', (_, { kernel, ...rest }) => {
  test('gives as many numbers as its shape rule says, each what its symbolic form says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.nat(99), (n, m, seed) => {
        const k = 1 + ((n + m) % 3);
        const shapes = rest.inputs(n, m, k);
        const attributes = rest.attributes?.(n, m, k) ?? {};
        const shape = kernel.shape(shapes, attributes);
        expect(shape).toEqual(rest.shape(n, m, k));
        const inputs = drawInputs(shapes, seed);
        // Two more numbers than needed show a kernel that writes too many; those inside are 999 until it writes them.
        const length = sizeOf(shape) * (kernel.perSample ? samples : 1);
        const out = new Float64Array(length + 2).fill(999);
        kernel.run(out, inputs, attributes, samples);
        expect([...out.subarray(length)]).toEqual([999, 999]);
        compare(kernel, shape, inputs, attributes, out);
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  test('prints its matrix form', () => {
    const names = Object.fromEntries(kernel.inputs.map((port) => [port, `the.${port}`]));
    const text = showMatrix(kernel.matrix(names, rest.attributes?.(2, 3, 2) ?? {}));
    expect(text).toMatch(/the\.\w/);
    expect(text).not.toMatch(/undefined|NaN|object/);
  });

  for (const port of kernel.inPlace ?? []) {
    test(`writes the same over its input ${port}`, () => {
      const attributes = rest.attributes?.(3, 2, 2) ?? {};
      const shapes = rest.inputs(3, 2, 2);
      const inputs = drawInputs(shapes, 7);
      const apart = new Float64Array(inputs[port].data.length);
      expect(sizeOf(kernel.shape(shapes, attributes))).toBe(sizeOf(shapes[port].shape));
      expect(kernel.perSample).toBe(shapes[port].perSample);
      kernel.run(apart, inputs, attributes, samples);
      kernel.run(inputs[port].data, inputs, attributes, samples);
      expect(inputs[port].data).toEqual(apart);
    });
  }
});

function drawInputs(shapes: Readonly<Record<string, Input>>, seed: number): Record<string, View> {
  const entries = Object.entries(shapes).map(([port, input], index): [string, View] => {
    const source = random(seed, streams.check, index);
    return [port, { shape: input.shape, perSample: input.perSample, data: draw(input, source) }];
  });
  return Object.fromEntries(entries);
}

function draw(
  { shape, perSample, domain: [low, high] = [-2, 2], value: special }: Input,
  source: Random,
): Float64Array {
  const value = (i: number) =>
    special?.(indexOf(shape, i % sizeOf(shape)), source.uniform(i)) ?? low + (high - low) * source.uniform(i);
  return Float64Array.from({ length: sizeOf(shape) * (perSample ? samples : 1) }, (_, i) => value(i));
}

function compare(
  kernel: Kernel,
  shape: Shape,
  inputs: Readonly<Record<string, View>>,
  attributes: Attributes,
  out: Float64Array,
): void {
  for (let s = 0; s < (kernel.perSample ? samples : 1); s++) {
    const values: Values = {
      samples,
      element: ({ slot, index, sample }) => {
        const { data, shape, perSample } = inputs[slot];
        const at = index.map((i) => numeral(i, slot));
        const row = perSample ? (sample === 's' ? s : numeral(sample ?? 's', slot)) : 0;
        return data[row * sizeOf(shape) + offsetOf(shape, at)];
      },
    };
    for (let i = 0; i < sizeOf(shape); i++) {
      const form = substituteIndex(kernel.element(indexOf(shape, i), operands(inputs), attributes), sampleIndex, s);
      const [found, wanted] = [out[s * sizeOf(shape) + i], evaluate(form, values)];
      const error = Math.abs(found - wanted);
      expect(error, `element ${i} of sample ${s}: ${found} where its form gives ${wanted}`).toBeLessThanOrEqual(
        1e-12 * magnitude(form, values),
      );
    }
  }
}

function operands(inputs: Readonly<Record<string, View>>): Record<string, Operand> {
  return Object.fromEntries(
    Object.entries(inputs).map(([slot, { shape, perSample }]) => {
      const at = (...index: readonly Index[]): Element => ({
        kind: 'element',
        slot,
        index,
        sample: perSample ? 's' : null,
      });
      return [slot, { slot, shape, perSample, at }];
    }),
  );
}

function numeral(index: Index, slot: string): number {
  if (typeof index === 'number') return index;
  throw new Error(`the index ${index} of ${slot} is bound by no sum`);
}
