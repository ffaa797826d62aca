// Clipped gradients: the numbers of PyTorch's clip_grad_norm_ and clip_grad_value_, and what is trained with them.
import { describe, expect, test } from 'vitest';
import { referenceBackend } from '../backends/index.ts';
import { explain, gradients, samplesOf } from '../explain/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { compile, lower } from '../plan/index.ts';
import { clipped } from './clipped.ts';
import { adam, momentum, sgd } from './index.ts';
import type { Clip } from './optimizer.ts';

const parameters = { 'layers.0.weight': [[1, -2]], 'layers.0.bias': [0.5] };
const neuron = (frozen: readonly string[] = []) => network([dense(1)], { input: 2, parameters, frozen });
const batch = {
  inputs: [
    [3, 1],
    [-1, 2],
  ],
  targets: [[0], [1]],
};

/** The parameters after one step of gradient descent with η = 0.1. */
function afterOneStep(limit: Clip, net = neuron()): number[] {
  const optimizer = clipped(sgd({ learningRate: 0.1 }), limit);
  const executable = referenceBackend().prepare(lower(compile(net, optimizer), { keep: ['loss'], carry: true }), 2);
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  executable.write('learningRate', [0.1]);
  executable.runSteps(samplesOf(net, batch), Uint32Array.of(0, 1), 2, 1);
  return [...executable.read('layers.0.weight'), ...executable.read('layers.0.bias')];
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 6);
}

describe('one step with the gradient 5, −4.75 and −2', () => {
  // PyTorch adds 1e-6 to the norm it divides by: equal to six decimals.
  test('clipped by norm has the length of the limit', () => {
    const gradient = [1.3926210537062156, -1.3229900010209048, -0.5570484214824862];
    expectClose(afterOneStep({ norm: 2 }), [1 - 0.1 * gradient[0], -2 - 0.1 * gradient[1], 0.5 - 0.1 * gradient[2]]);
  });

  test('clipped by value has no number beyond the limit', () => {
    expectClose(afterOneStep({ value: 1.5 }), [0.85, -1.85, 0.65]);
  });

  test('is as it was where the limit is not reached', () => {
    expectClose(afterOneStep({ norm: 100 }), [0.5, -1.525, 0.7]);
    expectClose(afterOneStep({ value: 100 }), [0.5, -1.525, 0.7]);
  });

  test('leaves frozen parameters out of the norm', () => {
    const [g0, g1] = [5, -4.75].map((g) => (2 * g) / Math.hypot(5, -4.75));
    expectClose(afterOneStep({ norm: 2 }, neuron(['layers.0.bias'])), [1 - 0.1 * g0, -2 - 0.1 * g1, 0.5]);
  });
});

test('lowering keeps the values of clipped steps, to the last bit', () => {
  const net = network([dense(3, 'tanh'), dense(2)], { input: 2, seed: 3 });
  const targets = [
    [0, 3],
    [1, -2],
  ];
  const samples = samplesOf(net, { inputs: batch.inputs, targets });
  for (const limit of [{ norm: 0.1 }, { value: 0.05 }]) {
    for (const optimizer of [sgd(), momentum(), adam()]) {
      const program = compile(net, clipped(optimizer, limit));
      const prepared = (keep: readonly string[], carry: boolean) => {
        const executable = referenceBackend().prepare(lower(program, { keep, carry }), 2);
        for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
        executable.write('learningRate', [0.1]);
        executable.runSteps(samples, Uint32Array.of(0, 1), 2, 1);
        return executable;
      };
      const [lowered, canonical] = [prepared(['loss'], true), prepared([...program.slots.keys()], false)];
      for (const { from, to } of program.carries) expect(lowered.read(to), to).toEqual(canonical.read(from));
    }
  }
});

test('the derivation shows the norm, the scale and each clipped gradient, and its gradients are unclipped', () => {
  const net = neuron();
  const { steps } = explain(net, { ...batch, optimizer: clipped(sgd({ learningRate: 0.1 }), { norm: 2 }) });
  const value = (id: string) => steps.find((step) => step.id === id)?.value;
  const unclipped = gradients(net, batch).gradients['layers.0.weight'].data;
  expect(value('layers.0.weight.grad[0,0]')).toBe(unclipped[0]);
  expect(value('gradient.norm')).toBeCloseTo(Math.hypot(5, -4.75, -2), 12);
  expect(value('gradient.scale')).toBeCloseTo(2 / Math.hypot(5, -4.75, -2), 12);
  expect(value('layers.0.weight.grad.clipped[0,1]')).toBeCloseTo((-4.75 * 2) / Math.hypot(5, -4.75, -2), 12);
});

test('a limit is one number above 0', () => {
  expect(() => clipped(sgd(), { value: 0 })).toThrow('clipped.value is 0; it must be above 0.');
  expect(() => clipped(sgd(), { value: 1, norm: 1 })).toThrow('clipped has two limits; give either value or norm.');
});
