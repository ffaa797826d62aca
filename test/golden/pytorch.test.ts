// Our gradients and optimizers against PyTorch's, from fixtures: nothing here runs Python.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { referenceBackend } from '../../src/backends/index.ts';
import { gradients, samplesOf } from '../../src/explain/index.ts';
import { networkFrom } from '../../src/formats/index.ts';
import { type Nested, toNested } from '../../src/memory/index.ts';
import type { Network } from '../../src/network/index.ts';
import * as optimizers from '../../src/optimizers/index.ts';
import type { Optimizer } from '../../src/optimizers/optimizer.ts';
import { compile, lower, slotOf } from '../../src/plan/index.ts';

interface Batch {
  readonly network: unknown;
  readonly inputs: number[][];
  readonly targets: number[][];
}

interface GradientCase extends Batch {
  readonly name: string;
  readonly saturated?: boolean;
  readonly loss: number;
  readonly 'loss.data': number;
  readonly 'loss.penalty': number;
  readonly outputs: number[][];
  readonly gradients: Record<string, Nested>;
  readonly deltas: Record<string, number[][]>;
}

interface OptimizerCase extends Batch {
  readonly optimizer: { readonly name: string } & Record<string, unknown>;
  readonly learningRate: number;
  readonly losses: number[];
  readonly final: Record<string, Nested>;
}

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
const gradientCases: GradientCase[] = JSON.parse(fixture('pytorch-gradients'));
const optimizerCases: OptimizerCase[] = JSON.parse(fixture('pytorch-optimizers'));

/** Equal to 1e-10, absolutely below 1 and relatively above. */
function expectClose(found: Nested, wanted: Nested, what: string): void {
  const [ours, theirs] = [flat(found), flat(wanted)];
  expect(ours.length, what).toBe(theirs.length);
  for (const [i, value] of theirs.entries()) {
    const error = Math.abs(ours[i] - value) / Math.max(1, Math.abs(value));
    expect(error, `${what}, number ${i}: ${ours[i]} where PyTorch has ${value}`).toBeLessThanOrEqual(1e-10);
  }
}

const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat));

/** The numbers of slots in the program that gradients are read from, simplified as in training, or as it was compiled. */
function slotsOf(net: Network, batch: Batch, keep: readonly string[], simplify: boolean): (slot: string) => number[] {
  const executable = referenceBackend().prepare(lower(compile(net), { keep, simplify }), batch.inputs.length);
  for (const [name, { data }] of Object.entries(net.parameters)) {
    if (executable.plan.places.has(name)) executable.write(name, data);
  }
  executable.run(samplesOf(net, batch), Uint32Array.from(batch.inputs.keys()));
  return (slot) => [...executable.read(slot)];
}

describe('gradients are those of PyTorch', () => {
  test('in 70 cases, saturated ones among them', () => {
    expect(gradientCases.length).toBe(70);
    expect(gradientCases.filter(({ saturated }) => saturated).length).toBe(8);
  });

  test.each(gradientCases.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const net = networkFrom(one.network, name);
    const ours = gradients(net, one);
    expectClose(ours.loss, one.loss, 'loss');
    expectClose(ours.outputs, one.outputs, 'outputs');
    expect(Object.keys(ours.gradients).sort()).toEqual(Object.keys(one.gradients).sort());
    for (const [parameter, tensor] of Object.entries(ours.gradients)) {
      expectClose(toNested(tensor), one.gradients[parameter], parameter);
    }
    const deltas = Object.keys(one.deltas);
    const penalty = one['loss.penalty'] === 0 ? [] : ['loss.penalty'];
    // Losses of saturated outputs only come out in their safe form.
    for (const simplify of one.saturated ? [true] : [true, false]) {
      const read = slotsOf(net, one, [...deltas, 'loss.data', ...penalty], simplify);
      for (const delta of deltas) expectClose(read(delta), one.deltas[delta], delta);
      expectClose(read('loss.data'), one['loss.data'], 'loss.data');
      for (const slot of penalty) expectClose(read(slot), one['loss.penalty'], slot);
    }
  });
});

describe('ten steps of an optimizer are those of PyTorch', () => {
  const makers: Readonly<Record<string, (options: Record<string, unknown>) => Optimizer>> = optimizers;
  const titles = [...new Set(optimizerCases.map(titleOf))];

  for (const title of titles) {
    const cases = optimizerCases.filter((one) => titleOf(one) === title);
    const { name } = cases[0].optimizer;
    if (!Object.hasOwn(makers, name)) {
      test.skip(`${title} (not in the house yet)`);
      continue;
    }
    test.each(cases.map((one, i) => [i, one] as const))(`${title}, network %i`, (_, one) => {
      const { name, ...settings } = one.optimizer;
      const net = networkFrom(one.network, title);
      const optimizer = makers[name]({ ...settings, learningRate: one.learningRate });
      const { losses, final } = train(net, one, optimizer, one.losses.length);
      expectClose(losses, one.losses, 'losses');
      for (const [parameter, values] of Object.entries(one.final)) {
        expectClose(final(parameter), flat(values), parameter);
      }
    });
  }

  test('every optimizer of the house is compared', () => {
    const compared = new Set(optimizerCases.map(({ optimizer }) => optimizer.name));
    expect(Object.keys(optimizers).filter((name) => !compared.has(name))).toEqual([]);
  });
});

function titleOf({ optimizer: { name, ...settings } }: OptimizerCase): string {
  return [name, ...Object.entries(settings).map(([key, value]) => `${key} ${value}`)].join(', ');
}

function train(net: Network, batch: Batch, optimizer: Optimizer, steps: number) {
  const program = compile(net, optimizer);
  const executable = referenceBackend().prepare(lower(program, { keep: ['loss'], carry: true }), batch.inputs.length);
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  executable.write('learningRate', [optimizer.learningRate]);
  const samples = samplesOf(net, batch);
  const rows = Uint32Array.from(batch.inputs.keys());
  const losses = Array.from({ length: steps }, (_, i) => {
    executable.runSteps(samples, rows, rows.length, i + 1);
    return executable.read('loss')[0];
  });
  return { losses, final: (name: string) => [...executable.read(slotOf(program, name).name)] };
}
