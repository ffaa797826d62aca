// Every instruction beside its kernel's own float64 reference, on sizes that fit no vector, tile or panel.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as activations from '../../activations/index.ts';
import type { Attributes, Kernel } from '../../kernels/index.ts';
import * as kernels from '../../kernels/index.ts';
import { dense } from '../../layers/index.ts';
import * as losses from '../../losses/index.ts';
import type { Shape } from '../../memory/index.ts';
import { random, sizeOf, streams } from '../../memory/index.ts';
import { network } from '../../network/index.ts';
import { type Call, lower, type Plan, type Program, type Slot } from '../../plan/index.ts';
import { type Executable, referenceBackend } from '../index.ts';
import { wasmBackend } from './wasm.ts';

const wasm = wasmBackend({ threads: 1 });
afterAll(() => wasm.dispose?.());

/** A slot to be filled before a call. */
interface Operand {
  readonly shape: Shape;
  readonly perSample?: boolean;
  readonly values?: (i: number, uniform: number, normal: number) => number;
}

const host = network([dense(1)], { input: 1 });

/** A program of one call. The backends only look at its slots and calls. */
function programOf(kernel: Kernel, operands: Record<string, Operand>, attributes: Attributes): Plan {
  const slots = new Map<string, Slot>();
  for (const [port, { shape, perSample = false }] of Object.entries(operands)) {
    // Operands stand as parameters, or as the target: both are written from outside.
    slots.set(port, { name: port, shape, perSample, role: perSample ? 'input' : 'parameter' });
  }
  const shape = kernel.shape(Object.fromEntries([...slots].map(([name, slot]) => [name, slot])), attributes);
  slots.set('out', { name: 'out', shape, perSample: kernel.perSample, role: 'gradient' });
  const inputs = Object.fromEntries(Object.keys(operands).map((port) => [port, port]));
  const call: Call = { kernel, inputs, output: 'out', attributes, origin: { layer: 0, phase: 'forward' } };
  const program: Program = {
    network: host,
    slots,
    calls: [call],
    aliases: new Map(),
    carries: [],
    simplifications: [],
    output: 'out',
  };
  return lower(program, { keep: ['out'] });
}

const noData = {
  inputs: { count: 1, width: 0, values: new Float32Array(0), scale: 1 },
  targets: { count: 1, width: 0, values: new Float32Array(0), scale: 1 },
};

/** The output by both backends. */
function both(
  kernel: Kernel,
  operands: Record<string, Operand>,
  { samples = 1, attributes = {}, seed = 1 }: { samples?: number; attributes?: Attributes; seed?: number } = {},
) {
  const plan = programOf(kernel, operands, attributes);
  const numbers = random(seed, streams.check);
  let next = 0;
  const values = Object.entries(operands).map(([port, operand]): [string, Float32Array] => {
    const length = sizeOf(operand.shape) * (operand.perSample ? samples : 1);
    const value = operand.values ?? ((_i, _uniform, normal) => normal);
    return [port, Float32Array.from({ length }, (_, i) => value(i, numbers.uniform(next++), numbers.normal(next++)))];
  });
  const run = (executable: Executable) => {
    for (const [port, list] of values) executable.write(port, list);
    executable.run(noData, new Uint32Array(samples));
    return executable.read('out');
  };
  const executable = wasm.prepare(plan, samples);
  expect(executable.fallbacks).toEqual([]);
  const found = run(executable);
  executable.dispose();
  return { expected: run(referenceBackend().prepare(plan, samples)), found, inputs: Object.fromEntries(values) };
}

/** (8 + 2√K) · 2⁻²⁴ times the sum of the terms' sizes; what would be below 10⁻³⁶ may be 0. */
const bound = (terms: number, size: number) => (8 + 2 * Math.sqrt(terms)) * 2 ** -24 * size + 2e-36;

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, allowed: (i: number) => number) {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(found[i] - expected[i]);
    if (!(error <= allowed(i)))
      expect.fail(`element ${i}: ${found[i]} where ${expected[i]} is expected, ± ${allowed(i)}`);
  }
}

const size = fc.oneof(fc.constantFrom(1, 3, 4, 7, 17, 31, 32, 33, 64, 97), fc.integer({ min: 1, max: 70 }));
const few = fc.oneof(fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 10, 13), fc.integer({ min: 1, max: 40 }));
const seeds = fc.integer({ min: 0, max: 1e6 });
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 60 });

describe('products of matrices', () => {
  for (const withBias of [true, false]) {
    test(`${withBias ? 'affine' : 'weightedSum'} equals its reference`, () => {
      check(
        fc.property(size, size, few, seeds, (inputs, outputs, samples, seed) => {
          const operands: Record<string, Operand> = {
            weight: { shape: [outputs, inputs] },
            x: { shape: [inputs], perSample: true },
            ...(withBias && { bias: { shape: [outputs] } }),
          };
          const kernel: Kernel = withBias ? kernels.affine : kernels.weightedSum;
          const { expected, found, inputs: given } = both(kernel, operands, { samples, seed });
          const { weight, x, bias } = given;
          expectNear(found, expected, (i) => {
            const [s, j] = [Math.floor(i / outputs), i % outputs];
            let terms = bias === undefined ? 0 : Math.abs(bias[j]);
            for (let k = 0; k < inputs; k++) terms += Math.abs(weight[j * inputs + k] * x[s * inputs + k]);
            return bound(inputs, terms);
          });
        }),
      );
    });
  }

  test('backpropagate equals its reference', () => {
    check(
      fc.property(size, size, few, seeds, (inputs, outputs, samples, seed) => {
        const operands = { weight: { shape: [outputs, inputs] }, delta: { shape: [outputs], perSample: true } };
        const { expected, found, inputs: given } = both(kernels.backpropagate, operands, { samples, seed });
        expectNear(found, expected, (i) => {
          const [s, k] = [Math.floor(i / inputs), i % inputs];
          let terms = 0;
          for (let j = 0; j < outputs; j++) {
            terms += Math.abs(given.weight[j * inputs + k] * given.delta[s * outputs + j]);
          }
          return bound(outputs, terms);
        });
      }),
    );
  });

  test('weightGradient equals its reference', () => {
    check(
      fc.property(size, size, few, seeds, (inputs, outputs, samples, seed) => {
        const operands = { delta: { shape: [outputs], perSample: true }, x: { shape: [inputs], perSample: true } };
        const { expected, found, inputs: given } = both(kernels.weightGradient, operands, { samples, seed });
        expectNear(found, expected, (i) => {
          const [j, k] = [Math.floor(i / inputs), i % inputs];
          let terms = 0;
          for (let s = 0; s < samples; s++) {
            terms += Math.abs(given.delta[s * outputs + j] * given.x[s * inputs + k]) / samples;
          }
          return bound(samples, terms);
        });
      }),
    );
  });

  test('biasGradient equals its reference', () => {
    check(
      fc.property(size, few, seeds, (outputs, samples, seed) => {
        const operands = { delta: { shape: [outputs], perSample: true } };
        const { expected, found } = both(kernels.biasGradient, operands, { samples, seed });
        expectNear(found, expected, () => bound(samples, 4));
      }),
    );
  });
});

describe('activations', () => {
  const spread: Operand['values'] = (_i, uniform, normal) => (uniform < 0.1 ? 100 * normal : 4 * normal);
  for (const activation of Object.values(activations)) {
    test(`${activation.name} equals its reference, forward and backward`, () => {
      check(
        fc.property(size, few, seeds, (width, samples, seed) => {
          const z = { shape: [width], perSample: true, values: spread };
          const forward = both(activation.forward, { z }, { samples, seed });
          const isSoftmax = activation.name === 'softmax';
          // Φ(z) is a sum of two terms of up to ½, and z multiplies it.
          const scale = (i: number) => (activation.name === 'gelu' ? Math.abs(forward.inputs.z[i]) : 0);
          // A row's largest z is taken from the others before the exponential, which costs what is lost of their digits.
          const allowed = (i: number) => bound(isSoftmax ? width + 4000 : 1, Math.abs(forward.expected[i]) + scale(i));
          expectNear(forward.found, forward.expected, allowed);

          const a = { shape: [width], perSample: true, values: (i: number) => forward.expected[i] };
          const same = { shape: [width], perSample: true, values: (i: number) => forward.inputs.z[i] };
          const da = { shape: [width], perSample: true };
          const backward = both(activation.backward, { da, z: same, a }, { samples, seed });
          const sum = (i: number) => {
            const row = Math.floor(i / width) * width;
            let terms = 0;
            for (let j = 0; j < width; j++) terms += Math.abs(backward.inputs.da[row + j] * forward.expected[row + j]);
            return Math.abs(forward.expected[i]) * (terms + Math.abs(backward.inputs.da[i]));
          };
          expectNear(backward.found, backward.expected, (i) => {
            const z = Math.abs(forward.inputs.z[i]);
            const terms = isSoftmax ? sum(i) : Math.abs(backward.inputs.da[i]) * (2 + Math.min(z, 12));
            return bound(isSoftmax ? width : 1, terms);
          });
        }),
      );
    });
  }

  const sweep = (from: number, to: number): Operand => ({
    shape: [40_000],
    perSample: true,
    values: (i) => from + ((to - from) * i) / 40_000,
  });
  for (const { name, forward } of [activations.sigmoid, activations.tanh, activations.elu, activations.softplus]) {
    test(`${name} has a relative error of at most 3e-7 wherever its value is a normal number`, () => {
      for (const [from, to] of [
        [-87, 87],
        [-1, 1],
        [-1e-3, 1e-3],
      ]) {
        const { expected, found } = both(forward, { z: sweep(from, to) });
        expectNear(found, expected, (i) => 3e-7 * Math.abs(expected[i]) + 2e-38);
      }
    });
  }

  test('infinite and undefined weighted inputs give the limits and NaN', () => {
    const values = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
    const z: Operand = { shape: [3], perSample: true, values: (i) => values[i] };
    for (const [{ forward }, limits] of [
      [activations.sigmoid, [1, 0, Number.NaN]],
      [activations.tanh, [1, -1, Number.NaN]],
    ] as const) {
      expect(Array.from(both(forward, { z }).found)).toEqual(limits);
    }
  });
});

describe('losses', () => {
  const probability: Operand['values'] = (_i, uniform) => 0.001 + 0.998 * uniform;
  const target: Operand['values'] = (_i, uniform) => (uniform < 0.5 ? 0 : uniform > 0.75 ? 1 : uniform);
  for (const loss of Object.values(losses)) {
    test(`terms and gradient of ${loss.name} equal their references`, () => {
      check(
        fc.property(size, few, seeds, (width, samples, seed) => {
          const a = { shape: [width], perSample: true, values: probability };
          const y = { shape: [width], perSample: true, values: target };
          for (const kernel of [loss.terms, loss.gradient]) {
            const { expected, found, inputs } = both(kernel, { a, y }, { samples, seed });
            expectNear(found, expected, (i) => bound(1, Math.abs(expected[i]) + Math.abs(inputs.a[i]) + 1));
          }
        }),
      );
    });
  }

  test('weights of samples by their class equal their references', () => {
    check(
      fc.property(fc.integer({ min: 1, max: 9 }), size, few, seeds, (classes, width, samples, seed) => {
        const attributes = { weights: Array.from({ length: Math.max(2, classes) }, (_, i) => 0.5 + i) };
        const targets = { y: { shape: [classes], perSample: true } };
        const weights = both(kernels.classWeight, targets, { samples, attributes, seed });
        expectNear(weights.found, weights.expected, () => bound(classes, 40 * classes));
        const rows = { x: { shape: [width], perSample: true }, weight: { shape: [], perSample: true } };
        const weighted = both(kernels.weightedBySample, rows, { samples, seed });
        expectNear(weighted.found, weighted.expected, (i) => bound(1, Math.abs(weighted.expected[i])));
      }),
    );
  });

  test('the losses and errors that simplify with their activation equal their references', () => {
    check(
      fc.property(size, few, seeds, (width, samples, seed) => {
        const row = (values: Operand['values']): Operand => ({
          shape: [width],
          perSample: true,
          ...(values && { values }),
        });
        const logits = row((_i, _uniform, normal) => 10 * normal);
        for (const kernel of [kernels.crossEntropyFromLogits, kernels.logLikelihoodFromLogits]) {
          const { expected, found, inputs } = both(kernel, { z: logits, y: row(target) }, { samples, seed });
          expectNear(found, expected, (i) => bound(width, Math.abs(expected[i]) + Math.abs(inputs.z[i]) + 40));
        }
        const product = both(kernels.hadamard, { x: logits, y: row(target) }, { samples, seed });
        expectNear(product.found, product.expected, (i) => bound(1, Math.abs(product.expected[i])));
        for (const kernel of [kernels.outputError, kernels.softmaxOutputError]) {
          const { expected, found } = both(kernel, { a: row(probability), y: row(target) }, { samples, seed });
          expectNear(found, expected, (i) => bound(width, Math.abs(expected[i]) + width));
        }
        const { expected, found } = both(kernels.meanLoss, { terms: row(probability) }, { samples, seed });
        expectNear(found, expected, () => bound(width, expected[0]));
      }),
    );
  });
});

describe('updates', () => {
  const state: Operand['values'] = (_i, uniform) => uniform;
  const scalar = (value: number): Operand => ({ shape: [], values: () => value });
  /** Numbers of which every third is 0. */
  const signed = (shape: Shape): Operand => ({ shape, values: (i, _uniform, normal) => (i % 3 === 0 ? 0 : normal) });
  const cases: [Kernel, (shape: Shape) => Record<string, Operand>, Attributes][] = [
    [kernels.sgdUpdate, (shape) => ({ parameter: { shape }, gradient: { shape }, rate: scalar(0.3) }), {}],
    [
      kernels.momentumVelocity,
      (shape) => ({ velocity: { shape }, gradient: { shape }, rate: scalar(0.3) }),
      { momentum: 0.9 },
    ],
    [kernels.momentumUpdate, (shape) => ({ parameter: { shape }, velocity: { shape } }), {}],
    [kernels.adamFirstMoment, (shape) => ({ moment: { shape }, gradient: { shape } }), { beta: 0.9 }],
    [kernels.adamSecondMoment, (shape) => ({ moment: { shape, values: state }, gradient: { shape } }), { beta: 0.999 }],
    [kernels.adamCorrection, (shape) => ({ moment: { shape }, step: scalar(3) }), { beta: 0.999 }],
    [
      kernels.adamUpdate,
      (shape) => ({
        parameter: { shape },
        mean: { shape },
        square: { shape, values: state },
        rate: scalar(0.01),
      }),
      { epsilon: 1e-8 },
    ],
    [
      kernels.nesterovUpdate,
      (shape) => ({ parameter: { shape }, velocity: { shape }, gradient: { shape }, rate: scalar(0.3) }),
      { momentum: 0.9 },
    ],
    [kernels.weightDecay, (shape) => ({ parameter: { shape }, rate: scalar(0.3) }), { decay: 0.1 }],
    [kernels.adagradSum, (shape) => ({ sum: { shape, values: state }, gradient: { shape } }), {}],
    [kernels.bounded, (shape) => ({ x: { shape } }), { least: -0.5, most: 1 }],
    [kernels.scaledGradient, (shape) => ({ gradient: { shape }, scale: scalar(0.7) }), {}],
    [
      kernels.nadamMean,
      (shape) => ({
        ...{ moment: { shape }, gradient: { shape } },
        ...{ momentum: scalar(0.87), ahead: scalar(0.88), correction: scalar(0.3) },
      }),
      {},
    ],
    ...[1, 2].map((step): (typeof cases)[number] => [
      kernels.rpropStepSize,
      (shape) => ({
        ...{ stepSize: { shape, values: state }, gradient: signed(shape), previous: signed(shape) },
        ...{ rate: scalar(0.01), step: scalar(step) },
      }),
      { shrink: 0.5, grow: 1.2 },
    ]),
    [kernels.rpropGradient, (shape) => ({ gradient: signed(shape), previous: signed(shape) }), {}],
    [
      kernels.rpropUpdate,
      (shape) => ({ parameter: { shape }, gradient: signed(shape), stepSize: { shape, values: state } }),
      {},
    ],
    [kernels.penalizedGradient, (shape) => ({ gradient: { shape }, weight: { shape } }), { l2: 0.1, l1: 0.01 }],
  ];
  for (const [i, [kernel, operands, attributes]] of cases.entries()) {
    test(`${kernel.name} equals its reference, case ${i}`, () => {
      check(
        fc.property(size, size, seeds, (rows, columns, seed) => {
          const { expected, found } = both(kernel, operands([rows, columns]), { attributes, seed });
          expectNear(found, expected, (i) => bound(1, Math.abs(expected[i]) + 8));
        }),
      );
    });
  }

  test("NAdam's momentum and correction equal their references from the first step to the millionth", () => {
    for (const step of [1, 2, 10, 1000, 20_000, 1_000_000]) {
      for (const ahead of [0, 1]) {
        const momentum = both(
          kernels.nadamMomentum,
          { step: scalar(step) },
          { attributes: { ahead, beta: 0.9, decay: 0.004 } },
        );
        expectNear(momentum.found, momentum.expected, () => bound(1, 1));
      }
      const correction = { correction: scalar(1 - 1 / step), momentum: scalar(0.87) };
      const { expected, found } = both(kernels.nadamCorrection, correction);
      expectNear(found, expected, () => bound(1, 1));
    }
  });

  test('a gradient that is no number makes its parameter none under Rprop', () => {
    const shape = [1, 5];
    const { found } = both(kernels.rpropUpdate, {
      ...{ parameter: { shape }, stepSize: { shape } },
      gradient: { shape, values: (i) => (i === 3 ? Number.NaN : 1) },
    });
    expect(Array.from(found, Number.isNaN)).toEqual([false, false, false, true, false]);
  });

  test('the norm of gradients and what it scales by equal their references', () => {
    check(
      fc.property(size, size, seeds, (rows, columns, seed) => {
        const squares = both(kernels.sumOfSquares, { gradient: { shape: [rows, columns] } }, { seed });
        expectNear(squares.found, squares.expected, () => bound(256, squares.expected[0]));
        const norm = both(kernels.gradientNorm, { squares: scalar(1 + (seed % 9)) });
        expectNear(norm.found, norm.expected, () => bound(1, norm.expected[0]));
        const scale = both(kernels.clipScale, { norm: scalar(seed % 9) }, { attributes: { limit: 3 } });
        expectNear(scale.found, scale.expected, () => bound(1, 1));
      }),
    );
  });

  test('penalties and sums of single numbers equal their references', () => {
    check(
      fc.property(size, size, seeds, (rows, columns, seed) => {
        for (const kernel of [kernels.l1Penalty, kernels.l2Penalty]) {
          const operands = { weight: { shape: [rows, columns] } };
          const { expected, found } = both(kernel, operands, { attributes: { factor: 0.1 }, seed });
          expectNear(found, expected, () => bound(256, expected[0]));
        }
        const { expected, found } = both(kernels.addScalars, { x: scalar(0.1), y: scalar(0.7) }, { seed });
        expectNear(found, expected, () => bound(1, 1));
      }),
    );
  });
});
