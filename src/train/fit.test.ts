// Training: that it learns, that it is repeatable, and that it ends well however it ends.
import { describe, expect, test } from 'vitest';
import { evaluate, predict, train, trainEpochs } from '../../test/exact.ts';
import { gradients } from '../explain/index.ts';
import { dense } from '../layers/index.ts';
import { permutation, random, sameTensor, streams } from '../memory/index.ts';
import { type Network, network } from '../network/index.ts';
import * as optimizers from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
// Under another name, because the linter takes `fit(` for a focused test.
import type { Epoch, FitOptions } from './fit.ts';

const { adam, momentum, sgd } = optimizers;

const xor = {
  inputs: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  targets: [[0], [1], [1], [0]],
};

const xorNetwork = (options = {}) =>
  network([dense(4, 'tanh'), dense(1, 'sigmoid')], { input: 2, seed: 3, ...options });

/** Ten points of y = 2x − 1, and a single neuron to find it. */
const line = {
  inputs: Array.from({ length: 10 }, (_, i) => [i / 10]),
  targets: Array.from({ length: 10 }, (_, i) => [(2 * i) / 10 - 1]),
};
const neuron = (options = {}) => network([dense(1)], { input: 1, seed: 1, ...options });

const same = (a: Network, b: Network) =>
  Object.keys(a.parameters).every((name) => sameTensor(a.parameters[name], b.parameters[name]));

describe('training learns', () => {
  // Steps that shrink as they go, or that follow the bare gradient, begin larger.
  const rates: Readonly<Record<string, number>> = { sgd: 0.5, adagrad: 0.5 };
  const makers = Object.entries<(options: { learningRate: number }) => Optimizer>(optimizers);

  test.each(makers)('exclusive or, with %s', async (name, make) => {
    const optimizer = make({ learningRate: rates[name] ?? 0.05 });
    const net = xorNetwork({ loss: 'crossEntropy' });
    const { network: trained, history } = await train(net, xor, { optimizer, epochs: 1000, batch: 4 });
    expect(predict(trained, xor.inputs).map(([a]) => Math.round(a))).toEqual([0, 1, 1, 0]);
    expect(history[999].loss).toBeLessThan(history[0].loss / 5);
  });

  test('and leaves the network it was given as it was', async () => {
    const net = xorNetwork();
    const before = xorNetwork();
    await train(net, xor, { epochs: 3 });
    expect(same(net, before)).toBe(true);
  });

  test("with the network's own learning rate where no optimizer is given", async () => {
    const options = { epochs: 2, batch: 4, shuffle: false };
    const own = await train(neuron({ learningRate: 0.25 }), line, options);
    const given = await train(neuron(), line, { ...options, optimizer: sgd({ learningRate: 0.25 }) });
    expect(same(own.network, given.network)).toBe(true);
  });
});

describe('the same seed gives the same bits', () => {
  const options = { epochs: 20, batch: 3, optimizer: momentum() };

  test('again and again, whatever watches', async () => {
    const one = await train(xorNetwork(), xor, options);
    const two = await train(xorNetwork(), xor, { ...options, validation: xor, onProgress: () => {} });
    expect(same(one.network, two.network)).toBe(true);
    expect(one.history.map(({ loss }) => loss)).toEqual(two.history.map(({ loss }) => loss));
  });

  test('and another seed of shuffling others', async () => {
    const one = await train(xorNetwork(), xor, { ...options, seed: 8 });
    const two = await train(xorNetwork(), xor, { ...options, seed: 9 });
    expect(same(one.network, two.network)).toBe(false);
  });
});

describe('an epoch', () => {
  /** Plain gradient descent by hand: `gradients` of each batch, in the given order. */
  function byHand(net: Network, batches: readonly (readonly number[])[], rate: number): Network {
    let current = net;
    for (const rows of batches) {
      const batch = { inputs: rows.map((i) => line.inputs[i]), targets: rows.map((i) => line.targets[i]) };
      const { gradients: found } = gradients(current, batch);
      const parameters = Object.entries(current.parameters).map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((w, i) => w - rate * found[name].data[i]) },
      ]);
      current = { ...current, parameters: Object.fromEntries(parameters) };
    }
    return current;
  }

  const optimizer = sgd({ learningRate: 0.1 });
  const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const cut = (order: readonly number[]) => [order.slice(0, 4), order.slice(4, 8), order.slice(8)];

  test('without shuffling goes through the samples as they come, its last batch a mean over its own size', async () => {
    const { network: trained, steps } = await train(neuron(), line, { optimizer, epochs: 1, batch: 4, shuffle: false });
    expect(steps).toBe(3);
    expect(same(trained, byHand(neuron(), cut(ten), 0.1))).toBe(true);
  });

  test('with shuffling takes the order of its own number', async () => {
    const { network: trained } = await train(neuron(), line, { optimizer, epochs: 2, batch: 4, seed: 6 });
    const orders = [1, 2].map((epoch) => [...permutation(10, random(6, streams.shuffle, epoch))]);
    expect(same(trained, byHand(neuron(), orders.flatMap(cut), 0.1))).toBe(true);
  });

  test('leaves out its smaller last batch where asked to', async () => {
    const options = { optimizer, epochs: 1, batch: 4, shuffle: false, dropLast: true };
    const { network: trained, steps } = await train(neuron(), line, options);
    expect(steps).toBe(2);
    expect(same(trained, byHand(neuron(), cut(ten).slice(0, 2), 0.1))).toBe(true);
  });

  test('of one batch larger than the data is one step', async () => {
    const { network: trained, steps } = await train(neuron(), line, {
      optimizer,
      epochs: 1,
      batch: 64,
      shuffle: false,
    });
    expect(steps).toBe(1);
    expect(same(trained, byHand(neuron(), [ten], 0.1))).toBe(true);
  });

  test("reports the mean of its batches' losses, each before its step and weighted by its size", async () => {
    const { history } = await train(neuron(), line, { optimizer, epochs: 1, batch: 4, shuffle: false });
    let net = neuron();
    let sum = 0;
    for (const rows of cut(ten)) {
      const batch = { inputs: rows.map((i) => line.inputs[i]), targets: rows.map((i) => line.targets[i]) };
      sum += gradients(net, batch).loss * rows.length;
      net = byHand(net, [rows], 0.1);
    }
    expect(history[0].loss).toBeCloseTo(sum / 10, 14);
    expect(history[0]).toMatchObject({ epoch: 1, steps: 3, validation: null });
  });
});

test('frozen parameters stay as they are, and the others do not', async () => {
  const frozen = ['layers.0.weight', 'layers.1.bias'];
  const net = xorNetwork({ frozen });
  const { network: trained } = await train(net, xor, { epochs: 5, optimizer: adam() });
  for (const [name, tensor] of Object.entries(net.parameters)) {
    expect(sameTensor(tensor, trained.parameters[name]), name).toBe(frozen.includes(name));
  }
});

test('a network with everything frozen is trained without an error', async () => {
  const net = neuron({ frozen: ['layers.0.weight', 'layers.0.bias'] });
  const { network: trained, ending } = await train(net, line, { epochs: 2 });
  expect(ending).toBe('epochs');
  expect(same(net, trained)).toBe(true);
});

describe('cancelling', () => {
  test('stops between chunks with the network so far', async () => {
    const controller = new AbortController();
    const onProgress = ({ epoch }: { epoch: number }) => {
      if (epoch === 3) controller.abort();
    };
    const {
      ending,
      history,
      network: trained,
    } = await train(neuron(), line, {
      epochs: 100,
      signal: controller.signal,
      onProgress,
    });
    expect(ending).toBe('aborted');
    expect(history.length).toBeGreaterThanOrEqual(2);
    expect(history.length).toBeLessThanOrEqual(3);
    expect(same(trained, neuron())).toBe(false);
  });

  test('beforehand runs nothing', async () => {
    const { ending, steps, history, network: trained } = await train(neuron(), line, { signal: AbortSignal.abort() });
    expect({ ending, steps, history }).toEqual({ ending: 'aborted', steps: 0, history: [] });
    expect(same(trained, neuron())).toBe(true);
  });

  test('lets timers have their turn while it trains', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const { ending } = await train(xorNetwork(), xor, { epochs: 10_000_000, signal: controller.signal });
    expect(ending).toBe('aborted');
  });
});

describe('patience', () => {
  /** Training pulls the neuron to y = 2x − 1, which is better for these at first and then worse. */
  const validation = { inputs: [[0], [1]], targets: [[-0.2], [0.3]] };
  const options: FitOptions = { epochs: 200, batch: 10, validation, optimizer: sgd({ learningRate: 0.1 }) };

  test('stops after that many epochs without a better validation loss, and restores the best', async () => {
    const { network: trained, ending, history, bestEpoch } = await train(neuron(), line, { ...options, patience: 4 });
    const losses = history.map(({ validation }) => validation?.loss ?? Number.NaN);
    const best = Math.min(...losses);
    expect(ending).toBe('patience');
    expect(bestEpoch).toBe(losses.indexOf(best) + 1);
    expect(history.length).toBe((bestEpoch ?? 0) + 4);
    expect(evaluate(trained, validation).loss).toBe(best);
  });

  test('restores the best also where the epochs run out first', async () => {
    const run = await train(neuron(), line, { ...options, epochs: 60, patience: 1000 });
    const losses = run.history.map(({ validation }) => validation?.loss ?? Number.NaN);
    expect(run.ending).toBe('epochs');
    expect(evaluate(run.network, validation).loss).toBe(Math.min(...losses));
  });

  test('not asked for, restores nothing', async () => {
    const run = await train(neuron(), line, { ...options, epochs: 60 });
    expect(run.bestEpoch).toBeUndefined();
    expect(evaluate(run.network, validation).loss).toBe(run.history[59].validation?.loss);
  });
});

describe('where training leaves the finite numbers', () => {
  // How fast the loss grows decides in which chunk of steps, and where in it, the first infinite one is met.
  test.each([
    [1, 10],
    [1e3, 10],
    [1e40, 10],
    [1e75, 10],
    [1e100, 10],
    [1e150, 10],
    [1e200, 5],
    [1e3, 5],
    [5, 3],
  ])('at the learning rate %f in batches of %i, it ends with a model whose loss is finite', async (rate, batch) => {
    const optimizer = sgd({ learningRate: rate * 10 });
    const run = await train(neuron(), line, { optimizer, batch, epochs: 5000, shuffle: false });
    expect(run.ending).toBe('diverged');
    const perEpoch = Math.ceil(10 / batch);
    const step = ((run.divergedAt?.epoch ?? 0) - 1) * perEpoch + (run.divergedAt?.step ?? 0);
    expect(run.steps).toBe(step);
    // The batch whose loss was the last finite one.
    const last = (Math.max(0, step - 2) % perEpoch) * batch;
    const rows = { inputs: line.inputs.slice(last, last + batch), targets: line.targets.slice(last, last + batch) };
    expect(Number.isFinite(evaluate(run.network, rows).loss)).toBe(true);
  });

  test('keeps the best model where patience was asked for', async () => {
    const optimizer = sgd({ learningRate: 1e3 });
    const run = await train(neuron(), line, { optimizer, epochs: 5000, validation: line, patience: 5000 });
    expect(run.ending).toBe('diverged');
    expect(evaluate(run.network, line).loss).toBe(run.history[(run.bestEpoch ?? 0) - 1].validation?.loss);
  });

  test('gives the network back where its very first loss is infinite', async () => {
    const net = neuron({ parameters: { 'layers.0.weight': [[1e200]] } });
    const run = await train(net, line, { epochs: 2 });
    expect(run).toMatchObject({ ending: 'diverged', divergedAt: { epoch: 1, step: 1 }, steps: 1, history: [] });
    expect(same(run.network, net)).toBe(true);
  });

  test('notices it where the last step makes a parameter infinite, though every loss was finite', async () => {
    const run = await train(
      neuron(),
      { inputs: [[1e3]], targets: [[1e3]] },
      {
        epochs: 1,
        optimizer: sgd({ learningRate: 1e307 }),
      },
    );
    expect(run).toMatchObject({ ending: 'diverged', divergedAt: { epoch: 1, step: 1 } });
    expect(same(run.network, neuron())).toBe(true);
  });
});

describe('epoch by epoch', () => {
  test('it can be left early, with the network of that epoch', async () => {
    const seen: Epoch[] = [];
    for await (const epoch of trainEpochs(neuron(), line, { epochs: 1000, shuffle: false })) {
      seen.push(epoch);
      if (seen.length === 3) break;
    }
    expect(seen.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    const { network: trained } = await train(neuron(), line, { epochs: 3, shuffle: false });
    expect(same(seen[2].network, trained)).toBe(true);
  });

  test('validation is evaluated after each epoch, on the network as it then stands', async () => {
    for await (const epoch of trainEpochs(neuron(), line, { epochs: 3, validation: line })) {
      expect(epoch.validation).toEqual(evaluate(epoch.network, line));
    }
  });

  test('progress counts samples and epochs from 1 to all', async () => {
    const seen: string[] = [];
    await train(neuron(), line, {
      epochs: 2,
      batch: 10,
      onProgress: ({ epoch, epochs, samples, samplesPerEpoch }) =>
        seen.push(`${epoch}/${epochs} ${samples}/${samplesPerEpoch}`),
    });
    expect(seen).toEqual(['1/2 10/10', '2/2 10/10']);
  });

  test('no epochs at all give the network back', async () => {
    const run = await train(neuron(), line, { epochs: 0 });
    expect(run).toMatchObject({ ending: 'epochs', steps: 0, history: [] });
    expect(same(run.network, neuron())).toBe(true);
  });
});

describe('one sentence for', () => {
  test.each<[string, FitOptions, string]>([
    ['a negative number of epochs', { epochs: -1 }, 'epochs is -1; it must be at least 0.'],
    ['half an epoch', { epochs: 2.5 }, 'epochs is 2.5; an integer is expected.'],
    ['an empty batch', { batch: 0 }, 'batch is 0; it must be at least 1.'],
    ['a seed that is none', { seed: -1 }, 'seed is -1; it must be at least 0.'],
    ['no patience', { patience: 0, validation: line }, 'patience is 0; it must be at least 1.'],
    [
      'patience without validation',
      { patience: 2 },
      'patience needs validation data to watch; give validation, or leave patience out.',
    ],
    [
      'a dropped batch that is the only one',
      { batch: 11, dropLast: true },
      'dropLast leaves no batch: there are 10 samples and a batch has 11; use a smaller batch.',
    ],
  ])('%s', async (_, options, message) => {
    await expect(train(neuron(), line, options)).rejects.toThrow(
      expect.objectContaining({ code: 'bad-option', message }),
    );
  });

  test.each([
    [
      { inputs: [[1, 2]], targets: [[1]] },
      'the network takes inputs of shape [1] where the data has [2]; make the two agree.',
    ],
    [
      { inputs: [[1]], targets: [[1, 2]] },
      'the network has 1 output where the data has targets of 2 numbers; give its last layer 2 units.',
    ],
    [
      { inputs: [[1], [2], [3]], targets: ['a', 'b', 'c'] },
      'the network has 1 output where the data has 3 classes; give its last layer 3 units.',
    ],
  ])('data that do not fit: %j', async (data, message) => {
    await expect(train(neuron(), data)).rejects.toThrow(expect.objectContaining({ code: 'bad-shape', message }));
  });
});
