// The autopsy against a simulation written out by hand, and on trainings whose steps depend on more than their order.
import {
  adam,
  datasetFromArrays,
  dense,
  type FitOptions,
  fit,
  lbfgs,
  lm,
  type Network,
  network,
  referenceBackend,
  schedules,
  sgd,
} from 'chainrule';
import { autopsy, autopsyText, renderAutopsy } from 'chainrule/doctor';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sick } from './runs.ts';

interface Samples {
  readonly inputs: number[][];
  readonly targets: number[][];
}

async function opened(net: Network, data: Samples | ReturnType<typeof datasetFromArrays>, options: FitOptions) {
  const result = await fit(net, data, options);
  if (result.divergedAt === undefined) throw new Error(`the training was to diverge, and ended by ${result.ending}`);
  const found = await autopsy(net, data, options, result.divergedAt);
  if (found === undefined) throw new Error('the replay did not diverge');
  return { found, result };
}

/** y = v w x trained by gradient descent in plain arithmetic, until a number is not finite: its name, step and sample. */
function byHand({ inputs, targets }: Samples, w: number, v: number, rate: number) {
  for (let step = 1; step <= 1000; step++) {
    const sample = (step - 1) % inputs.length;
    const [[x], [y]] = [inputs[sample], targets[sample]];
    const z0 = w * x;
    const a0 = z0;
    const z1 = v * a0;
    const error = z1 - y;
    const term = 0.5 * error ** 2;
    const gradV = error * a0;
    const back = v * error;
    const delta0 = back;
    const gradW = delta0 * x;
    const [nextW, nextV] = [w - rate * gradW, v - rate * gradV];
    const inOrder: [string, number][] = [
      ['layers.0.z[0]', z0],
      ['layers.0.a[0]', a0],
      ['layers.1.z[0]', z1],
      ['loss.terms[0]', term],
      ['layers.1.delta[0]', error],
      ['layers.1.weight.grad[0,0]', gradV],
      ['layers.0.a.grad[0]', back],
      ['layers.0.delta[0]', delta0],
      ['layers.0.weight.grad[0,0]', gradW],
      ['layers.0.weight.next[0,0]', nextW],
      ['layers.1.weight.next[0,0]', nextV],
    ];
    const broken = inOrder.find(([, value]) => !Number.isFinite(value));
    if (broken !== undefined) return { quantity: broken[0], value: broken[1], step, sample };
    [w, v] = [nextW, nextV];
  }
  return undefined;
}

const tiny = (w: number, v: number) =>
  network([dense(1, 'linear', { bias: false }), dense(1, 'linear', { bias: false })], {
    input: 1,
    loss: 'quadratic',
    parameters: { 'layers.0.weight': [[w]], 'layers.1.weight': [[v]] },
  });

describe('the first number that is not finite', () => {
  it('is the one that a simulation by hand meets first', async () => {
    const weight = fc.double({ min: 0.5, max: 3, noNaN: true });
    const samples = fc.array(
      fc.tuple(fc.double({ min: 0.5, max: 4, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true })),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        weight,
        weight,
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        samples,
        async (w, v, rate, pairs) => {
          const data = { inputs: pairs.map(([x]) => [x]), targets: pairs.map(([, y]) => [y]) };
          const expected = byHand(data, w, v, rate);
          if (expected === undefined) return;
          const options = {
            optimizer: sgd({ learningRate: rate }),
            batch: 1,
            shuffle: false,
            epochs: 1000,
            backend: referenceBackend(),
          };
          const dataset = datasetFromArrays(data.inputs, data.targets, { task: 'regression' });
          const { found } = await opened(tiny(w, v), dataset, options);
          const { quantity, value, step, sample } = found.first;
          const perSample = !/grad\[0,0\]|next/.test(expected.quantity);
          expect({ quantity, value, step, sample }).toEqual({
            ...expected,
            sample: perSample ? expected.sample : null,
          });
          compared++;
        },
      ),
      { numRuns: 60, seed: 5 },
    );
    expect(compared).toBeGreaterThan(10);
  });

  it('is named with what it was computed from and how that had grown', async () => {
    const data = datasetFromArrays([[1], [2]], [[1], [-1]], { task: 'regression' });
    const options = { optimizer: sgd({ learningRate: 1.6 }), batch: 2, epochs: 500, backend: referenceBackend() };
    const net = network([dense(1, 'linear', { bias: false })], {
      input: 1,
      loss: 'quadratic',
      parameters: { 'layers.0.weight': [[3]] },
    });
    const { found } = await opened(net, data, options);
    // w moves by −1.6 · 2.5 (w − w*): the distance from the minimum is multiplied by −3 in every step.
    expect(found.growthPerStep).toBeCloseTo(3, 6);
    expect(found.first).toMatchObject({ quantity: 'loss.terms[0]', cause: { kind: 'overflow', operation: 'power' } });
    expect(found.first.inputs.map(({ quantity }) => quantity)).toContain('target[0]');
    expect(found.chain.map(({ quantity }) => quantity)).toContain('layers.0.weight.grad[0,0]');
    expect(found.growth).toHaveLength(10);
    const sizes = found.growth.map(({ parameter }) => parameter);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });

  it('may be a division by 0', async () => {
    // Behind softmax, cross-entropy has no shorter form that would keep ∂C/∂a = −y/a + … finite where a is 0.
    const data = datasetFromArrays([[1], [1]], ['b', 'a'], { classNames: ['a', 'b'] });
    const net = network([dense(2, 'softmax', { bias: false })], {
      input: 1,
      loss: 'crossEntropy',
      parameters: { 'layers.0.weight': [[400], [-400]] },
    });
    const { found } = await opened(net, data, { shuffle: false, batch: 1, backend: referenceBackend() });
    expect(found.first).toMatchObject({ quantity: 'layers.0.a.grad[0]', sample: 0, step: 1, layer: 0 });
    expect(found.first.cause).toEqual({ kind: 'division', by: 0 });
    expect(autopsyText(found, 'en').what).toContain('a division by 0');
  });

  it('in float32 is beyond its own greatest number', async () => {
    const { network: net, data, options } = sick['learning-rate-too-high']();
    const { found } = await opened(net, data, { ...options, backend: referenceBackend('F32') });
    expect(found.greatest).toBeLessThan(1e39);
    expect(found.first.cause.kind).toBe('overflow');
    expect(Math.max(...found.growth.map(({ parameter }) => parameter))).toBeLessThan(found.greatest);
  });
});

describe('the replay', () => {
  const { network: net, data } = sick['learning-rate-too-high']();
  const rates: Readonly<Record<string, FitOptions>> = {
    'shuffled batches': { optimizer: sgd({ learningRate: 2 }), seed: 3 },
    'noise on the inputs': { optimizer: sgd({ learningRate: 3 }), noise: 0.1 },
    'a rate that changes in every step': {
      optimizer: sgd({ learningRate: 3 }),
      schedule: schedules.warmUp({ steps: 20 }),
    },
    'a smaller last batch left out': { optimizer: sgd({ learningRate: 3 }), batch: 16, dropLast: true },
    'on the reference backend': { optimizer: sgd({ learningRate: 2 }), backend: referenceBackend() },
    'an optimizer with state': { optimizer: adam({ learningRate: 1e30 }) },
  };

  it.each(Object.entries(rates))('comes to the step at which training stopped: %s', async (_, options) => {
    const { found, result } = await opened(net, data, { ...options, epochs: 60 });
    const { epoch, stepInEpoch } = found.first;
    const stopped = result.divergedAt;
    // A parameter or state may have been the first, in the step before the loss showed it.
    const early = (stopped?.epoch ?? 0) - epoch + (stopped?.step ?? 0) - stepInEpoch;
    expect([0, 1]).toContain(early);
  });

  it('gives nothing for a training that stays finite', async () => {
    const options = { optimizer: sgd({ learningRate: 0.01 }), epochs: 2 };
    expect(await autopsy(net, data, options, { epoch: 1, step: 3 })).toBeUndefined();
  });
});

describe('the words of an autopsy', () => {
  it.each(['en', 'zh'] as const)('are complete in %s', async (language) => {
    const { network: net, data, options } = sick['exploding-gradients']();
    const { found } = await opened(net, data, options);
    const text = renderAutopsy(found, { language });
    expect(text).toContain(found.first.quantity);
    expect(text).not.toMatch(/undefined|null|\[object/);
    if (language === 'en') expect(text).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('methods that see all data at once', () => {
  const many = 1200;
  const inputs = Array.from({ length: many }, (_, i) => [i === 1100 ? 1e200 : i / many]);
  const targets = inputs.map(() => [1]);
  const net = network([dense(2), dense(1)], { input: 1, loss: 'meanSquared', seed: 1 });

  it.each([
    ['lbfgs', lbfgs()],
    ['lm', lm()],
  ])('%s: the quantity and the sample that make the first loss no number are named', async (_, optimizer) => {
    const { found } = await opened(net, { inputs, targets }, { optimizer });
    // Outputs near 1e200 are finite; their squares are not.
    expect(found.first).toMatchObject({
      quantity: 'loss.terms[0]',
      value: Number.POSITIVE_INFINITY,
      sample: 1100,
      epoch: 1,
      step: 1,
      stepInEpoch: 1,
      cause: { kind: 'overflow', operation: 'power' },
    });
    expect(found.growth.map(({ step }) => step)).toEqual([1]);
    expect(found.chain.every(({ step }) => step === 1)).toBe(true);
    expect(renderAutopsy(found)).toMatch(/for sample 1100 of the training data/);
  });

  it('are not called converged where the loss is finite but its gradient is not', async () => {
    const steep = network([dense(1)], { input: 1, loss: 'meanSquared', seed: 1 });
    const data = { inputs: [[1e308]], targets: [[1e10]] };
    const weight = { shape: [1, 1], data: Float64Array.of(0) };
    const start = { ...steep, parameters: { ...steep.parameters, 'layers.0.weight': weight } };
    const { found } = await opened(start, data, { optimizer: lbfgs() });
    expect(found.first.quantity).toBe('layers.0.weight.grad[0,0]');
  });
});
