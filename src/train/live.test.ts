// Live trainings: steered any way, they come to what `fit` comes to; what is looked at is what the network is.
import { describe, expect, test } from 'vitest';
import { dense, dropout } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { adam } from '../optimizers/index.ts';
import { evaluate, fit, type LiveOptions, liveTraining, quantities, type Snapshot } from './index.ts';

const inputs = Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
const targets = inputs.map(([x, y]) => [Number(x * y > 0)]);
const data = { inputs, targets };
const net = network([dense(5, 'tanh'), dropout(0.2), dense(1, 'sigmoid')], { input: 2, loss: 'crossEntropy', seed: 3 });
const options = { optimizer: adam({ learningRate: 0.02 }), batch: 7, seed: 5 };

/** Looks until the training is held. */
async function held(training: ReturnType<typeof liveTraining>): Promise<Snapshot> {
  for (;;) {
    const snapshot = await training.look();
    if (!snapshot.running) return snapshot;
  }
}

async function begun(more: LiveOptions = {}) {
  const training = liveTraining(net, data, { ...options, ...more });
  await training.look();
  return training;
}

describe('a live training', () => {
  test('comes to the parameters of fit, whether it is played, held or taken step by step', async () => {
    const { network: wanted } = await fit(net, data, { ...options, epochs: 4 });
    const training = await begun();
    for (let step = 0; step < 3; step++) {
      training.play({ steps: 1 });
      expect((await held(training)).steps).toBe(step + 1);
    }
    training.play({ toEpoch: 1 });
    expect(await held(training)).toMatchObject({ epoch: 2, samples: 0, steps: 5 });
    training.play({ steps: 2, stepsPerSecond: 200 });
    expect((await held(training)).steps).toBe(7);
    training.play({ toEpoch: 4 });
    expect((await held(training)).network.parameters).toEqual(wanted.parameters);
    training.end();
  });

  test('tells the mean loss of the batches since the last look', async () => {
    const { history } = await fit(net, data, { ...options, epochs: 1 });
    const training = await begun();
    let sum = 0;
    for (const size of [7, 7, 7, 7, 2]) {
      training.play({ steps: 1 });
      sum += size * ((await held(training)).loss ?? Number.NaN);
    }
    expect(sum / 30).toBeCloseTo(history[0].loss, 6);
    training.end();
  });

  test('is held by a pause, and goes on', async () => {
    const training = await begun();
    training.play();
    while ((await training.look()).steps === 0);
    training.pause();
    const { steps } = await held(training);
    training.play({ steps: 1 });
    expect((await held(training)).steps).toBe(steps + 1);
    training.end();
  });

  test('answers a look only once something has changed', async () => {
    const training = await begun();
    let looked = false;
    const look = training.look().then(() => {
      looked = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(looked).toBe(false);
    training.play({ steps: 1 });
    await look;
    training.end();
  });

  test('has the scores, views and optimizer state of the moment where it is held', async () => {
    const names = ['layers.0.a', 'layers.0.weight.grad'];
    const training = await begun({ validation: data, views: { inside: { data, names } } });
    training.play({ toEpoch: 2 });
    const { network: now, scores, views, state } = await held(training);
    expect(scores).toEqual({ training: evaluate(now, data), validation: evaluate(now, data) });
    expect(views.inside).toEqual(quantities(now, data, names));
    expect(Object.keys(state ?? {})).toContain('layers.0.weight.m');
    training.end();
  });

  test('says where it diverged, with the last finite network', async () => {
    const wild = network([dense(1)], { input: 2, loss: 'quadratic', learningRate: 1e30 });
    const training = liveTraining(wild, data, { batch: 7 });
    training.play();
    const { ending, divergedAt, network: last } = await held(training);
    const wanted = await fit(wild, data, { batch: 7 });
    expect({ ending, divergedAt }).toEqual({ ending: wanted.ending, divergedAt: wanted.divergedAt });
    expect(last.parameters).toEqual(wanted.network.parameters);
    training.end();
  });

  test('refuses looks once it is over', async () => {
    const training = await begun();
    const waiting = expect(training.look()).rejects.toThrow('the live training is over');
    training.end();
    await waiting;
    await expect(training.look()).rejects.toThrow('the live training is over');
  });
});

describe('quantities', () => {
  test('of a prediction pass dropout by, those of a training step have its masks', () => {
    const read = quantities(net, data, ['layers.0.a', 'layers.1.a']);
    expect(read['layers.1.a']).toEqual(read['layers.0.a']);
    const trained = quantities(net, data, ['layers.0.a', 'layers.1.a', 'layers.1.delta']);
    expect(trained['layers.1.a']).not.toEqual(trained['layers.0.a']);
  });

  test('that are not there are refused by their name', () => {
    expect(() => quantities(net, data, ['layers.7.a'])).toThrow(/there is no quantity "layers.7.a"/);
  });
});
