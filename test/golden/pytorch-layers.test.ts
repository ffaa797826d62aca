// Convolutions, pooling and batch normalization against PyTorch's, from fixtures: nothing here runs Python.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { referenceBackend } from '../../src/backends/index.ts';
import { gradients, samplesOf } from '../../src/explain/index.ts';
import { networkFrom } from '../../src/formats/index.ts';
import { type Nested, toNested } from '../../src/memory/index.ts';
import { type Network, withParameters } from '../../src/network/index.ts';
import { sgd } from '../../src/optimizers/index.ts';
import { compile, lower, slotOf } from '../../src/plan/index.ts';
import { evaluate, predict } from '../exact.ts';

interface Case {
  readonly name: string;
  readonly network: unknown;
  readonly inputs: Nested[];
  readonly targets: Nested[];
  readonly loss: number;
  readonly outputs: Nested;
  readonly gradients: Record<string, Nested>;
  readonly deltas: Record<string, number[][]>;
  readonly learningRate: number;
  readonly losses: number[];
  /** Parameters and running statistics after three steps, and what the network then predicts. */
  readonly final: Record<string, Nested>;
  readonly prediction: { readonly loss: number; readonly outputs: Nested };
}

const fixture = readFileSync(new URL('fixtures/pytorch-layers.json', import.meta.url), 'utf8');
const cases: Case[] = JSON.parse(fixture);

/** Equal to 1e-9, absolutely below 1 and relatively above. */
function expectClose(found: Nested, wanted: Nested, what: string): void {
  const [ours, theirs] = [flat(found), flat(wanted)];
  expect(ours.length, what).toBe(theirs.length);
  for (const [i, value] of theirs.entries()) {
    const error = Math.abs(ours[i] - value) / Math.max(1, Math.abs(value));
    expect(error, `${what}, number ${i}: ${ours[i]} where PyTorch has ${value}`).toBeLessThanOrEqual(1e-9);
  }
}

const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat));

test('every layer of images and batch normalization is compared', () => {
  const text = JSON.stringify(cases.map(({ network }) => network));
  for (const type of ['conv2d', 'maxPool2d', 'avgPool2d', 'globalAvgPool2d', 'batchNorm', 'activation']) {
    expect(text).toContain(`"${type}"`);
  }
});

describe.each(cases.map((one) => [one.name, one] as const))('%s', (name, one) => {
  const net = networkFrom(one.network, name);

  test('loss, outputs and gradients are those of PyTorch', () => {
    const ours = gradients(net, one);
    expectClose(ours.loss, one.loss, 'loss');
    expectClose(ours.outputs, one.outputs, 'outputs');
    expect(Object.keys(ours.gradients).sort()).toEqual(Object.keys(one.gradients).sort());
    for (const [parameter, tensor] of Object.entries(ours.gradients)) {
      expectClose(toNested(tensor), one.gradients[parameter], parameter);
    }
  });

  test('every δ is', () => {
    const deltas = Object.keys(one.deltas);
    const executable = prepare(net, one, deltas);
    executable.runSteps(samplesOf(net, one), Uint32Array.from(one.inputs.keys()), one.inputs.length, 1);
    for (const delta of deltas) expectClose([...executable.read(delta)], one.deltas[delta], delta);
  });

  test('three steps, running statistics and the prediction after them are', () => {
    const { losses, trained } = threeSteps(net, one);
    expectClose(losses, one.losses, 'losses');
    for (const [parameter, values] of Object.entries(one.final)) {
      expectClose(toNested(trained.parameters[parameter]), values, parameter);
    }
    expectClose(predict(trained, one.inputs), one.prediction.outputs, 'predictions');
    const flatTargets = one.targets.map(flat);
    const { loss } = evaluate(trained, { inputs: one.inputs, targets: flatTargets });
    expectClose(loss, one.prediction.loss, 'loss of the prediction');
  });
});

function prepare(net: Network, { inputs, learningRate }: Case, keep: readonly string[]) {
  const program = compile(net, sgd({ learningRate }));
  const executable = referenceBackend().prepare(lower(program, { keep, carry: true }), inputs.length);
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  executable.write('learningRate', [learningRate]);
  return executable;
}

function threeSteps(net: Network, one: Case) {
  const executable = prepare(net, one, ['loss']);
  const losses = [1, 2, 3].map((step) => {
    executable.runSteps(samplesOf(net, one), Uint32Array.from(one.inputs.keys()), one.inputs.length, step);
    return executable.read('loss')[0];
  });
  const parameters = Object.entries(net.parameters).map(([name, { shape }]) => [
    name,
    { shape, data: executable.read(slotOf(executable.plan.program, name).name) },
  ]);
  return { losses, trained: withParameters(net, Object.fromEntries(parameters)) };
}
