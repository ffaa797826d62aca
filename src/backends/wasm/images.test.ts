// Convolutional networks on the wasm backend beside the reference: what is done as one, threads, training.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  activation,
  avgPool2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAvgPool2d,
  maxPool2d,
} from '../../layers/index.ts';
import { random, type Samples, sizeOf, streams } from '../../memory/index.ts';
import { type Network, network } from '../../network/index.ts';
import { adam, momentum, sgd } from '../../optimizers/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { compile, lower } from '../../plan/index.ts';
import { type Backend, type Executable, referenceBackend } from '../index.ts';
import { wasmBackend } from './wasm.ts';

const wasm = wasmBackend({ threads: 1 });
afterAll(() => wasm.dispose?.());

function drawSamples(net: Network, count: number, seed: number, bytes = false): Samples {
  const numbers = random(seed, streams.check);
  const [width, classes] = [sizeOf(net.input), net.layers[net.layers.length - 1].options.units as number];
  let next = 0;
  const draw = () => numbers.normal(next++);
  const values = bytes
    ? Uint8Array.from({ length: count * width }, () => 256 * numbers.uniform(next++))
    : Float32Array.from({ length: count * width }, draw);
  // The class follows from the image, so that there is something to learn.
  const labels = Uint32Array.from({ length: count }, (_, i) => {
    const half = values.slice(i * width, i * width + Math.ceil(width / 2));
    const sum = Array.from(half).reduce((total, x) => total + x, 0);
    return Math.floor(Math.abs(sum) * 0.7) % classes;
  });
  return { inputs: { count, width, values, scale: bytes ? 1 / 255 : 1 }, targets: { count, classes, labels } };
}

function prepare(backend: Backend, net: Network, optimizer: Optimizer, batch: number, keep: string[]): Executable {
  const executable = backend.prepare(lower(compile(net, optimizer), { keep, carry: true }), batch);
  for (const [name, { data }] of Object.entries(net.parameters)) {
    if (executable.plan.places.has(name)) executable.write(name, data);
  }
  if (executable.plan.places.has('learningRate')) executable.write('learningRate', [optimizer.learningRate]);
  return executable;
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 0.01);
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i] - expected[i]) <= tolerance * scale)) {
      expect.fail(`element ${i} of ${what}: ${found[i]} where ${expected[i]} is expected`);
    }
  }
}

const inOrder = (count: number) => Uint32Array.from({ length: count }, (_, i) => (i * 7) % count);

// Small steps: two pixels of a window that are nearly equal may change their order in float32, and then training goes another way.
const optimizers = { sgd: sgd({ learningRate: 0.01 }), momentum: momentum({ learningRate: 0.005 }), adam: adam() };

/** Convolution, activation and pooling of any geometry, twice, between layers that look at them or do not. */
const networks = fc.record({
  channels: fc.constantFrom(1, 2, 3, 4),
  image: fc.tuple(fc.integer({ min: 17, max: 22 }), fc.integer({ min: 17, max: 22 })),
  filters: fc.tuple(fc.constantFrom(1, 3, 4, 5, 8, 20), fc.constantFrom(1, 2, 8, 16, 33)),
  second: fc.constantFrom({ kernel: 2, pool: [2, 1] }, { kernel: 3, pool: [2, 2] }),
  kernel: fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2, 3)),
  stride: fc.constantFrom(1, 1, 2),
  padding: fc.constantFrom('valid', 'same', 1) as fc.Arbitrary<'valid' | 'same' | 1>,
  pool: fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2)),
  name: fc.constantFrom('linear', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'elu', 'softplus', 'gelu', 'swish'),
  between: fc.constantFrom('nothing', 'batchNorm', 'dropout', 'activation', 'average'),
  bias: fc.boolean(),
  penalties: fc.constantFrom({}, {}, { l2: 0.01 }, { l1: 0.001 }),
  frozen: fc.constantFrom([], [], ['layers.0.weight', 'layers.0.bias']),
  optimizer: fc.constantFrom('sgd', 'momentum', 'adam') as fc.Arbitrary<keyof typeof optimizers>,
  batch: fc.constantFrom(1, 2, 3, 6, 11),
  bytes: fc.boolean(),
  seed: fc.nat(999),
});

type Options = typeof networks extends fc.Arbitrary<infer T> ? T : never;

const middle = {
  nothing: () => [],
  batchNorm: () => [batchNorm()],
  dropout: () => [dropout(0.3)],
  activation: () => [activation('tanh')],
  average: () => [avgPool2d(2, { stride: 1 })],
} as const;

function build(options: Options): Network {
  const { channels, image, filters, second, kernel, stride, padding, pool, name, between, bias, penalties, seed } =
    options;
  // A bias before batch normalization has the gradient 0: Adam would make full steps of what rounding leaves of it.
  const unscaled = options.optimizer === 'adam';
  const layers = [
    conv2d(filters[0], kernel, name as 'relu', { stride, padding, bias }),
    maxPool2d([pool[0], pool[1]], { stride: pool[2] }),
    ...middle[unscaled && between === 'batchNorm' ? 'nothing' : (between as keyof typeof middle)](),
    conv2d(filters[1], second.kernel, name as 'relu', { padding: padding === 'valid' ? 'same' : padding }),
    maxPool2d([second.pool[0], second.pool[1]]),
    flatten(),
    dense(4, 'softmax'),
  ];
  const frozen = options.frozen.filter((slot) => bias || !slot.endsWith('bias'));
  return network(layers, { input: [channels, ...image], loss: 'logLikelihood', seed, frozen, ...penalties });
}

describe('convolution, activation and max-pooling', () => {
  test('steps equal the reference, whatever the geometry and whatever is looked at', () => {
    fc.assert(
      fc.property(networks, (options) => {
        const net = build(options);
        const { optimizer, batch, seed, bytes } = options;
        const data = drawSamples(net, 11, seed, bytes);
        const slots = [...compile(net, optimizers[optimizer]).slots.keys()];
        // A few quantities at random: each one that is kept forbids something else to be left out.
        const some = slots.filter((slot, i) => !slot.endsWith('.corrected') && (i * 31 + seed) % 17 === 0);
        for (const keep of [['loss'], ['loss', ...some]]) {
          const [expected, found] = [referenceBackend(), wasm].map((backend) => {
            const executable = prepare(backend, net, optimizers[optimizer], batch, keep);
            const { lossSum } = executable.runSteps(data, inOrder(11), batch, 1);
            return { executable, lossSum };
          });
          expect(found.executable.fallbacks).toEqual([]);
          expectClose([found.lossSum], [expected.lossSum], 1e-3, 'loss');
          const parameters = Object.keys(net.parameters).filter((name) => found.executable.plan.places.has(name));
          for (const slot of [...parameters, ...keep]) {
            // Adam divides by √v: where a gradient is lost in rounding, so is the sign of its step.
            const tolerance = optimizer === 'adam' ? 2e-2 : 1e-3;
            expectClose(found.executable.read(slot), expected.executable.read(slot), tolerance, slot);
          }
          found.executable.dispose();
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test('pooled results are as near to the reference as a sum of so many terms can be', () => {
    const shapes = fc.record({
      channels: fc.constantFrom(1, 3, 16, 20, 36),
      image: fc.tuple(fc.integer({ min: 5, max: 19 }), fc.integer({ min: 5, max: 19 })),
      filters: fc.constantFrom(1, 7, 16, 32, 36, 68),
      kernel: fc.constantFrom(2, 3, 3),
      padding: fc.constantFrom('valid', 'same') as fc.Arbitrary<'valid' | 'same'>,
      samples: fc.integer({ min: 1, max: 9 }),
      seed: fc.nat(999),
    });
    fc.assert(
      fc.property(shapes, ({ channels, image, filters, kernel, padding, samples, seed }) => {
        const net = (signs: (x: number) => number) => {
          const layers = [conv2d(filters, kernel, 'linear', { padding }), maxPool2d(2), flatten(), dense(2)];
          const options = { input: [channels, ...image], seed };
          const { parameters } = network(layers, options);
          const named = Object.entries(parameters).map(([name, { shape, data }]) => [
            name,
            { shape, data: data.map(signs) },
          ]);
          return network(layers, { ...options, parameters: Object.fromEntries(named) });
        };
        const run = (backend: Backend, signs: (x: number) => number) => {
          const data = drawSamples(net(signs), samples, seed);
          const inputs = { ...data.inputs, values: data.inputs.values.map(signs) };
          const executable = prepare(backend, net(signs), sgd(), samples, ['layers.1.a']);
          executable.run({ ...data, inputs }, inOrder(samples));
          const found = executable.read('layers.1.a');
          executable.dispose();
          return found;
        };
        const asIs = (x: number) => x;
        const [found, expected] = [wasm, referenceBackend()].map((backend) => run(backend, asIs));
        const sizes = run(referenceBackend(), Math.abs);
        const terms = channels * kernel ** 2;
        for (let i = 0; i < expected.length; i++) {
          const allowed = (8 + 2 * Math.sqrt(terms)) * 2 ** -24 * sizes[i];
          if (!(Math.abs(found[i] - expected[i]) <= allowed)) {
            expect.fail(`element ${i}: ${found[i]} where ${expected[i]} is expected, ± ${allowed}`);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a pixel that is no number is handed on by the pooling and stops the training', () => {
    const net = network([conv2d(4, 3, 'relu'), maxPool2d(2), flatten(), dense(2, 'softmax')], {
      input: [1, 8, 8],
      loss: 'logLikelihood',
    });
    const data = drawSamples(net, 4, 1);
    data.inputs.values[2 * 64 + 20] = Number.NaN;
    const executable = prepare(wasm, net, sgd(), 2, ['loss']);
    expect(executable.runSteps(data, Uint32Array.of(0, 1, 2, 3), 2, 1)).toMatchObject({ steps: 2, diverged: true });
  });
});

const deep = () =>
  network(
    [
      conv2d(8, 3, 'relu', { padding: 'same' }),
      conv2d(10, 3, 'relu'),
      maxPool2d(2),
      batchNorm(),
      dropout(0.2),
      conv2d(12, 3, 'tanh'),
      globalAvgPool2d(),
      dense(5, 'softmax'),
    ],
    { input: [3, 14, 14], loss: 'logLikelihood', seed: 4, l2: 1e-3 },
  );

const small = () =>
  network(
    [conv2d(16, 3, 'relu'), maxPool2d(2), conv2d(20, 3, 'sigmoid'), maxPool2d(2), flatten(), dense(4, 'softmax')],
    {
      input: [1, 14, 14],
      loss: 'logLikelihood',
      seed: 4,
    },
  );

describe('threads', () => {
  test('any number of them gives the same bytes', async () => {
    for (const net of [deep(), small()]) {
      const data = drawSamples(net, 60, 2);
      const bytes: Buffer[] = [];
      for (const threads of [1, 2, 3, 4, 8]) {
        const backend = wasmBackend({ threads });
        const executable = prepare(backend, net, adam(), 20, ['loss']);
        // Workers take part as soon as they are there: the first steps are to be the same too.
        for (let tries = 0; tries < 200; tries++) {
          executable.runSteps(data, inOrder(20), 20, 1);
          if (executable.threads === threads) break;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        expect(executable.threads).toBe(threads);
        const again = prepare(backend, net, adam(), 20, ['loss']);
        again.runSteps(data, inOrder(60), 20, 1);
        bytes.push(Buffer.concat(Object.keys(net.parameters).map((name) => Buffer.from(again.read(name).buffer))));
        backend.dispose?.();
      }
      for (const other of bytes) expect(Buffer.compare(other, bytes[0])).toBe(0);
    }
  });
});

describe('training', () => {
  test.each([
    ['sgd', sgd({ learningRate: 0.1 })],
    ['momentum', momentum({ learningRate: 0.02 })],
  ] as const)('by %s follows the reference for 200 steps', (_, optimizer) => {
    const net = small();
    const data = drawSamples(net, 80, 6);
    const [expected, found] = [referenceBackend(), wasm].map((backend) => {
      const executable = prepare(backend, net, optimizer, 8, ['loss']);
      return Array.from({ length: 20 }, (_, epoch) => {
        const { lossSum, samples } = executable.runSteps(data, inOrder(80), 8, 1 + 10 * epoch);
        return lossSum / samples;
      });
    });
    for (const [epoch, loss] of expected.entries()) expect(Math.abs(found[epoch] - loss)).toBeLessThan(1e-4);
    expect(found[19]).toBeLessThan(found[0]);
  });
});
