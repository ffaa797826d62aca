// A step that is replayed is the step that was trained: the same bytes, whatever random numbers it took.
import { describe, expect, it } from 'vitest';
import { referenceBackend, wasmBackend } from '../backends/index.ts';
import { datasetFromArrays } from '../data/index.ts';
import { readCheckpoint, type TrainingState, writeCheckpoint } from '../formats/index.ts';
import { batchNorm, conv2d, dense, dropout, flatten } from '../layers/index.ts';
import { random, streams } from '../memory/index.ts';
import { network } from '../network/index.ts';
import { adam, momentum, rprop } from '../optimizers/index.ts';
import { compile, lower } from '../plan/index.ts';
import { epochOrder, rowsOfStep } from './epoch-order.ts';
import { type FitOptions, fit, fitEpochs } from './fit.ts';
import { lbfgs } from './lbfgs.ts';
import { type ReplayedStep, replay } from './replay.ts';
import { halving, oneCycle } from './schedules.ts';

const source = random(5, streams.check);
const images = Array.from({ length: 47 }, (_, i) => [
  Array.from({ length: 5 }, (_, r) => Array.from({ length: 5 }, (_, c) => source.normal(25 * i + 5 * r + c))),
]);
const targets = images.map((_, i) => [i % 3 === 0 ? 1 : 0]);
const weights = images.map((_, i) => 1 + (i % 2));
const data = { inputs: images, targets, weights };
const net = network(
  // No bias before batch normalisation: its gradient is nothing but rounding, of which Adam makes steps.
  [
    conv2d(2, 3, 'linear', { bias: false }),
    batchNorm(),
    flatten(),
    dense(6, 'tanh'),
    dropout(0.3),
    dense(1, 'sigmoid'),
  ],
  {
    input: [1, 5, 5],
    loss: 'crossEntropy',
    l2: 0.01,
    seed: 9,
  },
);
const adamOptimizer = adam({ learningRate: 0.02 });
const options: FitOptions = {
  epochs: 5,
  batch: 5,
  seed: 4,
  optimizer: adamOptimizer,
  schedule: oneCycle(),
  augment: { shift: 1 },
  noise: 0.1,
  smoothLabels: 0.05,
  backend: wasmBackend({ threads: 1 }),
};
const perEpoch = 10;

/** The state after so many epochs, through the bytes of a file. */
async function stateAfter(epochs: number, own = options): Promise<TrainingState> {
  for await (const { epoch, network, state } of fitEpochs(net, data, own)) {
    if (epoch === epochs && state) return readCheckpoint(writeCheckpoint({ network, state: state() }), 'c').state;
  }
  throw new Error('training ended before');
}

const bytes = (tensors: ReplayedStep['after']) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, Array.from(data)]));

/** What stands in a state of the tensors of a replayed step. */
const sameNames = (state: TrainingState, like: ReplayedStep['after']) =>
  bytes(Object.fromEntries(Object.keys(like).map((name) => [name, state.tensors[name]])));

describe('a replayed step', () => {
  it('leaves the parameters of a run that was stopped after it, at the end of an epoch', async () => {
    for (const epochs of [1, 3]) {
      const stopped = await stateAfter(epochs);
      const { after } = await replay(net, data, options, { step: epochs * perEpoch });
      expect(Object.keys(after)).toEqual(expect.arrayContaining([...Object.keys(net.parameters), 'layers.3.weight.m']));
      expect(bytes(after)).toEqual(sameNames(stopped, after));
    }
  });

  it('leaves the parameters of a run that was stopped within an epoch', async () => {
    const controller = new AbortController();
    const { state } = await fit(net, data, {
      ...options,
      resume: await stateAfter(2),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    if (state === undefined) throw new Error('nothing to go on from');
    expect(state.steps).toBeGreaterThan(2 * perEpoch);
    expect(state.steps).toBeLessThan(3 * perEpoch);
    const { after } = await replay(net, data, options, { step: state.steps });
    expect(bytes(after)).toEqual(sameNames(state, after));
  });

  it('is the same from a checkpoint, wherever that is, as from the beginning', async () => {
    const whole = await replay(net, data, options, { step: 33 });
    for (const epochs of [1, 3]) {
      expect(await replay(net, data, options, { step: 33, from: await stateAfter(epochs) })).toEqual(whole);
    }
  });

  it('begins with what the step before it left, optimizer state too', async () => {
    const from = await stateAfter(2);
    const [first, second] = [
      await replay(net, data, options, { step: 2 * perEpoch + 1, from }),
      await replay(net, data, options, { step: 2 * perEpoch + 2, from }),
    ];
    expect(bytes(first.network.parameters)).toEqual(sameNames(from, first.network.parameters));
    expect(bytes(first.state)).toEqual(sameNames(from, first.state));
    expect(Object.keys(first.state)).toContain('layers.3.weight.m');
    expect(bytes({ ...second.network.parameters, ...second.state })).toEqual(bytes(first.after));
  });

  it('has everything that a float64 step needs to come to the same: inputs, masks, state, rate and weights', async () => {
    const step = 27;
    const found = await replay(net, data, options, { step });
    const program = compile(found.network, adamOptimizer, { sampleWeights: true });
    const executable = referenceBackend().prepare(lower(program, { keep: ['loss'], carry: true }), 5);
    for (const [name, { data }] of Object.entries({ ...found.network.parameters, ...found.state }))
      executable.write(name, data);
    executable.write('learningRate', [found.learningRate]);
    const { samples } = datasetFromArrays([...found.inputs], [...found.targets], { weights: found.weights });
    executable.runSteps(samples, Uint32Array.of(0, 1, 2, 3, 4), 5, step);
    expect(executable.read('loss')[0]).toBeCloseTo(found.loss, 5);
    const before = { ...found.network.parameters, ...found.state };
    for (const [name, { data }] of Object.entries(found.after)) {
      const [moved, stood] = [executable.read(name), before[name].data];
      for (const [i, value] of data.entries()) expect(moved[i]).toBeCloseTo(value, 5);
      expect(Array.from(data)).not.toEqual(Array.from(stood));
    }
  });

  it('has the loss that training told of, and the rate of its schedule', async () => {
    const told = new Map<number, number>();
    await fit(net, data, { ...options, onStep: ({ step, loss }) => told.set(step, loss) });
    expect(told.size).toBe(5 * perEpoch);
    for (const step of [1, 16, 50]) {
      const found = await replay(net, data, options, { step });
      expect(found.loss).toBe(told.get(step));
      const place = { epoch: found.epoch, epochs: 5, step, steps: 50, history: [] };
      expect(found.learningRate).toBe(0.02 * (oneCycle().factor(place) ?? 0));
    }
  });

  it('names the rows of its batch in an unshuffled training and in a shuffled one', async () => {
    const plain: FitOptions = { epochs: 2, batch: 5, optimizer: momentum(), backend: wasmBackend({ threads: 1 }) };
    const inOrder = await replay(net, data, { ...plain, shuffle: false }, { step: perEpoch + 3 });
    expect([...inOrder.rows]).toEqual([10, 11, 12, 13, 14]);
    expect([inOrder.epoch, inOrder.stepInEpoch]).toEqual([2, 3]);
    const shuffled = await replay(net, data, plain, { step: perEpoch });
    expect(shuffled.inputs).toEqual([...shuffled.rows].map((row) => images[row].flat(2)));
    expect(shuffled.targets).toEqual([...shuffled.rows].map((row) => targets[row]));
    expect(shuffled.weights).toEqual([...shuffled.rows].map((row) => weights[row]));
    expect(shuffled.rows.length).toBe(2);
  });

  it('is found where a schedule follows the validation loss, without early stopping coming between', async () => {
    const own: FitOptions = {
      ...options,
      optimizer: momentum({ learningRate: 0.5 }),
      schedule: halving({ patience: 1, halvings: 20 }),
      epochs: 8,
      validation: { inputs: images.slice(0, 9), targets: targets.slice(0, 9) },
    };
    const { history } = await fit(net, data, own);
    const halved = history.findIndex(({ learningRate }) => (learningRate ?? 0.5) < 0.5);
    expect(halved).toBeGreaterThan(0);
    const found = await replay(
      net,
      data,
      { ...own, patience: 1 },
      { step: halved * perEpoch + 2, from: await stateAfter(1, own) },
    );
    expect(found.learningRate).toBe(history[halved].learningRate);
  });

  it('is found where training diverged at it', async () => {
    const wild: FitOptions = {
      epochs: 50,
      batch: 5,
      optimizer: momentum({ learningRate: 1e30 }),
      backend: wasmBackend({ threads: 1 }),
    };
    const straight = network([dense(1, 'linear')], { input: 25, loss: 'quadratic', seed: 1 });
    const flat = { inputs: images.map((image) => image.flat(2)), targets };
    const { divergedAt } = await fit(straight, flat, wild);
    if (divergedAt === undefined) throw new Error('it was to diverge');
    const step = (divergedAt.epoch - 1) * perEpoch + divergedAt.step;
    expect((await replay(straight, flat, wild, { step })).loss).not.toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('is refused beyond the end, and from a state after it', async () => {
    const from = await stateAfter(2);
    await expect(replay(net, data, options, { step: 51 })).rejects.toThrow('came to no step 51');
    await expect(replay(net, data, options, { step: 20, from })).rejects.toThrow(
      'after 20 steps, where the step to replay is 20',
    );
    await expect(replay(net, data, options, { step: 0 })).rejects.toThrow('step');
    await expect(replay(net, data, { ...options, optimizer: lbfgs() }, { step: 1 })).rejects.toThrow(
      'lbfgs sees all samples at once and has no steps to replay',
    );
  });

  it('works for every way that optimizers keep state', async () => {
    const own = { ...options, optimizer: rprop() };
    const stopped = await stateAfter(1, own);
    const { after } = await replay(net, data, own, { step: perEpoch });
    expect(bytes(after)).toEqual(sameNames(stopped, after));
  });
});

describe('the order of an epoch', () => {
  const order = { count: 47, batch: 5, shuffle: true, dropLast: false, seed: 4 };

  it('has each sample once, in another order in each epoch', () => {
    const [first, second] = [epochOrder(order, 1), epochOrder(order, 2)];
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 47 }, (_, i) => i));
    expect([...first]).not.toEqual([...second]);
    expect([...epochOrder({ ...order, dropLast: true }, 1)]).toEqual([...first.subarray(0, 45)]);
  });

  it('is cut into the batches of its steps', () => {
    expect([...rowsOfStep(order, 20)]).toEqual([...epochOrder(order, 2).subarray(45)]);
    expect([...rowsOfStep({ ...order, dropLast: true }, 10)]).toEqual([...epochOrder(order, 2).subarray(0, 5)]);
  });
});
