// Batch normalization: what it does to a batch, and running statistics that no optimizer, penalty or gradient touches.
import { describe, expect, it } from 'vitest';
import { train as fit, predict } from '../../test/exact.ts';
import { referenceBackend } from '../backends/index.ts';
import { explain, gradcheck, gradients, samplesOf } from '../explain/index.ts';
import { describeNetwork, parseNetwork } from '../formats/index.ts';
import { network } from '../network/index.ts';
import { adam, momentum, sgd } from '../optimizers/index.ts';
import { compile, lower } from '../plan/index.ts';
import { batchNorm, conv2d, dense, flatten } from './index.ts';

const inputs = Array.from({ length: 6 }, (_, i) => [Math.sin(i) * 3 + 1, Math.cos(2 * i) - 4]);
const targets = inputs.map(([x, y]) => [x - y]);
const net = network([batchNorm(), dense(1)], { input: 2, seed: 2 });
const statistics = ['layers.0.runningMean', 'layers.0.runningVariance'];

describe('in training', () => {
  it('each channel comes out with mean 0 and variance 1, of features and of maps', () => {
    for (const [input, channels] of [
      [[4], 4],
      [[2, 3, 2], 2],
    ] as const) {
      const one = network([batchNorm({ epsilon: 1e-12 })], { input, seed: 1 });
      const width = input.reduce<number>((product, axis) => product * axis, 1);
      const rows = Array.from({ length: 5 }, (_, s) =>
        Array.from({ length: width }, (_, i) => Math.sin(7 * s + 3 * i)),
      );
      const { outputs } = gradients(one, { inputs: rows, targets: rows });
      for (let c = 0; c < channels; c++) {
        const values = outputs.flatMap((row) => row.filter((_, i) => Math.floor((i * channels) / width) === c));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const square = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
        expect(mean).toBeCloseTo(0, 9);
        expect(square).toBeCloseTo(1, 9);
      }
    }
  });

  it('needs two samples of features, but one of maps', async () => {
    const alone = { inputs: inputs.slice(0, 1), targets: targets.slice(0, 1) };
    const sentence = /layers\[0\] \(batchNorm\): training it takes at least 2 samples at a time/;
    expect(() => gradients(net, alone)).toThrow(sentence);
    expect(() => explain(net, { ...alone, learningRate: 0.1 })).toThrow(sentence);
    expect(() => gradcheck(net, { batch: alone })).toThrow(sentence);
    await expect(fit(net, alone)).rejects.toThrow(sentence);
    await expect(fit(net, { inputs, targets }, { batch: 5 })).rejects.toThrow(
      /an epoch's last batch has 1; use dropLast or another batch size/,
    );
    await expect(fit(net, { inputs, targets }, { batch: 5, dropLast: true, epochs: 1 })).resolves.toBeDefined();
    const maps = network([conv2d(2, 2), batchNorm(), flatten(), dense(1)], { input: [1, 3, 3] });
    const image = { inputs: [[1, 2, 3, 4, 5, 6, 7, 8, 9]], targets: [[1]] };
    expect(gradients(maps, image).gradients['layers.1.weight'].data).toHaveLength(2);
  });
});

describe('running statistics', () => {
  it('start at 0 and 1, and follow the batch with momentum, the variance without bias', async () => {
    expect(statistics.map((name) => [...net.parameters[name].data])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    const { network: trained } = await fit(net, { inputs, targets }, { epochs: 1, batch: 6 });
    const column = inputs.map(([x]) => x);
    const mean = column.reduce((sum, x) => sum + x, 0) / 6;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 5;
    expect(trained.parameters[statistics[0]].data[0]).toBeCloseTo(0.1 * mean, 12);
    expect(trained.parameters[statistics[1]].data[0]).toBeCloseTo(0.9 + 0.1 * variance, 12);
  });

  it('have no gradient, no penalty and no optimizer state', () => {
    for (const optimizer of [sgd(), momentum(), adam()]) {
      const program = compile({ ...net, l2: 0.1, l1: 0.1 }, optimizer);
      const names = [...program.slots.keys()].filter((name) => name.includes('running'));
      expect(names.sort()).toEqual(statistics.flatMap((name) => [name, `${name}.next`]).sort());
    }
    expect(Object.keys(gradients(net, { inputs, targets }).gradients)).not.toContain(statistics[0]);
  });

  it('stay as they are when frozen, and when nothing is trained', async () => {
    const frozen = { ...net, frozen: statistics };
    const { network: trained } = await fit(frozen, { inputs, targets }, { epochs: 2 });
    for (const name of statistics) expect(trained.parameters[name].data).toEqual(net.parameters[name].data);
    const executable = referenceBackend().prepare(
      lower(compile(net), { keep: ['loss', ...statistics], carry: true }),
      6,
    );
    for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
    executable.run(samplesOf(net, { inputs, targets }), Uint32Array.from(inputs.keys()));
    expect(executable.read(statistics[1])).toEqual(net.parameters[statistics[1]].data);
  });

  it('are what prediction uses, so that it does not depend on the rest of the batch', async () => {
    const { network: trained } = await fit(net, { inputs, targets }, { epochs: 20, batch: 3 });
    const together = predict(trained, inputs);
    expect(inputs.map((input) => predict(trained, [input])[0])).toEqual(together);
    expect(together).not.toEqual(gradients(trained, { inputs, targets }).outputs);
  });

  it('are kept in the network file', () => {
    const described = describeNetwork(net);
    expect(Object.keys(described.parameters ?? {})).toEqual(expect.arrayContaining(statistics));
    expect(described.layers).toEqual([{ type: 'batchNorm' }, expect.anything()]);
    expect(describeNetwork(parseNetwork(JSON.stringify(described), 'a file'))).toEqual(described);
  });
});

it('refuses momentum and epsilon that make no sense, and inputs of two axes', () => {
  expect(() => batchNorm({ momentum: 0 })).toThrow(/batchNorm momentum is 0/);
  expect(() => batchNorm({ epsilon: 0 })).toThrow(/batchNorm epsilon is 0/);
  expect(() => network([batchNorm()], { input: [2, 3] })).toThrow(/layers\[0\] \(batchNorm\).*\[2, 3\]; put a flatten/);
});
