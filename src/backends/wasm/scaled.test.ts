// Weights held as W = s V beside the reference: plain SGD with an L2 penalty over sparse inputs. Threads are wasm.test.ts's business.
import { afterAll, describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../formats/index.ts';
import { dense } from '../../layers/index.ts';
import { random, type Samples, streams } from '../../memory/index.ts';
import { type Network, network } from '../../network/index.ts';
import { sgd } from '../../optimizers/index.ts';
import { compile, lower } from '../../plan/index.ts';
import { type FitOptions, fit } from '../../train/index.ts';
import { type Backend, type Executable, referenceBackend } from '../index.ts';
import { wasmBackend } from './wasm.ts';

const wasm = wasmBackend({ threads: 1 });
afterAll(() => wasm.dispose?.());

const samples = (zeros: number, count = 40, width = 100): Samples => {
  const numbers = random(3, streams.check);
  const input = (_: unknown, i: number) => (numbers.uniform(2 * i) < zeros ? 0 : numbers.normal(2 * i + 1));
  const inputs = { count, width, values: Float32Array.from({ length: count * width }, input), scale: 1 };
  return { inputs, targets: { count, classes: 4, labels: Uint32Array.from({ length: count }, (_, i) => (i * 7) % 4) } };
};
const sparse = samples(0.85);
const rows = (first: number, count: number) => Uint32Array.from({ length: count }, (_, i) => ((first + i) * 11) % 40);

const netOf = (l2: number, frozen: readonly string[] = []) =>
  network([dense(37, 'sigmoid'), dense(4, 'sigmoid')], { input: 100, loss: 'crossEntropy', seed: 8, l2, frozen });

function prepare(backend: Backend, net: Network, rate: number): Executable {
  const keep = net.l2 > 0 ? ['loss', 'loss.penalty'] : ['loss'];
  const plan = lower(compile(net, sgd()), { keep, carry: true });
  const executable = backend.prepare(plan, 6);
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  executable.write('learningRate', [rate]);
  return executable;
}

const parametersOf = (executable: Executable) =>
  executable.plan.carries.map(({ to }) => ({ name: to, values: Array.from(executable.read(to)) }));

function expectNear(found: Executable, expected: Executable, tolerance: number): void {
  for (const [i, { name, values }] of parametersOf(expected).entries()) {
    const size = Math.max(...values.map(Math.abs), 1e-3);
    for (const [k, value] of parametersOf(found)[i].values.entries()) {
      if (!(Math.abs(value - values[k]) <= tolerance * size)) {
        expect.fail(`${name}, number ${k}: ${value} where ${values[k]} is expected`);
      }
    }
  }
}

/** Whether it holds a weight as s V at present. */
const isScaled = (executable: Executable) => Object.keys(executable.extras?.() ?? {}).length > 0;

describe('weights held as s V', () => {
  // η c from one that takes next to nothing to those at which s has to be taken in at every step or changes its sign.
  for (const [rate, l2] of [
    [0.1, 1e-4],
    [0.1, 0.5],
    [0.05, 10],
    [0.1, 10],
    [0.1, 17],
  ]) {
    test(`parameters, loss and penalty follow the reference for 200 steps: η ${rate}, c ${l2}`, () => {
      const [expected, found] = [referenceBackend(), wasm].map((backend) => {
        const executable = prepare(backend, netOf(l2), rate);
        const sums = Array.from({ length: 20 }, (_, i) => {
          const { lossSum } = executable.runSteps(sparse, rows(60 * i, 60), 6, 10 * i + 1);
          return [lossSum, executable.read('loss.penalty')[0]];
        });
        return { executable, sums: sums.flat() };
      });
      expect(isScaled(found.executable)).toBe(true);
      expectNear(found.executable, expected.executable, 2e-5);
      for (const [i, sum] of expected.sums.entries()) {
        expect(Math.abs(found.sums[i] - sum)).toBeLessThanOrEqual(2e-5 * Math.max(Math.abs(sum), 1e-3));
      }
    });
  }

  test('steps cut into calls of any length, and read between them, give the same bytes', () => {
    const run = (calls: readonly number[]) => {
      const executable = prepare(wasm, netOf(0.01), 0.1);
      let [step, sum] = [0, 0];
      for (const steps of calls) {
        sum = executable.runSteps(sparse, rows(6 * step, 6 * steps), 6, step + 1, sum).lossSum;
        step += steps;
        parametersOf(executable);
      }
      return { parameters: parametersOf(executable), sum };
    };
    expect(run([1, 2, 30, 67])).toEqual(run([100]));
  });

  test('a checkpoint, and its extras written elsewhere, lead on to the same bytes', () => {
    const executable = prepare(wasm, netOf(0.01), 0.1);
    executable.runSteps(sparse, rows(0, 120), 6, 1);
    const restore = executable.checkpoint();
    const extras = executable.extras?.() ?? {};
    const other = prepare(wasm, netOf(0.01), 0.1);
    for (const { name, values } of parametersOf(executable)) other.write(name, values);
    other.writeExtras?.(extras);
    const goOn = (from: Executable) => ({
      result: from.runSteps(sparse, rows(120, 120), 6, 21),
      parameters: parametersOf(from),
    });
    const expected = goOn(executable);
    restore();
    expect(goOn(executable)).toEqual(expected);
    expect(goOn(other)).toEqual(expected);
  });

  test('extras that other weights were written over since are passed over', () => {
    const executable = prepare(wasm, netOf(0.01), 0.1);
    executable.runSteps(sparse, rows(0, 120), 6, 1);
    const other = prepare(wasm, netOf(0.01), 0.1);
    const before = parametersOf(other);
    other.writeExtras?.(executable.extras?.() ?? {});
    expect(parametersOf(other)).toEqual(before);
  });

  test('a training stopped in the middle of an epoch goes on from its file to the same bytes', async () => {
    const data = { inputShape: [100], task: 'classification', labels: ['a', 'b', 'c', 'd'], samples: sparse } as const;
    const options: FitOptions = { epochs: 4, batch: 3, optimizer: sgd({ learningRate: 0.1 }), backend: wasm };
    const net = netOf(0.01);
    const whole = await fit(net, data, options);
    const controller = new AbortController();
    const onProgress = ({ epoch, samples }: { epoch: number; samples: number }) => {
      if (epoch === 1 && samples < 40) controller.abort();
    };
    const part = await fit(net, data, { ...options, signal: controller.signal, onProgress });
    if (part.state === undefined) expect.fail('a stopped training has no state');
    expect(part.state.position.samples).toBeGreaterThan(0);
    const { state } = readCheckpoint(writeCheckpoint({ network: part.network, state: part.state }), 'c');
    const resumed = await fit(net, data, { ...options, resume: state });
    expect(resumed.network.parameters).toEqual(whole.network.parameters);
    expect(resumed.history.map(({ loss }) => loss)).toEqual(whole.history.map(({ loss }) => loss));
  });

  test('dense data, single batches and written weights in between follow the reference', () => {
    const [expected, found] = [referenceBackend(), wasm].map((backend) => {
      const executable = prepare(backend, netOf(0.1), 0.1);
      const halved = () => executable.read('layers.0.weight').map((w) => w / 2);
      executable.runSteps(sparse, rows(0, 60), 6, 1);
      executable.run(sparse, rows(60, 6));
      executable.runSteps(sparse, rows(66, 60), 6, 11);
      executable.write('layers.0.weight', halved());
      executable.runSteps(sparse, rows(126, 60), 6, 21);
      executable.runSteps(samples(0), rows(0, 60), 6, 31);
      executable.runSteps(sparse, rows(60, 60), 6, 41);
      return executable;
    });
    expectNear(found, expected, 2e-5);
  });

  test('only what plain SGD trains under L2 alone is held so', () => {
    const scaledAfter = (net: Network) => {
      const executable = prepare(wasm, net, 0.1);
      executable.runSteps(sparse, rows(0, 6), 6, 1);
      return isScaled(executable);
    };
    expect(scaledAfter(netOf(0.01))).toBe(true);
    expect(scaledAfter(netOf(0))).toBe(false);
    expect(scaledAfter(netOf(0.01, ['layers.0.weight']))).toBe(false);
    expect(scaledAfter(network([dense(8, 'tanh')], { input: 100, l2: 0.01, l1: 0.01, loss: 'quadratic' }))).toBe(false);
  });
});
