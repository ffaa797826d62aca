// Training whose samples count differently against PyTorch's, from fixtures: nothing here runs Python.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { wasmBackend } from '../../src/backends/index.ts';
import { datasetFromArrays } from '../../src/data/index.ts';
import { explain } from '../../src/explain/index.ts';
import { networkFrom } from '../../src/formats/index.ts';
import type { Nested } from '../../src/memory/index.ts';
import { sgd } from '../../src/optimizers/index.ts';
import type { FitOptions } from '../../src/train/index.ts';
import { train } from '../exact.ts';

interface Case {
  readonly name: string;
  readonly network: { readonly loss: string };
  readonly inputs: number[][];
  readonly targets: number[][];
  readonly labels: number[];
  readonly weights: number[];
  readonly classWeights: number[] | null;
  readonly learningRate: number;
  /** Before each step. */
  readonly losses: number[];
  readonly gradients: Record<string, Nested>;
  readonly final: Record<string, Nested>;
}

const file = new URL('fixtures/sample-weights.json', import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8'));
const named = cases.map((one) => [one.name, one] as const);
const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat));

function expectClose(found: ArrayLike<number>, wanted: Nested, tolerance: number, what: string): void {
  const theirs = flat(wanted);
  expect(found.length, what).toBe(theirs.length);
  for (const [i, value] of theirs.entries()) {
    const error = Math.abs(found[i] - value) / Math.max(1, Math.abs(value));
    expect(error, `${what}[${i}]: ${found[i]} where PyTorch has ${value}`).toBeLessThanOrEqual(tolerance);
  }
}

function dataOf({ network: { loss }, inputs, targets, labels, weights }: Case) {
  if (loss === 'meanSquared') return datasetFromArrays(inputs, targets, { weights });
  const classNames = [...'abc'].slice(0, Math.max(2, targets[0].length));
  return datasetFromArrays(
    inputs,
    labels.map((label) => classNames[label]),
    { classNames, weights },
  );
}

const optionsOf = ({ learningRate, losses, classWeights }: Case): FitOptions => ({
  optimizer: sgd({ learningRate }),
  epochs: losses.length,
  batch: 7,
  shuffle: false,
  ...(classWeights && { classWeights }),
});

describe('steps and losses are the same', () => {
  test.each(named)('%s', async (name, one) => {
    const { network, history } = await train(networkFrom(one.network, name), dataOf(one), optionsOf(one));
    expectClose(
      history.map(({ loss }) => loss),
      one.losses,
      1e-12,
      'loss',
    );
    for (const [slot, values] of Object.entries(one.final))
      expectClose(network.parameters[slot].data, values, 1e-12, slot);
  });

  test.each(named)('%s, in float32 on the wasm backend', async (name, one) => {
    const options = { ...optionsOf(one), backend: wasmBackend({ threads: 1 }) };
    const { network, history } = await train(networkFrom(one.network, name), dataOf(one), options);
    expectClose(
      history.map(({ loss }) => loss),
      one.losses,
      1e-5,
      'loss',
    );
    for (const [slot, values] of Object.entries(one.final))
      expectClose(network.parameters[slot].data, values, 1e-5, slot);
  });
});

test.each(named)('the derivation has the same gradients: %s', (name, one) => {
  const { inputs, targets, weights, classWeights, learningRate, losses } = one;
  const derivation = explain(networkFrom(one.network, name), {
    inputs,
    targets,
    weights,
    learningRate,
    ...(classWeights && { classWeights }),
  });
  expectClose(derivation.values('loss'), losses[0], 1e-12, 'loss');
  for (const [slot, values] of Object.entries(one.gradients))
    expectClose(derivation.values(`${slot}.grad`), values, 1e-12, slot);
  expect(derivation.after.find(({ id }) => id === 'after.1.loss')?.value).toBeCloseTo(losses[1], 12);
});
