// Weights of samples: that they go with their samples wherever these go, and that what is no weight is refused.
import { describe, expect, it } from 'vitest';
import { crossValidate, evaluate, train } from '../../test/exact.ts';
import { datasetFromArrays, datasetFromTable, fitPreprocessing, subset, tableOf } from '../data/index.ts';
import { readCheckpoint, writeCheckpoint } from '../formats/index.ts';
import { dense } from '../layers/index.ts';
import { random, streams } from '../memory/index.ts';
import { network } from '../network/index.ts';
import { adam } from '../optimizers/index.ts';
import type { FitOptions } from './fit.ts';
import { lbfgs } from './lbfgs.ts';
import { lm } from './levenberg-marquardt.ts';

const source = random(3, streams.check);
const inputs = Array.from({ length: 30 }, (_, i) => [source.normal(2 * i), source.normal(2 * i + 1)]);
const targets = inputs.map(([x, y]) => [x - 2 * y]);
const weights = inputs.map((_, i) => (i % 3 === 0 ? 0 : i / 10));
const net = network([dense(3, 'tanh'), dense(1)], { input: 2, seed: 2, loss: 'meanSquared' });
const options: FitOptions = { epochs: 5, batch: 4, optimizer: adam() };

describe('a sample and its weight stay together', () => {
  it('where samples are shuffled, changed and cut into subsets', async () => {
    // A sample of weight 0 is in its batch, and nothing else: whatever its numbers are, training is the same.
    const changed = inputs.map((input, i) => (weights[i] === 0 ? [7, -7] : input));
    const [one, two] = await Promise.all(
      [inputs, changed].map((given) => train(net, { inputs: given, targets, weights }, { ...options, noise: 0.1 })),
    );
    expect(one.network.parameters).toEqual(two.network.parameters);
    expect(one.history.map(({ loss }) => loss)).toEqual(two.history.map(({ loss }) => loss));
    expect(one.network.parameters).not.toEqual((await train(net, { inputs, targets }, options)).network.parameters);
    const whole = datasetFromArrays(inputs, targets, { weights });
    expect([...(subset(whole, Uint32Array.of(5, 2)).samples.weights ?? [])]).toEqual([weights[5], weights[2]]);
  });

  it('in the folds of a table, where they are no input', async () => {
    const table = tableOf(
      't',
      ['x', 'y', 'w', 'z'],
      [0, 1].map((k) => inputs.map((input) => String(input[k]))).concat([weights.map(String), targets.map(String)]),
    );
    const preprocessing = { targets: ['z'], ignore: ['w'] };
    const { folds } = await crossValidate(net, { table, preprocessing, weights: 'w' }, { ...options, folds: 3 });
    const { training, network: found, seed } = folds[1];
    const { preprocessing: fitted } = fitPreprocessing(table, training, preprocessing);
    const own = subset(datasetFromTable(fitted, table, { weights: 'w' }), training);
    const fresh = network([dense(3, 'tanh'), dense(1)], { input: 2, seed, loss: 'meanSquared' });
    expect(found.parameters).toEqual((await train(fresh, own, { ...options, seed })).network.parameters);
  });

  it('over a stop: a training resumed gives the bits of one that was not stopped', async () => {
    const data = { inputs, targets, weights };
    const whole = await train(net, data, options);
    const { network: stopped, state } = await train(net, data, { ...options, epochs: 2 });
    if (state === undefined) throw new Error('no state');
    const resume = readCheckpoint(writeCheckpoint({ network: stopped, state }), 'c').state;
    expect((await train(net, data, { ...options, resume })).network.parameters).toEqual(whole.network.parameters);
  });
});

it('a part in which no sample has weight is scored like any other', async () => {
  const late = weights.map((_, i) => (i < 20 ? 1 : 0));
  const part = subset(datasetFromArrays(inputs, targets, { weights: late }), Uint32Array.of(25, 26, 27));
  expect(evaluate(net, part).samples).toBe(3);
  await expect(train(net, part, options)).rejects.toThrow('all weights are 0, which leaves nothing to learn from');
  await expect(train(net, part, { optimizer: lbfgs() })).rejects.toThrow('all weights are 0');
});

it('lbfgs minimises the weighted loss, and ends where weights of 0 leave samples out', async () => {
  const line = network([dense(1)], { input: 2, seed: 2, loss: 'meanSquared' });
  const noisy = targets.map(([z], i) => [weights[i] === 0 ? z + 5 : z]);
  const { network: found } = await train(
    line,
    { inputs, targets: noisy, weights },
    { optimizer: lbfgs(), epochs: 100 },
  );
  expect([...found.parameters['layers.0.weight'].data]).toEqual([expect.closeTo(1, 6), expect.closeTo(-2, 6)]);
});

it('scores and validation losses are not weighted', async () => {
  const weighted = { inputs, targets, weights };
  const scores = evaluate(net, weighted);
  expect(scores).toEqual(evaluate(net, { inputs, targets }));
  const { history } = await train(net, weighted, { ...options, validation: weighted, trainingScores: true });
  expect(history[4].training).toEqual(history[4].validation);
});

describe('what is no weight is refused in a sentence', () => {
  it.each([
    [[1, 2], 'weights has 2 numbers where there are 30 samples; give one for each.'],
    [weights.with(4, -1), "weights[4] is -1; a sample's weight is a finite number of at least 0."],
    [weights.with(4, Number.NaN), "weights[4] is NaN; a sample's weight is a finite number of at least 0."],
    [weights.with(4, Number.POSITIVE_INFINITY), 'weights[4] is Infinity'],
    [weights.map(() => 0), 'all weights are 0, which leaves nothing to learn from'],
  ])('%j', async (given, sentence) => {
    await expect(train(net, { inputs, targets, weights: given }, options)).rejects.toThrow(sentence);
  });

  it('by lm, which has no place for them', async () => {
    await expect(train(net, { inputs, targets, weights }, { optimizer: lm() })).rejects.toThrow(
      'lm takes no weights of classes or samples; leave them out, or use lbfgs.',
    );
  });
});
