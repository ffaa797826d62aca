// Every derivation against the program it is of: each of its expressions, evaluated from its own leaves, is what the slot holds.
import { describe, expect, test } from 'vitest';
import * as activations from '../../src/activations/index.ts';
import { drawBatch } from '../../src/explain/check-batch.ts';
import type { Derivation, Step } from '../../src/explain/derivation.ts';
import { explain } from '../../src/explain/explain.ts';
import * as layers from '../../src/layers/index.ts';
import * as losses from '../../src/losses/index.ts';
import { layerShapes, type Network } from '../../src/network/index.ts';
import * as optimizers from '../../src/optimizers/index.ts';
import type { Optimizer } from '../../src/optimizers/optimizer.ts';
import { type Expression, evaluate } from '../../src/symbolic/index.ts';
import { finite, type NetworkCase, networkCases } from './cases.ts';
import { magnitude } from './magnitude.ts';

const makers = Object.values<() => Optimizer>(optimizers);
const counts = [1, 2, 3];

/**
 * Networks by layer's sample and loss. Activations and penalties take turns in them from one to the next and from one batch
 * size to the next: every network is gone through, with one optimizer and batch size, in programs.test.ts.
 */
const groups = new Map<string, NetworkCase[]>();
for (const one of networkCases().filter(finite)) {
  const name = `${one.sample}, ${one.net.loss.name}`;
  groups.set(name, [...(groups.get(name) ?? []), one]);
}

const cases = [...groups].flatMap(([name, alike], turn) =>
  counts.map((samples, i) => {
    const penalized = alike.filter(({ net }) => penaltyOf(net) === penaltyOf(alike[(turn + i) % 3].net));
    const { net } = penalized[(turn + i) % penalized.length];
    return { name: `${name}, ${samples} of ${activationsOf(net)} with ${penaltyOf(net)}`, net, samples };
  }),
);

function penaltyOf({ l1, l2 }: Network): string {
  return `l1 ${l1} and l2 ${l2}`;
}

function activationsOf({ layers }: Network): string {
  return layers.map(({ activation }) => activation?.name ?? '–').join(', ');
}

test('the cases reach every layer, activation, loss and penalty', () => {
  const names = cases.map(({ name }) => name).join('\n');
  for (const name of [activations, losses, layers].flatMap(Object.keys)) expect(names).toContain(name);
  expect(new Set(cases.map(({ net }) => penaltyOf(net))).size).toBe(3);
});

describe('every expression of a derivation comes to the value in the slot', () => {
  const possible = cases.filter(({ net, samples }) => samples >= fewestSamples(net));
  test.each(possible.map((one) => [one.name, one] as const))('%s', (_, { net, samples }) => {
    const { inputs, targets } = drawBatch(net, samples);
    const batch = { inputs: inputs.slice(0, samples), targets: targets.slice(0, samples) };
    for (const [index, make] of makers.entries()) {
      // The second step: states are no longer 0. Only updates differ from one optimizer to the next.
      const options = { ...batch, optimizer: make(), steps: 2 };
      if (index === 0) checkDerivation(explain(net, { ...options, depth: 2 }));
      else if (updates(net).length > 0) checkDerivation(explain(net, { ...options, of: updates(net) }));
    }
  });
});

/** The names of what a step makes of the network's parameters. */
function updates(net: Network): string[] {
  return Object.keys(net.parameters).map((name) => `${name}.next`);
}

function fewestSamples({ input, layers }: Network): number {
  const shapes = layerShapes(input, layers);
  return Math.max(1, ...layers.map((layer, index) => layer.fewestSamples?.(shapes[index]) ?? 1));
}

function checkDerivation(derivation: Derivation): void {
  expect(derivation.steps.length).toBeGreaterThan(0);
  for (const step of derivation.steps) {
    check(derivation, step, 'expression', step.expression);
    check(derivation, step, 'chain', step.chain);
    check(derivation, step, 'simplified', step.simplified);
    for (const [i, form] of (step.unfolded ?? []).entries()) check(derivation, step, `unfolded ${i + 1} times`, form);
  }
}

function check({ value, samples }: Derivation, step: Step, what: string, form: Expression | undefined): void {
  if (form === undefined) return;
  const values = { element: value, samples };
  const found = evaluate(form, values);
  if (!(Math.abs(found - step.value) <= 1e-12 * magnitude(form, values))) {
    expect.fail(`${step.id}, ${what}: ${found} where the program has ${step.value}`);
  }
}
