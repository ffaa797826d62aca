// Lists behind ReLUs beside the reference: what is not zero takes the place of rows, and nothing else changes.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { dense, dropout } from '../../layers/index.ts';
import { random, type Samples, streams } from '../../memory/index.ts';
import { type Network, network } from '../../network/index.ts';
import { adam, sgd } from '../../optimizers/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { compile, lower } from '../../plan/index.ts';
import { type Backend, referenceBackend } from '../index.ts';
import { wasmBackend } from './wasm.ts';

const wasm = wasmBackend({ threads: 1 });
afterAll(() => wasm.dispose?.());

function drawSamples(width: number, seed: number): Samples {
  const numbers = random(seed, streams.check);
  const values = Float32Array.from({ length: 20 * width }, (_, i) => numbers.normal(i));
  const labels = Uint32Array.from({ length: 20 }, (_, i) => (i * 7) % 5);
  return { inputs: { count: 20, width, values, scale: 1 }, targets: { count: 20, classes: 5, labels } };
}

function train(backend: Backend, net: Network, optimizer: Optimizer, batch: number, data: Samples, keep: string[]) {
  const executable = backend.prepare(lower(compile(net, optimizer), { keep, carry: true }), batch);
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  executable.write('learningRate', [optimizer.learningRate]);
  executable.runSteps(
    data,
    Uint32Array.from({ length: 40 }, (_, i) => (i * 3) % 20),
    batch,
    1,
  );
  return [...keep, ...Object.keys(net.parameters)].map((name) => ({ name, values: executable.read(name) }));
}

test('training of any widths equals the reference, looked at or not, with dropout between or not', () => {
  const width = fc.oneof(fc.constantFrom(31, 32, 33, 63, 64, 65, 96, 100), fc.integer({ min: 20, max: 130 }));
  fc.assert(
    fc.property(
      fc.tuple(width, width, width),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(1, 3, 6, 7, 20),
      fc.boolean(),
      fc.nat(99),
      ([input, first, second], drops, bias, batch, looked, seed) => {
        const between = drops ? [dropout(0.4)] : [];
        const layers = [dense(first, 'relu'), ...between, dense(second, 'relu', { bias }), dense(5, 'softmax')];
        const net = network(layers, { input, loss: 'logLikelihood', seed });
        const last = layers.length - 1;
        const keep = looked ? ['loss', 'layers.0.delta', `layers.${last - 1}.weight.grad`] : ['loss'];
        // Adam's first steps have the size η however small the gradient: rounding would decide them.
        const optimizer = seed % 2 ? sgd({ learningRate: 0.05 }) : adam({ epsilon: 1e-3 });
        const data = drawSamples(input, seed);
        const [expected, found] = [referenceBackend(), wasm].map((backend) =>
          train(backend, net, optimizer, batch, data, keep),
        );
        for (const [i, { name, values }] of expected.entries()) {
          const size = Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0.01);
          for (const [k, value] of found[i].values.entries()) {
            if (!(Math.abs(value - values[k]) <= 1e-3 * size)) {
              expect.fail(`element ${k} of ${name}: ${value} where ${values[k]} is expected`);
            }
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('what is no number goes through the lists', () => {
  const net = network([dense(80, 'relu'), dense(40, 'linear')], { input: 8, seed: 1 });
  const data = drawSamples(8, 1);
  const plan = lower(compile(net), { keep: ['layers.1.z'] });
  const executable = wasm.prepare(plan, 2);
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  executable.write('layers.0.bias', new Float32Array(80).fill(Number.NaN));
  executable.run(data, Uint32Array.of(0, 1));
  expect(Array.from(executable.read('layers.1.z')).every(Number.isNaN)).toBe(true);
});
