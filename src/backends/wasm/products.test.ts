// What the wasm backend hands out, with a plain triple loop in place of a library: which products, and that steps come out the same.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { conv2d, dense, flatten, maxPool2d } from '../../layers/index.ts';
import { random, type Samples, streams } from '../../memory/index.ts';
import { type Network, network } from '../../network/index.ts';
import { adam } from '../../optimizers/index.ts';
import { compile, lower } from '../../plan/index.ts';
import type { Backend, Executable } from '../backend.ts';
import { leastProduct, type MatrixProduct } from './products.ts';
import { wasmBackend, wasmBackendNamed } from './wasm.ts';

/** The products since the last look. */
const seen: string[] = [];

function multiply({ rows, columns, inner, scale, keep, a, b, c }: MatrixProduct): void {
  seen.push(`${rows} × ${inner} × ${columns}`);
  const at = ({ numbers, distance, transposed }: MatrixProduct['a'], row: number, column: number) =>
    transposed ? numbers[column * distance + row] : numbers[row * distance + column];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += at(a, i, k) * at(b, k, j);
      const place = i * c.distance + j;
      c.numbers[place] = scale * sum + (keep === 0 ? 0 : c.numbers[place]);
    }
  }
}

const handing = wasmBackendNamed('handing', { threads: 2 }, multiply);
const wasm = wasmBackend({ threads: 1 });
afterAll(() => {
  handing.dispose?.();
  wasm.dispose?.();
});

const optimizer = adam({ learningRate: 1e-3, epsilon: 1e-4 });

function prepare(backend: Backend, net: Network, capacity: number): Executable {
  const executable = backend.prepare(lower(compile(net, optimizer), { keep: ['loss'], carry: true }), capacity);
  for (const { to } of executable.plan.carries) executable.write(to, executable.read(to).fill(0));
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  executable.write('learningRate', [optimizer.learningRate]);
  return executable;
}

function samplesOf(count: number, width: number, classes: number): Samples {
  const numbers = random(7, streams.check);
  const values = Float32Array.from({ length: count * width }, (_, i) => numbers.normal(i));
  const labels = Uint32Array.from({ length: count }, (_, i) => (i * 5) % classes);
  return { inputs: { count, width, values, scale: 1 }, targets: { count, classes, labels } };
}

/** Trains on both and compares what came of it. */
function expectSame(net: Network, width: number, classes: number, batch: number, count: number): void {
  const data = samplesOf(count, width, classes);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const [found, expected] = [handing, wasm].map((backend) => {
    const executable = prepare(backend, net, batch);
    const { lossSum } = executable.runSteps(data, order, batch, 1);
    const parameters = Object.keys(net.parameters).flatMap((name) => [...executable.read(name)]);
    executable.dispose();
    return [lossSum / count, ...parameters];
  });
  const worst = expected.reduce((most, x, i) => Math.max(most, Math.abs(found[i] - x)), 0);
  expect(worst).toBeLessThan(2e-5);
}

const classifier = (layers: Parameters<typeof network>[0], input: number | [number, number, number]) =>
  network(layers, { input, loss: 'logLikelihood', seed: 2 });

test('the products of a large layer are handed out, three a step, and those of a small one are not', () => {
  const [width, units, batch] = [150, 110, 70];
  expect(width * units * batch).toBeGreaterThan(leastProduct);
  const net = classifier([dense(9, 'relu'), dense(width, 'relu'), dense(units, 'relu'), dense(3, 'softmax')], 5);
  seen.length = 0;
  expectSame(net, 5, 3, batch, batch);
  // Counts are padded to whole vectors.
  expect(seen).toEqual(['70 × 152 × 112', '70 × 112 × 152', '152 × 70 × 112']);
});

test('steps with products handed out equal those without, at any sizes and with a smaller last batch', () => {
  const size = fc.integer({ min: 100, max: 140 });
  fc.assert(
    fc.property(size, size, fc.boolean(), fc.integer({ min: 1, max: 30 }), (width, units, bias, rest) => {
      const batch = Math.ceil(leastProduct / (width * units));
      const net = classifier([dense(units, 'relu', { bias }), dense(4, 'softmax')], width);
      expectSame(net, width, 4, batch, batch + rest);
    }),
    { numRuns: 6 },
  );
});

test('a large layer behind convolutions reads their images in the order they lie in', () => {
  const layers = [conv2d(8, 3, 'relu'), maxPool2d(2), flatten(), dense(90, 'relu'), dense(4, 'softmax')];
  const net = classifier(layers, [1, 12, 12]);
  seen.length = 0;
  expectSame(net, 144, 4, 64, 64);
  expect(seen).toHaveLength(3);
});
