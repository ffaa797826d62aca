// A training that was stopped and resumed gives the bits of one that was not; transforms draw anew in every epoch.
import { describe, expect, it } from 'vitest';
import { datasetFromArrays } from '../data/index.ts';
import { readCheckpoint, type TrainingState, writeCheckpoint } from '../formats/index.ts';
import { dense, dropout } from '../layers/index.ts';
import { random, streams } from '../memory/index.ts';
import { network } from '../network/index.ts';
import { adam, momentum } from '../optimizers/index.ts';
import { type FitOptions, fitEpochs, fit as train } from './fit.ts';

const source = random(5, streams.check);
const inputs = Array.from({ length: 47 }, (_, i) => [source.normal(2 * i), source.normal(2 * i + 1)]);
const targets = inputs.map(([x, y]) => [x * y > 0 ? 1 : 0]);
const net = network([dense(6, 'tanh'), dropout(0.3), dense(1, 'sigmoid')], { input: 2, seed: 9 });
const options: FitOptions = {
  epochs: 6,
  batch: 5,
  optimizer: adam({ learningRate: 0.02 }),
  validation: { inputs: inputs.slice(0, 10), targets: targets.slice(0, 10) },
  patience: 4,
  noise: 0.1,
  smoothLabels: 0.05,
};

/** The state after so many epochs, through the bytes of a file. */
async function stopAfter(epochs: number): Promise<TrainingState> {
  for await (const { epoch, network, state } of fitEpochs(net, { inputs, targets }, options)) {
    if (epoch === epochs && state) return readCheckpoint(writeCheckpoint({ network, state: state() }), 'c').state;
  }
  throw new Error('training ended before');
}

describe('a training that was stopped', () => {
  it('gives the bits of one that was not, wherever it stopped', async () => {
    const whole = await train(net, { inputs, targets }, options);
    for (const epochs of [1, 2, 5]) {
      const resumed = await train(net, { inputs, targets }, { ...options, resume: await stopAfter(epochs) });
      expect(resumed.network.parameters).toEqual(whole.network.parameters);
      expect(resumed.history.map(({ loss }) => loss)).toEqual(whole.history.map(({ loss }) => loss));
      expect(resumed.bestEpoch).toBe(whole.bestEpoch);
    }
  });

  it('goes on within an epoch where it was cancelled there', async () => {
    const whole = await train(net, { inputs, targets }, options);
    const controller = new AbortController();
    const { state, ending } = await train(
      net,
      { inputs, targets },
      {
        ...options,
        signal: controller.signal,
        onProgress: ({ epoch, samples }) => {
          if (epoch === 1 && samples < 47) controller.abort();
        },
      },
    );
    expect(ending).toBe('aborted');
    expect(state?.position.samples).toBeGreaterThan(0);
    const resumed = await train(net, { inputs, targets }, { ...options, ...(state && { resume: state }) });
    expect(resumed.network.parameters).toEqual(whole.network.parameters);
    // The epoch that was cut in two is on record as the one that it is, with the seconds of both parts.
    expect(resumed.history.map(({ steps }) => steps)).toEqual(whole.history.map(({ steps }) => steps));
    expect(resumed.history[0].seconds).toBeGreaterThan(state?.position.seconds ?? Number.POSITIVE_INFINITY);
    expect(resumed.seconds).toBeCloseTo(
      resumed.history.reduce((sum, { seconds }) => sum + seconds, 0),
      9,
    );
  });

  it('is refused for other settings or another network', async () => {
    const resume = await stopAfter(2);
    const data = { inputs, targets };
    await expect(train(net, data, { ...options, batch: 6, resume })).rejects.toThrow(/had batch 5, not 6/);
    await expect(train(net, data, { ...options, optimizer: momentum(), resume })).rejects.toThrow(/optimizer adam/);
    const other = network([dense(7, 'tanh'), dropout(0.3), dense(1, 'sigmoid')], { input: 2, seed: 9 });
    await expect(train(other, data, { ...options, resume })).rejects.toThrow(/one of another network/);
  });
});

describe('what happens to samples on the way', () => {
  it('changes training, the same way for the same seed', async () => {
    const dataset = datasetFromArrays(
      [
        [
          [
            [0, 0.5],
            [1, 0],
          ],
        ],
        [
          [
            [0.2, 0],
            [0, 1],
          ],
        ],
      ],
      [[0], [1]],
    );
    const images = network([dense(1, 'sigmoid')], { input: 4, seed: 1 });
    const flat = { ...dataset, inputShape: [1, 2, 2] };
    const run = async (extra: FitOptions) =>
      (await train(images, flat, { epochs: 3, batch: 1, ...extra })).network.parameters;
    const shifted = await run({ augment: { shift: 1 } });
    expect(shifted).not.toEqual(await run({}));
    expect(shifted).toEqual(await run({ augment: { shift: 1 } }));
  });
});
