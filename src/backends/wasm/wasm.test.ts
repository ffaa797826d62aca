// Whole programs on the wasm backend beside the reference: steps, training, threads, sparse inputs, divergence, disposal.
import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { defineActivation } from '../../activations/activation.ts';
import { dense, flatten } from '../../layers/index.ts';
import { random, type Samples, streams } from '../../memory/index.ts';
import { type Network, network } from '../../network/index.ts';
import { clipped } from '../../optimizers/clipped.ts';
import * as houseOptimizers from '../../optimizers/index.ts';
import { adam, momentum, sgd } from '../../optimizers/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { compile, lower } from '../../plan/index.ts';
import { multiply, power } from '../../symbolic/index.ts';
import { type Backend, type Executable, referenceBackend } from '../index.ts';
import { wasmBackend } from './wasm.ts';

const wasm = wasmBackend({ threads: 1 });
afterAll(() => wasm.dispose?.());

/** Samples drawn from a seed; a share of `zeros` of their inputs is exactly 0. */
function samplesOf(
  count: number,
  width: number,
  outputs: number,
  { zeros = 0, seed = 1, labels = false } = {},
): Samples {
  const numbers = random(seed, streams.check);
  let next = 0;
  const input = () => (numbers.uniform(next++) < zeros ? 0 : numbers.normal(next++));
  const inputs = { count, width, values: Float32Array.from({ length: count * width }, input), scale: 1 };
  if (labels) {
    const classes = Uint32Array.from({ length: count }, () => Math.floor(numbers.uniform(next++) * outputs));
    return { inputs, targets: { count, classes: outputs, labels: classes } };
  }
  const values = Float32Array.from({ length: count * outputs }, () => numbers.uniform(next++));
  return { inputs, targets: { count, width: outputs, values, scale: 1 } };
}

function prepare(backend: Backend, net: Network, optimizer: Optimizer, capacity: number, keep = ['loss']): Executable {
  const executable = backend.prepare(lower(compile(net, optimizer), { keep, carry: true }), capacity);
  reset(executable, net, optimizer);
  return executable;
}

function reset(executable: Executable, net: Network, optimizer: Optimizer): void {
  for (const { to } of executable.plan.carries) executable.write(to, executable.read(to).fill(0));
  for (const [name, { data }] of Object.entries(net.parameters)) {
    if (executable.plan.places.has(name)) executable.write(name, data);
  }
  if (executable.plan.places.has('learningRate')) executable.write('learningRate', [optimizer.learningRate]);
}

const parametersOf = (executable: Executable, net: Network) =>
  Object.keys(net.parameters).map((name) => executable.read(name));

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i] - expected[i]) <= tolerance * scale)) {
      expect.fail(`element ${i}: ${found[i]} where ${expected[i]} is expected`);
    }
  }
}

const inOrder = (count: number, times = 1) => Uint32Array.from({ length: count * times }, (_, i) => (i * 7) % count);

const optimizers = { sgd: sgd({ learningRate: 0.1 }), momentum: momentum({ learningRate: 0.02 }), adam: adam() };

/** Steps so small that none of a few leads far: where training runs away, float32 and float64 part soon. */
const gentle = {
  sgd: sgd({ learningRate: 0.01 }),
  momentum: momentum({ learningRate: 0.002 }),
  adam: adam({ learningRate: 1e-3, epsilon: 1e-4 }),
};

describe('programs', () => {
  const width = fc.oneof(fc.constantFrom(1, 2, 3, 4, 7, 17, 32, 33), fc.integer({ min: 1, max: 45 }));
  const hidden = fc.constantFrom('linear', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'elu', 'gelu', 'swish', 'softplus');
  const outputs = fc.constantFrom(
    ['linear', 'quadratic'],
    ['tanh', 'meanSquared'],
    ['sigmoid', 'halfMeanSquared'],
    ['sigmoid', 'crossEntropy'],
    ['softmax', 'logLikelihood'],
    ['softmax', 'quadratic'],
  ) as fc.Arbitrary<['linear' | 'sigmoid', 'quadratic']>;
  const options = fc.record({
    widths: fc.array(width, { minLength: 2, maxLength: 4 }),
    hidden,
    outputs,
    bias: fc.boolean(),
    penalties: fc.constantFrom({}, { l2: 0.01 }, { l1: 0.001, l2: 0.01 }),
    optimizer: fc.constantFrom('sgd', 'momentum', 'adam') as fc.Arbitrary<keyof typeof optimizers>,
    batch: fc.constantFrom(1, 2, 3, 5, 6, 10, 13),
    frozen: fc.constantFrom([], ['layers.0.weight']),
    seed: fc.integer({ min: 0, max: 1000 }),
  });

  test('steps of random networks, losses, optimizers and batches equal the reference', () => {
    fc.assert(
      fc.property(options, ({ widths, hidden, outputs, bias, penalties, optimizer, batch, frozen, seed }) => {
        const [activation, loss] = outputs;
        const [input, ...units] = widths;
        const layers = units.map((n, i) => dense(n, i === units.length - 1 ? activation : hidden, { bias }));
        const net = network(layers, { input, loss, seed, frozen, ...penalties });
        const data = samplesOf(17, input, units[units.length - 1], { seed, labels: activation === 'sigmoid' });
        const run = (backend: Backend) => {
          const executable = prepare(backend, net, gentle[optimizer], batch);
          const result = executable.runSteps(data, inOrder(17), batch, 1);
          return { result, parameters: parametersOf(executable, net), executable };
        };
        const [expected, found] = [run(referenceBackend()), run(wasm)];
        fc.pre(expected.result.lossSum < 1000);
        expect(found.executable.fallbacks).toEqual([]);
        expect(found.result).toMatchObject({ steps: expected.result.steps, samples: 17, diverged: false });
        expectClose([found.result.lossSum], [expected.result.lossSum], 2e-4);
        for (const [i, values] of expected.parameters.entries()) expectClose(found.parameters[i], values, 5e-4);
        found.executable.dispose();
      }),
      { numRuns: 150 },
    );
  });

  const all = [
    ...Object.values(houseOptimizers).map((make): Optimizer => make()),
    clipped(sgd({ learningRate: 0.5 }), { value: 0.01 }),
    clipped(momentum(), { norm: 0.05 }),
  ];
  for (const optimizer of all) {
    test(`steps of ${optimizer.name} ${JSON.stringify(optimizer.settings)} equal the reference`, () => {
      const net = network([dense(17, 'tanh'), dense(3, 'sigmoid')], { input: 9, seed: 2, l2: 0.01 });
      const data = samplesOf(20, 9, 3);
      const [expected, found] = [referenceBackend(), wasm].map((backend) => {
        const executable = prepare(backend, net, optimizer, 6);
        executable.runSteps(data, inOrder(20, 2), 6, 1);
        expect(executable.fallbacks).toEqual([]);
        return parametersOf(executable, net);
      });
      for (const [i, values] of expected.entries()) expectClose(found[i], values, 1e-3);
    });
  }

  for (const [units, loss] of [
    [3, 'crossEntropy'],
    [1, 'crossEntropy'],
    [3, 'quadratic'],
  ] as const) {
    test(`steps with weighted classes equal the reference: ${units} outputs, ${loss}`, () => {
      const net = network([dense(17, 'tanh'), dense(units, 'sigmoid')], { input: 9, seed: 2, loss });
      const data = samplesOf(20, 9, units, { labels: units > 1 });
      const [expected, found] = [referenceBackend(), wasm].map((backend) => {
        const program = compile(net, optimizers.adam, { classWeights: [0.5, 2, 1].slice(0, Math.max(2, units)) });
        const executable = backend.prepare(lower(program, { keep: ['loss'], carry: true }), 6);
        reset(executable, net, optimizers.adam);
        const { lossSum } = executable.runSteps(data, inOrder(20, 2), 6, 1);
        expect(executable.fallbacks).toEqual([]);
        return [[lossSum], ...parametersOf(executable, net)];
      });
      for (const [i, values] of expected.entries()) expectClose(found[i], values, 1e-3);
    });
  }

  test('every quantity that is asked for can be read, and equals the reference', () => {
    const net = network([dense(5, 'tanh'), dense(3, 'softmax')], { input: 4, loss: 'logLikelihood', l2: 0.1, seed: 2 });
    const data = samplesOf(7, 4, 3, { labels: true });
    for (const optimizer of Object.values(optimizers)) {
      const program = compile(net, optimizer);
      const keep = [...program.slots.keys()].filter((name) => !name.endsWith('.corrected'));
      const run = (backend: Backend) => {
        const plan = lower(program, { keep, carry: true, simplify: false });
        const executable = backend.prepare(plan, 7);
        reset(executable, net, optimizer);
        executable.write('step', [1]);
        executable.run(data, inOrder(7));
        return keep.map((name) => executable.read(name));
      };
      const expected = run(referenceBackend());
      for (const [i, values] of run(wasm).entries()) expectClose(values, expected[i], 1e-4);
    }
  });

  test('run reads the step that was written, as the reference does', () => {
    const net = network([dense(2, 'sigmoid')], { input: 3, seed: 1 });
    const data = samplesOf(4, 3, 2);
    const run = (backend: Backend) => {
      const executable = prepare(backend, net, optimizers.adam, 4);
      for (const step of [5, 6]) {
        executable.write('step', [step]);
        executable.run(data, inOrder(4));
      }
      return executable.read('layers.0.weight');
    };
    expectClose(run(wasm), run(referenceBackend()), 1e-5);
  });

  test("a user's own activation runs by its reference, between stretches of the tape, and is reported", () => {
    const cube = defineActivation({
      name: 'cube',
      value: (z) => 0.01 * z ** 3,
      derivative: (z) => 0.03 * z ** 2,
      expression: (z) => multiply(0.01, power(z, 3)),
      derivativeExpression: (z) => multiply(0.03, power(z, 2)),
    });
    const sigmoid = defineActivation({ ...cube, ...definitionOf('sigmoid') });
    const net = network([dense(4, cube), dense(3, sigmoid)], { input: 5, seed: 4 });
    const data = samplesOf(12, 5, 3);
    const run = (backend: Backend) => {
      const executable = prepare(backend, net, optimizers.sgd, 5);
      executable.runSteps(data, inOrder(12), 5, 1);
      return executable;
    };
    const [expected, found] = [run(referenceBackend()), run(wasm)];
    // The second shares its name with the house's, and is not taken for it.
    expect(found.fallbacks.toSorted()).toEqual(['cube', 'cubeBackward', 'sigmoid', 'sigmoidBackward']);
    for (const [i, values] of parametersOf(expected, net).entries()) {
      expectClose(parametersOf(found, net)[i], values, 1e-5);
    }
  });

  test('a checkpoint restores parameters and states', () => {
    const net = network([dense(3, 'tanh'), dense(2)], { input: 4, seed: 1 });
    const data = samplesOf(8, 4, 2);
    for (const backend of [wasm, referenceBackend()]) {
      const executable = prepare(backend, net, optimizers.adam, 4);
      executable.runSteps(data, inOrder(8), 4, 1);
      const restore = executable.checkpoint();
      const again = () => {
        executable.runSteps(data, inOrder(8), 4, 3);
        return parametersOf(executable, net);
      };
      const first = again();
      restore();
      expect(again()).toEqual(first);
    }
  });
});

/** Half of z, under another's name. */
function definitionOf(name: string) {
  return {
    name,
    value: (z: number) => z / 2,
    derivative: () => 0.5,
    expression: (z: Parameters<typeof multiply>[1]) => multiply(0.5, z),
    derivativeExpression: () => multiply(0.5, 1),
  };
}

describe('training', () => {
  const cases = [
    {
      name: '2-2-2, one sample a step',
      net: network([dense(2, 'sigmoid'), dense(2, 'sigmoid')], { input: 2 }),
      batch: 1,
    },
    { name: '4-3-1, tanh', net: network([dense(3, 'tanh'), dense(1)], { input: 4 }), batch: 1 },
    { name: '20-30-10, sigmoid', net: network([dense(30, 'sigmoid'), dense(10, 'sigmoid')], { input: 20 }), batch: 10 },
    {
      name: '9-16-16-3, relu',
      net: network([dense(16, 'relu'), dense(16, 'relu'), dense(3, 'softmax')], { input: 9, loss: 'logLikelihood' }),
      batch: 8,
    },
  ];
  for (const { name, net, batch } of cases) {
    for (const optimizer of Object.values(optimizers)) {
      test(`the loss of ${name} under ${optimizer.name} follows the reference for 200 steps`, () => {
        const { units } = net.layers[net.layers.length - 1].options;
        const data = samplesOf(40, net.input[0], Number(units), { labels: name.includes('relu') });
        const curves = [referenceBackend(), wasm].map((backend) => {
          const executable = prepare(backend, net, optimizer, batch);
          const order = inOrder(40, 200);
          return Array.from({ length: 20 }, (_, i) => {
            const rows = order.subarray(i * 10 * batch, (i + 1) * 10 * batch);
            const { lossSum, samples } = executable.runSteps(data, rows, batch, i * 10 + 1);
            return lossSum / samples;
          });
        });
        expectClose(curves[1], curves[0], 1e-4);
      });
    }
  }

  test('a loss that is no finite number stops the run at the same step as in the reference', () => {
    for (const batch of [1, 4]) {
      const net = network([dense(3), dense(1)], { input: 3, seed: 3 });
      const optimizer = sgd({ learningRate: 40 });
      const data = samplesOf(20, 3, 1);
      const results = [referenceBackend('F32'), wasm].map((backend) =>
        prepare(backend, net, optimizer, batch).runSteps(data, inOrder(20, 20), batch, 1),
      );
      expect(results[1].diverged).toBe(true);
      expect(results[1].steps).toBe(results[0].steps);
      expect(results[1].samples).toBe(results[0].samples);
      expect(Number.isFinite(results[1].lossSum)).toBe(true);
    }
  });

  test('the last, smaller batch of an order counts by its own size', () => {
    const net = network([dense(6, 'sigmoid'), dense(2)], { input: 5, seed: 3 });
    const data = samplesOf(11, 5, 2);
    const [expected, found] = [referenceBackend(), wasm].map((backend) => {
      const executable = prepare(backend, net, optimizers.sgd, 4, ['loss', 'layers.1.a']);
      return { ...executable.runSteps(data, inOrder(11), 4, 1), last: executable.read('layers.1.a') };
    });
    expect(found).toMatchObject({ steps: 3, samples: 11 });
    expect(found.lossSum).toBeCloseTo(expected.lossSum, 4);
    expectClose(found.last, expected.last, 1e-5);
  });
});

describe('sparse inputs', () => {
  const shapes = [
    { input: [1, 10, 10], layers: [flatten(), dense(37, 'relu'), dense(4, 'sigmoid')] },
    { input: [100], layers: [dense(12, 'sigmoid'), dense(4, 'sigmoid')] },
    { input: [100], layers: [dense(96, 'tanh', { bias: false }), dense(4, 'sigmoid')] },
  ];
  for (const [i, { input, layers }] of shapes.entries()) {
    for (const optimizer of Object.values(optimizers)) {
      for (const l2 of [0, 0.01]) {
        test(`mostly zero inputs train like the reference: ${optimizer.name}, l2 ${l2}, network ${i}`, () => {
          const net = network(layers, { input, seed: 5, l2 });
          const data = samplesOf(30, 100, 4, { zeros: 0.85 });
          const [expected, found] = [referenceBackend(), wasm].map((backend) => {
            const executable = prepare(backend, net, optimizer, 7);
            executable.runSteps(data, inOrder(30, 2), 7, 1);
            return parametersOf(executable, net);
          });
          for (const [index, values] of expected.entries()) {
            expectClose(found[index], values, optimizer.name === 'adam' ? 1e-3 : 1e-5);
          }
        });
      }
    }
  }

  test('bytes and their float32 values train to the same parameters, sparse and dense', () => {
    for (const zeros of [0, 0.9]) {
      const numbers = random(7, streams.check);
      const bytes = Uint8Array.from({ length: 20 * 90 }, (_, i) =>
        numbers.uniform(i) < zeros ? 0 : 1 + Math.floor(numbers.uniform(5000 + i) * 255),
      );
      const { targets } = samplesOf(20, 90, 3);
      const net = network([dense(8, 'sigmoid'), dense(3, 'sigmoid')], { input: 90, seed: 1 });
      const [fromBytes, fromFloats] = [
        { count: 20, width: 90, values: bytes, scale: 1 / 255 },
        { count: 20, width: 90, values: Float64Array.from(bytes, (byte) => byte / 255), scale: 1 },
      ].map((inputs) => {
        const executable = prepare(wasm, net, optimizers.sgd, 6);
        executable.runSteps({ inputs, targets }, inOrder(20), 6, 1);
        return parametersOf(executable, net);
      });
      for (const [i, values] of fromFloats.entries()) expectClose(fromBytes[i], values, 1e-6);
    }
  });

  test('other data may be given from call to call', () => {
    const net = network([dense(9, 'sigmoid'), dense(2, 'sigmoid')], { input: 80, seed: 1 });
    const sets = [0.9, 0, 0.9].map((zeros, seed) => samplesOf(10, 80, 2, { zeros, seed }));
    const [expected, found] = [referenceBackend(), wasm].map((backend) => {
      const executable = prepare(backend, net, optimizers.sgd, 5);
      for (const [i, data] of sets.entries()) executable.runSteps(data, inOrder(10), 5, i + 1);
      return parametersOf(executable, net);
    });
    for (const [i, values] of expected.entries()) expectClose(found[i], values, 1e-5);
  });
});

describe('threads', () => {
  /** Runs until a job has had so many threads: workers take part once they have started. */
  async function allPresent(executable: Executable, step: () => void, threads: number): Promise<void> {
    for (let tries = 0; executable.threads < threads; tries++) {
      if (tries > 500) expect.fail(`only ${executable.threads} of ${threads} threads came`);
      step();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  const net = network([dense(96, 'relu'), dense(33, 'tanh'), dense(10, 'sigmoid')], { input: 300, seed: 3, l2: 0.001 });
  /** Behind its ReLUs activations and δ are taken as lists. */
  const rectified = network([dense(96, 'relu'), dense(70, 'relu'), dense(10, 'sigmoid')], { input: 300, seed: 3 });
  const cases = [
    ...Object.values(optimizers).map((optimizer) => ({ net, optimizer })),
    { net: rectified, optimizer: adam() },
  ];
  for (const [i, { net, optimizer }] of cases.entries()) {
    for (const zeros of [0, 0.8]) {
      test(`1, 2, 3, 4 and 8 threads give the same bytes: case ${i}, ${optimizer.name}, ${zeros * 100} % zeros`, async () => {
        const data = samplesOf(90, 300, 10, { zeros });
        const order = inOrder(90, 3);
        const results = [];
        for (const threads of [1, 2, 3, 4, 8]) {
          const backend = wasmBackend({ threads });
          const executable = prepare(backend, net, optimizer, 40);
          await allPresent(executable, () => executable.runSteps(data, order.subarray(0, 40), 40, 1), threads);
          reset(executable, net, optimizer);
          const result = executable.runSteps(data, order, 40, 1);
          expect(executable.threads).toBe(threads);
          const states = executable.plan.carries.map(({ to }) => executable.read(to));
          results.push({ result, states });
          backend.dispose?.();
        }
        for (const other of results) expect(other).toEqual(results[0]);
      });
    }
  }

  test('a small program has one thread, however many there may be', () => {
    const backend = wasmBackend({ threads: 4 });
    const executable = prepare(backend, network([dense(2, 'sigmoid')], { input: 2 }), optimizers.sgd, 1);
    executable.runSteps(samplesOf(4, 2, 2), inOrder(4), 1, 1);
    expect(executable.threads).toBe(1);
    backend.dispose?.();
  });

  // Only some systems list the threads of a process.
  test.skipIf(!existsSync('/proc/self/task'))(
    'a disposed backend leaves no thread behind, and what it prepared still runs',
    async () => {
      const tasks = () => readdirSync('/proc/self/task').length;
      const before = tasks();
      const backend = wasmBackend({ threads: 5 });
      const executable = prepare(backend, net, optimizers.sgd, 40);
      const data = samplesOf(40, 300, 10);
      const step = () => executable.runSteps(data, inOrder(40), 40, 1);
      await allPresent(executable, step, 5);
      expect(tasks()).toBeGreaterThanOrEqual(before + 4);
      backend.dispose?.();
      await expect.poll(tasks, { timeout: 5000 }).toBeLessThan(before + 4);
      expect(step().diverged).toBe(false);
      expect(executable.threads).toBe(1);
    },
  );
});

describe('where threads cannot share memory', () => {
  test('one thread does all, to the same bytes, and the backend says why', () => {
    const net = network([dense(96, 'relu'), dense(10, 'sigmoid')], { input: 300, seed: 3 });
    const data = samplesOf(40, 300, 10);
    const train = (backend: Backend) => {
      const executable = prepare(backend, net, optimizers.adam, 40);
      executable.runSteps(data, inOrder(40, 3), 40, 1);
      return parametersOf(executable, net);
    };
    const { Memory } = WebAssembly;
    const limited = wasmBackend({ threads: 2 });
    Reflect.set(WebAssembly, 'Memory', function unshared(limits: ConstructorParameters<typeof Memory>[0]) {
      if (limits.shared) throw new TypeError('shared memory is not allowed');
      return new Memory(limits);
    });
    try {
      expect(train(limited)).toEqual(train(wasm));
      expect(limited.limitation).toContain('cannot be shared');
    } finally {
      Reflect.set(WebAssembly, 'Memory', Memory);
    }
  });

  test('a number of threads that makes no sense is refused', () => {
    for (const threads of [0, 1.5, 65]) expect(() => wasmBackend({ threads })).toThrow(/threads/);
  });
});

describe('memory', () => {
  test('what is disposed of is used again', () => {
    const backend = wasmBackend({ threads: 1 });
    const net = network([dense(200, 'relu'), dense(10)], { input: 500 });
    const data = samplesOf(50, 500, 10);
    const once = () => {
      const executable = prepare(backend, net, optimizers.adam, 50);
      const { lossSum } = executable.runSteps(data, inOrder(50), 50, 1);
      executable.dispose();
      return lossSum;
    };
    // Without reuse 600 of these would pass the 4 GiB that a memory can have.
    const first = once();
    for (let i = 0; i < 600; i++) expect(once()).toBe(first);
    backend.dispose?.();
  });

  test('more than can be had is an error that says so', () => {
    const net = network([dense(10_000), dense(1)], { input: 1 });
    expect(() => prepare(wasm, net, optimizers.sgd, 1_000_000)).toThrow(/no room for \d+ MiB/);
  });
});
