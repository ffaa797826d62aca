// Dropout: masks that are a function of seed, step and place, and nothing at all in prediction.
import { describe, expect, it } from 'vitest';
import { referenceBackend } from '../backends/index.ts';
import { gradients, samplesOf } from '../explain/index.ts';
import { random, streams } from '../memory/index.ts';
import { type Network, network } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import { compile, lower } from '../plan/index.ts';
import { evaluate, fit, predict } from '../train/index.ts';
import { dense, dropout } from './index.ts';

const many = Array.from({ length: 40 }, () => Array.from({ length: 50 }, () => 1));
const batch = { inputs: many, targets: many };
const plain = (rate: number, seed = 1) => network([dropout(rate)], { input: 50, seed });

function maskOf(net: Network, step: number): number[] {
  const executable = referenceBackend().prepare(lower(compile(net), { keep: ['layers.0.mask'] }), many.length);
  executable.runSteps(samplesOf(net, batch), Uint32Array.from(many.keys()), many.length, step);
  return [...executable.read('layers.0.mask')];
}

describe('the mask', () => {
  it('is 0 or 1/(1 − rate), in the proportion of the rate', () => {
    const mask = maskOf(plain(0.2), 1);
    expect([...new Set(mask)].sort()).toEqual([0, 1.25]);
    expect(mask.filter((value) => value === 0).length / mask.length).toBeCloseTo(0.2, 1);
  });

  it('follows from seed, layer, step and place in the batch by the formula that other backends share', () => {
    const source = random(1, streams.mask, 7);
    const formula = many.flat().map((_, i) => (source.bits(i) / 2 ** 32 < 0.3 ? 0 : 1 / 0.7));
    expect(maskOf(plain(0.3), 7)).toEqual(formula);
  });

  it('is the same for the same seed and step, and another for another', () => {
    const mask = maskOf(plain(0.5), 3);
    expect(maskOf(plain(0.5), 3)).toEqual(mask);
    expect(maskOf(plain(0.5), 4)).not.toEqual(mask);
    expect(maskOf(plain(0.5, 2), 3)).not.toEqual(mask);
  });

  it('differs from layer to layer', () => {
    const net = network([dropout(0.5), dropout(0.5)], { input: 50 });
    const keep = ['layers.0.mask', 'layers.1.mask'];
    const executable = referenceBackend().prepare(lower(compile(net), { keep }), many.length);
    executable.runSteps(samplesOf(net, batch), Uint32Array.from(many.keys()), many.length, 1);
    expect(executable.read(keep[0])).not.toEqual(executable.read(keep[1]));
  });

  it('is the one of the first step in gradients, so that they are what training starts with', () => {
    const net = plain(0.5);
    expect(gradients(net, batch).outputs.flat()).toEqual(maskOf(net, 1));
  });
});

describe('prediction', () => {
  const net = network([dense(8, 'tanh'), dropout(0.5), dense(2)], { input: 3, seed: 4 });
  const twin = network([dense(8, 'tanh'), dense(2)], {
    input: 3,
    parameters: {
      'layers.0.weight': net.parameters['layers.0.weight'],
      'layers.0.bias': net.parameters['layers.0.bias'],
      'layers.1.weight': net.parameters['layers.2.weight'],
      'layers.1.bias': net.parameters['layers.2.bias'],
    },
  });
  const inputs = [
    [1, -1, 0.5],
    [0.2, 0.3, -2],
  ];

  it('is that of the network without dropout, and draws nothing', () => {
    expect(predict(net, inputs)).toEqual(predict(twin, inputs));
    const targets = [
      [1, 0],
      [0, 1],
    ];
    expect(evaluate(net, { inputs, targets }).loss).toBe(evaluate(twin, { inputs, targets }).loss);
    expect(compile(net, undefined, { mode: 'prediction' }).slots.has('step')).toBe(false);
  });
});

describe('training', () => {
  const inputs = Array.from({ length: 20 }, (_, i) => [Math.sin(i), Math.cos(i)]);
  const targets = inputs.map(([x, y]) => [x * y]);
  const net = network([dense(10, 'tanh'), dropout(0.3), dense(1)], { input: 2, seed: 9 });
  const options = { epochs: 3, batch: 7, optimizer: sgd({ learningRate: 0.05 }) };

  it('twice gives the same network to the bit, and another with another seed', async () => {
    const [one, two, three] = await Promise.all([
      fit(net, { inputs, targets }, options),
      fit(net, { inputs, targets }, options),
      fit(net, { inputs, targets }, { ...options, shuffle: false, seed: 10 }),
    ]);
    expect(one.network.parameters).toEqual(two.network.parameters);
    expect(one.network.parameters).not.toEqual(three.network.parameters);
    expect(three.network.seed).toBe(9);
  });

  it('draws masks without an optimizer too, which has no other use for the number of the step', () => {
    expect(compile(net).slots.get('step')?.role).toBe('input');
  });
});

it('refuses a rate below 0, or of 1 and more', () => {
  expect(() => dropout(1)).toThrow(/dropout rate is 1; it must be below 1/);
  expect(() => dropout(-0.1)).toThrow(/dropout rate is -0.1; it must be at least 0/);
});
