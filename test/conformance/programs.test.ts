// Every program the house can build: its lowering, its symbolic forms, its gradients and its files, each against the other.
import { describe, expect, test } from 'vitest';
import * as activations from '../../src/activations/index.ts';
import { type Executable, referenceBackend } from '../../src/backends/index.ts';
import { drawBatch, gradcheck, samplesOf } from '../../src/explain/index.ts';
import { describeNetwork, parseNetwork, readModel, writeModel } from '../../src/formats/index.ts';
import { sampleIndex } from '../../src/kernels/index.ts';
import * as layers from '../../src/layers/index.ts';
import * as losses from '../../src/losses/index.ts';
import { indexOf, offsetOf, sameTensor, sizeOf } from '../../src/memory/index.ts';
import type { Network } from '../../src/network/index.ts';
import * as optimizers from '../../src/optimizers/index.ts';
import type { Optimizer } from '../../src/optimizers/optimizer.ts';
import { type Call, compile, elementOf, lower, type Program, slotOf } from '../../src/plan/index.ts';
import { evaluate, type Index, substituteIndex, type Values } from '../../src/symbolic/index.ts';
import { finite, type NetworkCase, networkCases } from './cases.ts';
import { magnitude } from './magnitude.ts';

const count = 3;
const cases = networkCases();
const makers = Object.values<() => Optimizer>(optimizers);

/** The step function's derivative is 0 by definition, not by calculus: differences across its jump say something else. */
const differentiable = ({ net }: NetworkCase) => net.layers.every(({ activation }) => activation?.name !== 'step');

test('the cases reach every layer, activation and loss with every penalty', () => {
  expect(cases.length).toBeGreaterThan(400);
  const names = cases.map(({ name }) => name).join('\n');
  for (const name of [activations, losses, layers].flatMap(Object.keys)) expect(names).toContain(name);
});

describe('every slot is what its form says, and lowering changes no value', () => {
  test.each(cases.filter(finite).map(({ name, net }) => [name, net] as const))('%s', (_, net) => {
    for (const [index, make] of makers.entries()) {
      const optimizer = make();
      const program = compile(net, optimizer);
      const canonical = twoCanonicalSteps(program, optimizer);
      // Only the updates differ from one optimizer to the next.
      const calls = index === 0 ? program.calls : program.calls.filter(({ origin }) => origin.phase === 'update');
      for (const call of calls) checkForm(program, call, canonical);
      checkLowered(program, optimizer, canonical);
    }
  });
});

describe('backprop agrees with central differences', () => {
  test.each(cases.filter(differentiable).map(({ name, net }) => [name, net] as const))('%s', (_, net) => {
    const { largest, passed } = gradcheck(net, { tolerance: 1e-7 });
    expect(passed, JSON.stringify(largest)).toBe(true);
  });
});

test('a network file reads back as the same network, to the last bit', () => {
  for (const { name, net } of cases) {
    const read = parseNetwork(JSON.stringify(describeNetwork(net)), name);
    expect(describeNetwork(read), name).toEqual(describeNetwork(net));
    expectSameParameters(read, net, name);
  }
});

test('a model file reads back as the same network, and is written the same twice', () => {
  for (const { name, net } of cases) {
    const bytes = writeModel({ network: net });
    expect(Buffer.compare(bytes, writeModel({ network: net })), name).toBe(0);
    const read = readModel(bytes, name);
    expect(describeNetwork(read.network), name).toEqual(describeNetwork(net));
    expectSameParameters(read.network, net, name);
    expect(Buffer.compare(bytes, writeModel(read)), name).toBe(0);
  }
});

function expectSameParameters(a: Network, b: Network, name: string): void {
  expect(Object.keys(a.parameters), name).toEqual(Object.keys(b.parameters));
  for (const [parameter, tensor] of Object.entries(a.parameters)) {
    expect(sameTensor(tensor, b.parameters[parameter]), `${name}: ${parameter}`).toBe(true);
  }
}

/** The program as it was compiled, every slot in a place of its own, after its second step (so that states are not 0). */
function twoCanonicalSteps(program: Program, optimizer: Optimizer): Executable {
  const plan = lower(program, { keep: [...program.slots.keys()], simplify: false });
  const executable = prepared(program, optimizer, plan);
  const { samples, rows } = batchOf(program.network);
  for (const step of [1, 2]) {
    if (step > 1) for (const { from, to } of program.carries) executable.write(to, executable.read(from));
    if (program.slots.has('step')) executable.write('step', [step]);
    executable.run(samples, rows);
  }
  return executable;
}

/** Every element of a call's output is what its symbolic form says, given the elements it reads. */
function checkForm(program: Program, call: Call, executable: Executable): void {
  const { shape, perSample } = slotOf(program, call.output);
  const size = sizeOf(shape);
  const slots = new Map([call.output, ...Object.values(call.inputs)].map((name) => [name, executable.read(name)]));
  const element: Values['element'] = ({ slot, index, sample }) => {
    const { shape } = slotOf(program, slot);
    return slots.get(slot)?.[numeral(sample ?? 0) * sizeOf(shape) + offsetOf(shape, index.map(numeral))] ?? Number.NaN;
  };
  const values = { samples: count, element };
  for (let s = 0; s < (perSample ? count : 1); s++) {
    for (let i = 0; i < size; i++) {
      const index = indexOf(shape, i);
      const form = substituteIndex(elementOf(program, call, index), sampleIndex, s);
      const [found, wanted] = [slots.get(call.output)?.[s * size + i] ?? Number.NaN, evaluate(form, values)];
      const allowed = 1e-12 * magnitude(form, values);
      if (!(Math.abs(found - wanted) <= allowed)) {
        expect.fail(`sample ${s} of ${call.output}[${index}] is ${found} where its form gives ${wanted}`);
      }
    }
  }
}

/** Two lowered steps, in place, give what two canonical ones do: to the bit, or to rounding where the loss simplifies. */
function checkLowered(program: Program, optimizer: Optimizer, canonical: Executable): void {
  const { samples, rows } = batchOf(program.network);
  const order = Uint32Array.from([...rows, ...rows]);
  for (const simplify of [false, true]) {
    const plan = lower(program, { keep: ['loss', program.output], carry: true, simplify });
    const lowered = prepared(program, optimizer, plan);
    const { steps, diverged } = lowered.runSteps(samples, order, count, 1);
    expect({ steps, diverged }).toEqual({ steps: 2, diverged: false });
    const exact = !simplify || program.simplifications.length === 0;
    const pairs = [...program.carries, { from: 'loss', to: 'loss' }, { from: program.output, to: program.output }];
    for (const { from, to } of pairs) {
      const [found, wanted] = [lowered.read(to), canonical.read(from)];
      if (exact) expect(found, to).toEqual(wanted);
      else for (const [i, value] of wanted.entries()) expect(found[i], `${to}[${i}]`).toBeCloseTo(value, 9);
    }
  }
}

function prepared(program: Program, optimizer: Optimizer, plan: ReturnType<typeof lower>): Executable {
  const executable = referenceBackend().prepare(plan, count);
  for (const [name, { data }] of Object.entries(program.network.parameters)) {
    if (plan.places.has(name)) executable.write(name, data);
  }
  if (program.slots.has('learningRate')) executable.write('learningRate', [optimizer.learningRate]);
  return executable;
}

function batchOf(net: Network) {
  return { samples: samplesOf(net, drawBatch(net, 1)), rows: Uint32Array.of(0, 1, 2) };
}

function numeral(index: Index): number {
  if (typeof index === 'number') return index;
  throw new Error(`the index ${index} is bound by no sum`);
}
