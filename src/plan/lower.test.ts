// What lowering leaves out, where it puts things, and that no two of them are ever in each other's way.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as activations from '../activations/index.ts';
import { referenceBackend } from '../backends/index.ts';
import { samplesOf } from '../explain/index.ts';
import { type ActivationName, dense } from '../layers/dense.ts';
import { flatten } from '../layers/index.ts';
import { random, streams } from '../memory/index.ts';
import { type Network, network } from '../network/index.ts';
import * as optimizers from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { compile } from './compile.ts';
import { lower, type Place, type Plan } from './lower.ts';
import { type Program, slotOf } from './program.ts';

const { adam, momentum, sgd } = optimizers;
const small = network([dense(3, 'tanh'), dense(2, 'sigmoid')], { input: 2, loss: 'crossEntropy' });
const outputs = ({ calls }: Plan) => calls.map(({ output }) => output);

describe('calls that nobody needs are dropped', () => {
  test('a prediction keeps the forward pass alone', () => {
    const plan = lower(compile(small), { keep: ['layers.1.a'] });
    expect(outputs(plan)).toEqual(['layers.0.z', 'layers.0.a', 'layers.1.z', 'layers.1.a']);
    expect(plan.dropped).toBe(compile(small).calls.length - 4);
    expect(plan.places.has('target')).toBe(false);
  });

  test('training does not form the gradient of the input, nor the loss unless it is kept', () => {
    const program = compile(small, sgd());
    expect(outputs(lower(program, { keep: [], carry: true }))).not.toContain('input.grad');
    expect(outputs(lower(program, { keep: [], carry: true }))).not.toContain('loss');
    expect(outputs(lower(program, { keep: ['loss'], carry: true }))).toContain('loss');
    expect(outputs(lower(program, { keep: ['input.grad'] }))).toContain('input.grad');
  });

  test('a frozen first layer costs no backward pass of its own', () => {
    const frozen = { ...small, frozen: ['layers.0.weight', 'layers.0.bias'] };
    const live = outputs(lower(compile(frozen, sgd()), { keep: [], carry: true }));
    expect(live.filter((output) => output.endsWith('.grad') || output.endsWith('delta'))).toEqual([
      'layers.1.delta',
      'layers.1.weight.grad',
      'layers.1.bias.grad',
    ]);
  });
});

describe('the loss simplifies', () => {
  const kernels = (plan: Plan) => plan.calls.map(({ kernel }) => kernel.name);

  test('to its safe form and to δ = a − y, unless asked not to', () => {
    const keep = ['loss', 'layers.1.delta'];
    expect(kernels(lower(compile(small), { keep }))).toEqual(
      expect.arrayContaining(['crossEntropyFromLogits', 'outputError']),
    );
    expect(kernels(lower(compile(small), { keep, simplify: false }))).toEqual(
      expect.arrayContaining(['crossEntropyTerms', 'crossEntropyGradient', 'sigmoidBackward']),
    );
  });

  test('and ∂C/∂a of the output is still there for those who ask', () => {
    expect(kernels(lower(compile(small), { keep: ['layers.1.a.grad'] }))).toContain('crossEntropyGradient');
  });
});

test('a name that nothing answers to is an error with the nearest name', () => {
  expect(() => lower(compile(small), { keep: ['layers.1.detla'] })).toThrow(
    expect.objectContaining({
      code: 'unknown-name',
      message: 'there is no quantity "layers.1.detla" (did you mean "layers.1.delta"?).',
    }),
  );
});

describe('what the step carries over', () => {
  test.each([sgd(), momentum(), adam()])('$name: is computed in place', (optimizer) => {
    const program = compile(small, optimizer);
    const plan = lower(program, { keep: ['loss'], carry: true });
    expect(plan.copies).toEqual([]);
    for (const { from, to } of program.carries) expect(plan.places.get(from)).toEqual(plan.places.get(to));
  });

  test('is copied where someone reads the new value by its own name', () => {
    const program = compile(small, sgd());
    const plan = lower(program, { keep: ['layers.0.weight.next'], carry: true });
    expect(plan.copies).toEqual([{ from: 'layers.0.weight.next', to: 'layers.0.weight' }]);
    expect(plan.places.get('layers.0.weight.next')).not.toEqual(plan.places.get('layers.0.weight'));
  });

  test('is copied where the old value is still to be read', () => {
    const program = compile(small, sgd());
    // Backwards, the hidden layer's error would be read from weights already written over.
    const early = program.calls.filter(({ output }) => output === 'layers.1.weight.next');
    const others = program.calls.filter((call) => !early.includes(call));
    const place = others.findIndex(({ output }) => output === 'layers.0.a.grad');
    const calls = [...others.slice(0, place), ...early, ...others.slice(place)];
    const plan = lower({ ...program, calls }, { keep: [], carry: true });
    expect(plan.copies).toEqual([{ from: 'layers.1.weight.next', to: 'layers.1.weight' }]);
  });

  test('is left alone without `carry`', () => {
    const plan = lower(compile(small, sgd()), { keep: ['layers.0.weight.next'] });
    expect(plan.copies).toEqual([]);
    expect(plan.places.get('layers.0.weight.next')).not.toEqual(plan.places.get('layers.0.weight'));
  });
});

test('places are reused: a deep network needs little more room than a shallow one', () => {
  const room = (depth: number) => {
    const layers = Array.from({ length: depth }, () => dense(8, 'tanh'));
    return lower(compile(network(layers, { input: 8 })), { keep: [`layers.${depth - 1}.a`] }).perSampleSize;
  };
  expect(room(20)).toBe(room(3));
});

// --- over random networks -------------------------------------------------------------------------------------------

const layer = fc
  .record({
    units: fc.integer({ min: 1, max: 4 }),
    activation: fc.constantFrom<ActivationName>(...namesOf(activations).filter((name) => name !== 'step')),
    bias: fc.boolean(),
    flattened: fc.boolean(),
  })
  .map(({ units, activation, bias, flattened }) => [
    ...(flattened ? [flatten()] : []),
    dense(units, activation, { bias }),
  ]);

const networks = fc
  .record({
    layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
    input: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(999),
    l1: fc.constantFrom(0, 0.1),
    l2: fc.constantFrom(0, 0.1),
  })
  .map(({ layers, ...options }) => network(layers.flat(), { loss: 'quadratic', ...options }));

const programs = fc.record({
  net: networks,
  make: fc.constantFrom<(() => Optimizer) | undefined>(undefined, ...Object.values<() => Optimizer>(optimizers)),
  carry: fc.boolean(),
  simplify: fc.boolean(),
  kept: fc.array(fc.nat(10_000), { maxLength: 4 }),
});

/** A program and a plan that keeps a few slots picked from it. */
function planOf({ net, make, carry, simplify, kept }: typeof programs extends fc.Arbitrary<infer T> ? T : never) {
  const program = compile(net, make?.());
  const slots = [...program.slots.keys()];
  const keep = ['loss', ...kept.map((i) => slots[i % slots.length])];
  return { program, keep, plan: lower(program, { keep, carry, simplify }) };
}

describe('over random networks, optimizers and readers', () => {
  test('no two slots that are alive at once overlap, and each lies within its arena', () => {
    fc.assert(
      fc.property(programs, (choice) => {
        const { program, keep, plan } = planOf(choice);
        const lives = livesOf(program, plan, keep, choice.carry);
        for (const [name, place] of plan.places) {
          const room = place.perSample ? plan.perSampleSize : plan.fixedSize;
          expect(place.offset >= 0 && place.offset + place.size <= room, name).toBe(true);
        }
        for (const [i, one] of lives.entries()) {
          for (const other of lives.slice(0, i)) {
            const together = one.from < other.to && other.from < one.to;
            if (together) expect(overlap(one.place, other.place), `${one.name} and ${other.name}`).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('what is kept has the same bits as in a plan that keeps everything', () => {
    fc.assert(
      fc.property(programs, (choice) => {
        const { program, keep, plan } = planOf({ ...choice, carry: false, simplify: false });
        const everything = lower(program, { keep: [...program.slots.keys()], simplify: false });
        const [few, all] = [run(choice.net, plan), run(choice.net, everything)];
        for (const name of keep) expect(few.read(name), name).toEqual(all.read(name));
      }),
      { numRuns: 100 },
    );
  });
});

/** When a slot holds something that is still needed: from just after the call that writes it to the last that reads it. */
interface Life {
  readonly name: string;
  readonly place: Place;
  readonly from: number;
  readonly to: number;
}

/**
 * Call number i reads at time i and writes at time i + ½, so that an output may take the place of an input that it is
 * the last to read — but only in a call whose kernel says so: otherwise its inputs are needed until it has ended.
 */
function livesOf(program: Program, plan: Plan, keep: readonly string[], carry: boolean): Life[] {
  const end = plan.calls.length;
  const kept = new Set(keep.map((name) => slotOf(program, name).name));
  const carried = carry ? program.carries : [];
  return [...plan.places].map(([name, place]) => {
    const written = plan.calls.findIndex(({ output }) => output === name);
    const reads = plan.calls.flatMap(({ inputs, kernel }, i) =>
      Object.entries(inputs).flatMap(([port, slot]) =>
        slot === name ? [i + (kernel.inPlace?.includes(port) ? 0.5 : 1)] : [],
      ),
    );
    const from = written < 0 ? 0 : written + 0.5;
    const last = Math.max(from + 0.5, ...reads);
    const replacement = carried.find(({ to }) => to === name);
    // A parameter's place is its successor's as soon as that is written there; else it is its own throughout.
    if (replacement !== undefined && !plan.copies.some(({ to }) => to === name)) return { name, place, from, to: last };
    const lasting = written < 0 || kept.has(name) || carried.some((one) => one.from === name);
    return { name, place, from, to: lasting ? end + 1 : last };
  });
}

function overlap(a: Place, b: Place): boolean {
  return a.perSample === b.perSample && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

function run(net: Network, plan: Plan) {
  const executable = referenceBackend().prepare(plan, 2);
  for (const [name, { data }] of Object.entries(net.parameters))
    if (plan.places.has(name)) executable.write(name, data);
  if (plan.places.has('learningRate')) executable.write('learningRate', [0.1]);
  const source = random(net.seed, streams.check);
  const rows = (width: number, from: number) =>
    [0, 1].map((s) => Array.from({ length: width }, (_, k) => source.normal(from + s * width + k)));
  const width = slotOf(plan.program, plan.program.output).shape[0];
  executable.runSteps(
    samplesOf(net, { inputs: rows(net.input[0], 0), targets: rows(width, 100) }),
    Uint32Array.of(0, 1),
    2,
    1,
  );
  return executable;
}

function namesOf<T extends object>(rules: T): (keyof T)[] {
  const known = (name: string): name is Extract<keyof T, string> => Object.hasOwn(rules, name);
  return Object.keys(rules).filter(known);
}
