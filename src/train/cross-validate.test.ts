// Folds trained and scored apart: nothing of a fold held out may reach the training that it scores.
import { describe, expect, test } from 'vitest';
import { crossValidate } from '../../test/exact.ts';
import { type Dataset, datasetFromArrays, tableOf } from '../data/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';

/** Two clouds of points, told apart by the sign of x. */
const inputs = Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? 1 + (i % 5) / 5 : -1 - (i % 7) / 7, (i % 3) - 1]);
const targets = inputs.map(([x]) => (x > 0 ? 'right' : 'left'));
const net = network([dense(2, 'softmax')], { input: 2, seed: 5 });
const quick = { epochs: 2, batch: 8 };

describe('folds', () => {
  test('each is scored on the rows it was not trained on, and the scores are their mean and standard deviation', async () => {
    const { folds, scores, aborted } = await crossValidate(net, { inputs, targets }, { ...quick, folds: 4 });
    expect(folds.map(({ evaluation }) => evaluation.samples)).toEqual([10, 10, 10, 10]);
    expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(inputs.map((_, i) => i));
    expect(folds.map(({ fold, seed, ending }) => [fold, seed, ending])).toEqual([
      [0, 5, 'epochs'],
      [1, 6, 'epochs'],
      [2, 7, 'epochs'],
      [3, 8, 'epochs'],
    ]);
    const losses = folds.map(({ evaluation }) => evaluation.loss);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / 4;
    const deviation = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 3);
    expect(scores).toMatchObject({ loss: { mean, deviation }, accuracy: { mean: 1 } });
    expect(aborted).toBe(false);
  });

  test('are stratified by class unless told otherwise', async () => {
    const uneven = targets.map((_, i) => (i < 8 ? 'rare' : 'common'));
    const held = async (stratified?: boolean) => {
      const options = { ...quick, folds: 4, ...(stratified !== undefined && { stratified }) };
      const { folds } = await crossValidate(net, { inputs, targets: uneven }, options);
      return folds.map(({ test }) => test.filter((row) => row < 8).length);
    };
    expect(await held()).toEqual([2, 2, 2, 2]);
    expect(await held(false)).not.toEqual([2, 2, 2, 2]);
  });

  test('begin with parameters of their own, drawn from their seeds; frozen ones stay', async () => {
    const given = network([dense(3, 'tanh'), dense(2, 'softmax')], {
      input: 2,
      frozen: ['layers.0.weight'],
      parameters: {
        'layers.0.weight': [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
      },
    });
    const { folds } = await crossValidate(given, { inputs, targets }, { epochs: 0, folds: 2, seed: 11 });
    const weights = folds.map(({ network: { parameters } }) => parameters['layers.1.weight'].data);
    expect(weights[0]).not.toEqual(weights[1]);
    expect(weights[0]).not.toEqual(given.parameters['layers.1.weight'].data);
    expect(weights[0]).toEqual(network(given.layers, { input: 2, seed: 11 }).parameters['layers.1.weight'].data);
    for (const fold of folds)
      expect(fold.network.parameters['layers.0.weight']).toEqual(given.parameters['layers.0.weight']);
  });

  test('the same seed gives the same outcome', async () => {
    const run = () => crossValidate(net, { inputs, targets }, { ...quick, folds: 3, seed: 2 });
    expect(await run()).toEqual(await run());
  });

  test('may have networks made for them', async () => {
    const seen: [number, number][] = [];
    const make = (training: Dataset, seed: number) => {
      seen.push([training.samples.inputs.count, seed]);
      return network([dense(2, 'softmax')], { input: training.inputShape, seed });
    };
    await crossValidate(make, datasetFromArrays(inputs, targets), { ...quick, folds: 2, seed: 3 });
    expect(seen).toEqual([
      [20, 3],
      [20, 4],
    ]);
  });
});

test('numbers have the spread of R², RMSE and MAE', async () => {
  const linear = network([dense(1, 'linear')], { input: 2, seed: 1 });
  const sums = inputs.map(([x, y]) => [x + y]);
  const { scores } = await crossValidate(linear, { inputs, targets: sums }, { epochs: 200, batch: 8, folds: 4 });
  if (scores === null || !('r2' in scores)) throw new Error('no scores of a regression');
  expect(scores.r2.mean).toBeGreaterThan(0.99);
  expect(scores.rmse.mean).toBeGreaterThanOrEqual(scores.mae.mean);
});

describe('tables', () => {
  const x = inputs.map(([value]) => String(value));
  // The category "only once" is in one row: it has an input in the folds that train on that row, and none in the other.
  const kind = inputs.map((_, i) => (i === 17 ? 'only once' : i % 3 === 0 ? 'a' : 'b'));
  const table = tableOf('points', ['x', 'kind', 'side'], [x, kind, targets]);

  test('have their preprocessing fitted to the training rows of each fold alone', async () => {
    const datasets: Dataset[] = [];
    const make = (training: Dataset, seed: number) => {
      datasets.push(training);
      return network([dense(2, 'softmax')], { input: training.inputShape, seed });
    };
    const data = { table, preprocessing: { targets: ['side'] } };
    const { folds, scores } = await crossValidate(make, data, { ...quick, epochs: 40, folds: 4 });
    for (const [i, { samples, inputShape }] of datasets.entries()) {
      const { count, width, values } = samples.inputs;
      let sum = 0;
      for (let row = 0; row < count; row++) sum += values[row * width];
      expect(sum / count).toBeCloseTo(0, 12); // standard scaling by this fold's own mean
      expect(inputShape).toEqual([folds[i].test.includes(17) ? 3 : 4]);
    }
    expect(scores).toMatchObject({ accuracy: { mean: 1, deviation: 0 } });
  });

  test('make the input of a given network as wide as they need', async () => {
    const data = { table, preprocessing: { targets: ['side'] } };
    const { folds } = await crossValidate(net, data, { ...quick, folds: 4 });
    expect(folds.map(({ network: { input } }) => input[0]).sort()).toEqual([3, 4, 4, 4]);
  });
});

describe('cancelling', () => {
  test('leaves the folds that were finished', async () => {
    const controller = new AbortController();
    const options = {
      ...quick,
      folds: 4,
      signal: controller.signal,
      onFold: ({ fold }: { fold: number }) => fold === 1 && controller.abort(),
    };
    const { folds, scores, aborted } = await crossValidate(net, { inputs, targets }, options);
    expect(folds.map(({ fold }) => fold)).toEqual([0, 1]);
    expect(scores).not.toBeNull();
    expect(aborted).toBe(true);
  });

  test('before the first fold ends gives no scores', async () => {
    const options = { ...quick, signal: AbortSignal.abort() };
    expect(await crossValidate(net, { inputs, targets }, options)).toEqual({ folds: [], scores: null, aborted: true });
  });
});

test('says what is wrong', async () => {
  const numbers = { inputs, targets: inputs.map(([x]) => x) };
  const linear = network([dense(1, 'linear')], { input: 2 });
  await expect(crossValidate(linear, numbers, { stratified: true })).rejects.toThrow(
    'stratified folds need targets that are classes, and these are numbers; leave stratified out.',
  );
  await expect(crossValidate(net, { inputs, targets }, { folds: 41 })).rejects.toThrow(
    'folds is 41 where there are 40',
  );
});
