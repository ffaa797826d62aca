// Training in a worker whose side runs in this process: only what survives being sent reaches it. test/browser has real ones.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defineActivation } from '../activations/activation.ts';
import { type Backend, referenceBackend } from '../backends/index.ts';
import { datasetFromArrays } from '../data/index.ts';
import { batchNorm, dense, dropout } from '../layers/index.ts';
import type { Layer } from '../layers/layer.ts';
import * as losses from '../losses/index.ts';
import type { Loss } from '../losses/loss.ts';
import { type Network, network } from '../network/index.ts';
import { clipped } from '../optimizers/clipped.ts';
import * as optimizers from '../optimizers/index.ts';
import { multiply, power } from '../symbolic/index.ts';
import { type FitResult, fit, fitEpochs, lbfgs, lm, quantities, schedules } from '../train/index.ts';
import {
  fitEpochsInWorker,
  fitInWorker,
  liveTrainingInWorker,
  type ScheduleDescription,
  type WorkerFitOptions,
} from './index.ts';
import type { Reply, Request } from './messages.ts';
import { serve } from './serve.ts';

/** A browser's worker, as far as `fitInWorker` knows it. */
class FakeWorker {
  static readonly live = new Set<FakeWorker>();
  static failure: string | undefined;
  onmessage: ((event: { data: Reply }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  private readonly answer = serve((reply) => {
    const data = structuredClone(reply);
    setImmediate(() => FakeWorker.live.has(this) && this.onmessage?.({ data }));
  });

  constructor() {
    FakeWorker.live.add(this);
  }

  postMessage(message: Request, transfer: ArrayBuffer[]): void {
    const data = structuredClone(message, { transfer });
    const { failure } = FakeWorker;
    setImmediate(() => {
      if (failure === undefined) void this.answer(data);
      else this.onerror?.({ message: failure, preventDefault: () => undefined });
    });
  }

  terminate(): void {
    FakeWorker.live.delete(this);
  }
}

beforeEach(() => {
  FakeWorker.failure = undefined;
  vi.stubGlobal('Worker', FakeWorker);
});

afterEach(() => {
  vi.unstubAllGlobals();
  expect(FakeWorker.live.size).toBe(0);
});

const inputs = Array.from({ length: 24 }, (_, i) => [Math.sin(i), Math.cos(3 * i), (i % 5) - 2]);
const targets = inputs.map(([x, y]) => [x * y > 0 ? 1 : 0]);
const data = { inputs, targets };
const net = network([dense(5, 'tanh'), dense(1, 'sigmoid')], { input: 3, seed: 4 });

/** A result without what a clock decides. */
function timeless({ network, history, state, seconds: _, ...rest }: FitResult) {
  const records = (history: FitResult['history']) => history.map(({ seconds: _, ...record }) => record);
  const { history: __, ...where } = state ?? {};
  return { ...rest, history: records(history), state: where, parameters: network.parameters };
}

const comparable: [string, Network, WorkerFitOptions][] = [
  ['nothing given', net, {}],
  ['everything that is data', net, { epochs: 4, batch: 5, dropLast: true, shuffle: false, seed: 3, noise: 0.1 }],
  ['early stopping', net, { epochs: 9, validation: data, patience: 2, optimizer: optimizers.adam() }],
  ['class weights and smoothed labels', net, { epochs: 3, classWeights: [1, 2], smoothLabels: 0.1 }],
  ['the reference backend', net, { epochs: 3, backend: referenceBackend() }],
  ['gradients clipped', net, { epochs: 3, optimizer: clipped(optimizers.adamw({ weightDecay: 0.1 }), { norm: 0.1 }) }],
  ['L-BFGS', net, { epochs: 3, optimizer: lbfgs({ memory: 3 }) }],
  ['Levenberg–Marquardt', network([dense(2, 'tanh'), dense(1)], { input: 3 }), { epochs: 3, optimizer: lm() }],
  [
    'penalties, frozen parameters, dropout and statistics',
    network([dense(4, 'relu'), batchNorm(), dropout(0.5), dense(1, 'sigmoid')], {
      input: 3,
      seed: 2,
      l1: 0.01,
      l2: 0.02,
      loss: 'crossEntropy',
      frozen: ['layers.0.bias'],
      learningRate: 0.5,
    }),
    { epochs: 4, batch: 8 },
  ],
];

describe('a training in a worker comes to what fit comes to, with', () => {
  test.each(comparable)('%s', async (_, net, options) => {
    const { schedule: __, transfer: ___, ...own } = options;
    const given = options.classWeights ? { inputs, targets: targets.map(([y]) => (y > 0 ? 'yes' : 'no')) } : data;
    expect(timeless(await fitInWorker(net, given, options))).toEqual(timeless(await fit(net, given, own)));
  });

  test.each([false, true])('weights of samples (memory handed over: %s)', async (transfer) => {
    const weights = inputs.map((_, i) => i % 4);
    const options = { epochs: 3, trainingScores: true };
    const local = await fit(net, { ...data, weights }, options);
    const given = { ...data, weights: Float64Array.from(weights) };
    expect(timeless(await fitInWorker(net, given, { ...options, transfer }))).toEqual(timeless(local));
    expect(timeless(local)).not.toEqual(timeless(await fit(net, data, options)));
  });

  test.each(Object.entries(optimizers))('the optimizer %s', async (_, make) => {
    const optimizer = make({ learningRate: 0.013 });
    expect(timeless(await fitInWorker(net, data, { epochs: 2, optimizer }))).toEqual(
      timeless(await fit(net, data, { epochs: 2, optimizer })),
    );
  });

  const described: [ScheduleDescription, ReturnType<typeof schedules.cosine>][] = [
    [{ name: 'step', every: 2, factor: 0.1 }, schedules.step({ every: 2, factor: 0.1 })],
    [{ name: 'cosine' }, schedules.cosine()],
    [
      { name: 'warmUp', steps: 3, after: { name: 'exponential', factor: 0.5 } },
      schedules.warmUp({ steps: 3 }, schedules.exponential({ factor: 0.5 })),
    ],
    [{ name: 'halving', patience: 1, halvings: 2 }, schedules.halving({ patience: 1, halvings: 2 })],
  ];
  test.each(described)('the schedule %j', async (schedule, own) => {
    expect(timeless(await fitInWorker(net, data, { epochs: 6, schedule }))).toEqual(
      timeless(await fit(net, data, { epochs: 6, schedule: own })),
    );
  });

  test('epochs handed out one by one', async () => {
    const [here, there] = [fitEpochs(net, data, { epochs: 3 }), fitEpochsInWorker(net, data, { epochs: 3 })];
    for (;;) {
      const [one, other] = [await here.next(), await there.next()];
      expect(other.done).toBe(one.done);
      expect(other.value.network.parameters).toEqual(one.value.network.parameters);
      if (one.done || other.done) break;
      expect([other.value.epoch, other.value.loss]).toEqual([one.value.epoch, one.value.loss]);
    }
  });

  test('a training that goes on from the state of another one', async () => {
    const { state } = await fitInWorker(net, data, { epochs: 2 });
    if (state === undefined) throw new Error('there is no state');
    const { network } = await fitInWorker(net, data, { epochs: 5, resume: state });
    expect(network.parameters).toEqual((await fit(net, data, { epochs: 5 })).network.parameters);
  });
});

describe('a training in a worker', () => {
  test('reports progress', async () => {
    const seen: number[] = [];
    await fitInWorker(net, data, { epochs: 3, onProgress: ({ epoch }) => seen.push(epoch) });
    expect([...new Set(seen)]).toEqual([1, 2, 3]);
  });

  test('ends with the network so far when it is called off, before or while it runs', async () => {
    const before = await fitInWorker(net, data, { signal: AbortSignal.abort() });
    expect([before.ending, before.steps]).toEqual(['aborted', 0]);
    const abort = new AbortController();
    const { ending, steps } = await fitInWorker(net, data, {
      epochs: 1e9,
      signal: abort.signal,
      onProgress: ({ epoch }) => epoch > 3 && abort.abort(),
    });
    expect(ending).toBe('aborted');
    expect(steps).toBeGreaterThan(0);
  });

  test('ends when the loop over its epochs is left', async () => {
    for await (const { epoch } of fitEpochsInWorker(net, data, { epochs: 1e9 })) if (epoch === 2) break;
    expect(FakeWorker.live.size).toBe(0);
  });

  test('leaves the data as it is, unless told to take its memory', async () => {
    const [kept, given] = [datasetFromArrays(inputs, targets), datasetFromArrays(inputs, targets)];
    const [one, other] = [
      await fitInWorker(net, kept, { epochs: 1 }),
      await fitInWorker(net, given, { epochs: 1, transfer: true, validation: given }),
    ];
    expect(kept.samples.inputs.values).toHaveLength(72);
    expect(given.samples.inputs.values).toHaveLength(0);
    expect(other.network.parameters).toEqual(one.network.parameters);
  });

  test('takes no memory along that belongs to something else', async () => {
    const { samples, ...rest } = datasetFromArrays(inputs, targets);
    const whole = new Float64Array(100);
    whole.set(samples.inputs.values);
    const values = whole.subarray(0, 72);
    await fitInWorker(
      net,
      { ...rest, samples: { ...samples, inputs: { ...samples.inputs, values } } },
      { transfer: true },
    );
    expect(whole).toHaveLength(100);
  });

  test('shares the memory that can be shared', async () => {
    const { samples, ...rest } = datasetFromArrays(inputs, targets);
    const values = new Float64Array(new SharedArrayBuffer(72 * 8));
    values.set(samples.inputs.values);
    const shared = { ...rest, samples: { ...samples, inputs: { ...samples.inputs, values } } };
    const { network } = await fitInWorker(net, shared, { epochs: 2, transfer: true });
    expect(values).toHaveLength(72);
    expect(network.parameters).toEqual((await fit(net, data, { epochs: 2 })).network.parameters);
  });
});

describe('a live training in a worker', () => {
  test('comes to what fit comes to, and is looked at as asked', async () => {
    const names = ['layers.0.a', 'layers.0.weight.grad'];
    const training = liveTrainingInWorker(net, data, { views: { inside: { data, names } }, validation: data });
    expect((await training.look()).steps).toBe(0);
    training.play({ toEpoch: 3 });
    let snapshot = await training.look();
    while (snapshot.running) snapshot = await training.look();
    const { network } = await fit(net, data, { epochs: 3 });
    expect(snapshot.network.parameters).toEqual(network.parameters);
    expect(snapshot.views.inside).toEqual(quantities(network, data, names));
    expect(snapshot.scores?.training).toEqual(snapshot.scores?.validation);
    training.end();
    expect(FakeWorker.live.size).toBe(0);
  });

  test('says in fit’s words what fit would refuse, and why there is no worker', async () => {
    const training = liveTrainingInWorker(net, data, { batch: 0 });
    const refused = await fit(net, data, { batch: 0 }).catch((error: unknown) => error);
    await expect(training.look()).rejects.toEqual(refused);
    training.end();
    vi.stubGlobal('Worker', undefined);
    expect(() => liveTrainingInWorker(net, data)).toThrow('there are no web workers here');
  });
});

const cube = defineActivation({
  name: 'cube',
  value: (z) => z ** 3,
  derivative: (z) => 3 * z ** 2,
  expression: (z) => power(z, 3),
  derivativeExpression: (z) => multiply(3, power(z, 2)),
});
const plain = dense(1, 'sigmoid');
const ownLayer: Layer = { ...plain, type: 'mine' };
const impostor: Layer = { ...plain, forward: (g, slots) => plain.forward(g, slots) };
const ownLoss: Loss = { ...losses.quadratic, name: 'mine' };
const { update } = optimizers.sgd();
const ownOptimizer = { ...optimizers.adam(), update };
const elsewhere: Backend = { ...referenceBackend(), name: 'blas' };
const remedy =
  "is none of the library's own, and code cannot be sent to a worker; use one of the library's, or train with fit.";

const withLayer = (layer: Layer) => network([layer], { input: 3 });

describe('one sentence for', () => {
  test.each<[string, Network, object, string]>([
    ['a layer', withLayer(ownLayer), {}, `layers[0] (mine) ${remedy}`],
    ['a layer with a name of the house', withLayer(impostor), {}, `layers[0] (dense) ${remedy}`],
    ['an activation', withLayer(dense(1, cube)), {}, `the activation cube of layers[0] (dense) ${remedy}`],
    ['a loss', network([plain], { input: 3, loss: ownLoss }), {}, `the loss mine ${remedy}`],
    ['an optimizer', net, { optimizer: { ...optimizers.adam(), name: 'mine' } }, `the optimizer mine ${remedy}`],
    ['an optimizer with a name of the house', net, { optimizer: ownOptimizer }, `the optimizer adam ${remedy}`],
    [
      'a backend',
      net,
      { backend: elsewhere },
      'the backend blas cannot run in a worker; use the wasm or the reference backend, or train with fit.',
    ],
    [
      'a schedule',
      net,
      { schedule: schedules.cosine() },
      "the schedule cosine is given as code, which cannot be sent to a worker; give it by name, as { name: 'cosine' }.",
    ],
  ])('%s of one’s own', async (_, net, options, sentence) => {
    const training = fitInWorker(net, data, options);
    await expect(training).rejects.toThrow(expect.objectContaining({ code: 'unsupported', message: sentence }));
  });

  test('what fit would refuse, in fit’s words', async () => {
    const wrong = { inputs: [[1, 2]], targets: [[1]] };
    const [here, there] = await Promise.allSettled([fit(net, wrong), fitInWorker(net, wrong)]);
    expect(there).toEqual(here);
    const [one, other] = await Promise.allSettled([fit(net, data, { batch: 0 }), fitInWorker(net, data, { batch: 0 })]);
    expect(other).toEqual(one);
  });

  test('an error thrown where progress is reported', async () => {
    const onProgress = () => {
      throw new Error('mine');
    };
    await expect(fitInWorker(net, data, { onProgress })).rejects.toThrow('mine');
  });

  test('a worker that does not load', async () => {
    FakeWorker.failure = '404';
    await expect(fitInWorker(net, data)).rejects.toThrow(/^the training's worker failed \(404\); serve /);
  });

  test('a place without workers', async () => {
    vi.stubGlobal('Worker', undefined);
    await expect(fitInWorker(net, data)).rejects.toThrow('there are no web workers here; train with fit.');
  });
});
