// L-BFGS and Levenberg–Marquardt through fit: what they find, how they end, and what they refuse.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, train } from '../../test/exact.ts';
import { gradients } from '../explain/index.ts';
import { dense, dropout } from '../layers/index.ts';
import { sameTensor } from '../memory/index.ts';
import { network } from '../network/index.ts';
import { solvePositiveDefinite } from './cholesky.ts';
import { lbfgs } from './lbfgs.ts';
import { lm } from './levenberg-marquardt.ts';
import { step } from './schedules.ts';

const line = {
  inputs: Array.from({ length: 10 }, (_, i) => [i / 10]),
  targets: Array.from({ length: 10 }, (_, i) => [(2 * i) / 10 - 1]),
};
const curve = {
  inputs: Array.from({ length: 30 }, (_, i) => [i / 15 - 1]),
  targets: Array.from({ length: 30 }, (_, i) => [Math.sin(3 * (i / 15 - 1)) / 2, (i / 15 - 1) ** 2]),
};
const bend = (options = {}) => network([dense(4, 'tanh'), dense(2)], { input: 1, seed: 3, ...options });

test('a linear system is solved by its Cholesky factor, and an indefinite one is noticed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.double({ min: -2, max: 2, noNaN: true })),
      (n, numbers) => {
        const draw = () => numbers.next().value;
        const root = Array.from({ length: n }, () => Array.from({ length: n }, draw));
        // A = R Rᵀ + I
        const entry = (i: number, j: number) => root[i].reduce((sum, r, k) => sum + r * root[j][k], Number(i === j));
        const x = Array.from({ length: n }, draw);
        const b = Float64Array.from(x, (_, i) => x.reduce((sum, value, j) => sum + entry(i, j) * value, 0));
        const a = Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));
        const solved = solvePositiveDefinite(a, b);
        for (const [i, value] of x.entries()) expect(solved?.[i]).toBeCloseTo(value, 8);
      },
    ),
    { numRuns: 50, seed: 1 },
  );
  expect(solvePositiveDefinite(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1))).toBeUndefined();
});

describe.each([
  ['lbfgs', lbfgs],
  ['lm', lm],
])('%s', (name, make) => {
  test('finds a line exactly and says that it has converged', async () => {
    const net = network([dense(1)], { input: 1, seed: 1 });
    const { network: found, ending, history, steps } = await train(net, line, { optimizer: make(), epochs: 50 });
    expect(ending).toBe('converged');
    expect(steps).toBe(history.length);
    expect(found.parameters['layers.0.weight'].data[0]).toBeCloseTo(2, 6);
    expect(found.parameters['layers.0.bias'].data[0]).toBeCloseTo(-1, 6);
  });

  test.each(['quadratic', 'meanSquared', 'halfMeanSquared'] as const)(
    'ends where the gradient of %s vanishes, penalty included, and never goes up',
    async (loss) => {
      const net = bend({ loss, l2: 0.01 });
      const { network: found, ending, history } = await train(net, curve, { optimizer: make(), epochs: 2000 });
      expect(ending).toBe('converged');
      for (const [, { data }] of Object.entries(gradients(found, curve).gradients)) {
        for (const g of data) expect(Math.abs(g)).toBeLessThan(1e-7);
      }
      const losses = history.map((epoch) => epoch.loss);
      expect(losses).toEqual([...losses].sort((a, b) => b - a));
    },
  );

  test('is repeatable, and leaves frozen parameters alone', async () => {
    const net = bend({ frozen: ['layers.0.weight'] });
    const options = { epochs: 20 };
    const one = await train(net, curve, { ...options, optimizer: make() });
    const two = await train(net, curve, { ...options, optimizer: make() });
    for (const [parameter, tensor] of Object.entries(one.network.parameters)) {
      expect(sameTensor(tensor, two.network.parameters[parameter]), parameter).toBe(true);
      expect(sameTensor(tensor, net.parameters[parameter]), parameter).toBe(parameter === 'layers.0.weight');
    }
  });

  test('sees all of a larger data set, chunk by chunk', async () => {
    const many = {
      inputs: Array.from({ length: 1300 }, (_, i) => [i / 1300]),
      targets: Array.from({ length: 1300 }, (_, i) => [i < 650 ? 0 : 1]),
    };
    const net = network([dense(1)], { input: 1, seed: 1 });
    const { network: found } = await train(net, many, { optimizer: make(), epochs: 50 });
    for (const [, { data }] of Object.entries(gradients(found, many).gradients)) {
      for (const g of data) expect(Math.abs(g)).toBeLessThan(1e-7);
    }
  });

  test('stops when validation no longer improves, with the best parameters, and when it is told to', async () => {
    const other = { inputs: curve.inputs, targets: curve.targets.map(([a, b]) => [a + 0.3, b]) };
    const stopped = await train(bend(), curve, { optimizer: make(), epochs: 500, validation: other, patience: 3 });
    expect(stopped.ending).toBe('patience');
    const best = Math.min(...stopped.history.map(({ validation }) => validation?.loss ?? Number.NaN));
    expect(evaluate(stopped.network, other).loss).toBe(best);
    expect(stopped.history[(stopped.bestEpoch ?? 0) - 1].validation?.loss).toBe(best);

    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const aborted = await train(bend(), curve, { optimizer: make(), epochs: 9, signal: controller.signal, onProgress });
    expect(aborted).toMatchObject({ ending: 'aborted', steps: 1 });
  });

  test('takes no epochs as the network it was given', async () => {
    const net = bend();
    const { network: same, ending } = await train(net, curve, { optimizer: make(), epochs: 0 });
    expect(ending).toBe('epochs');
    expect(same.parameters).toEqual(net.parameters);
  });

  test('refuses schedules, and layers whose output changes from step to step', async () => {
    await expect(train(bend(), curve, { optimizer: make(), schedule: step() })).rejects.toThrow(
      `${name} finds the length of its steps itself, so that it takes no schedule; leave the schedule out.`,
    );
    await expect(train(bend(), curve, { optimizer: make(), noise: 0.1 })).rejects.toThrow(`${name} takes no noise`);
    const told = train(bend(), curve, { optimizer: make(), onStep: () => {} });
    await expect(told).rejects.toThrow(`${name} takes no onStep`);
    const net = network([dense(4), dropout(0.5), dense(2)], { input: 1 });
    await expect(train(net, curve, { optimizer: make() })).rejects.toThrow('layers[1] (dropout) has no fixed output');
  });
});

describe('lm refuses what it cannot do', () => {
  const refusal = (net: ReturnType<typeof network>, data: typeof curve) =>
    expect(train(net, data, { optimizer: lm() })).rejects;

  test('a loss that is no sum of squares', async () => {
    await refusal(bend({ loss: 'huber' }), curve).toThrow(
      'lm needs a loss that is a sum of squares (quadratic, meanSquared, halfMeanSquared), not huber; use one of them, or lbfgs.',
    );
  });

  test('a penalty with a kink', async () => {
    await refusal(bend({ l1: 0.1 }), curve).toThrow('lm needs a smooth penalty, not l1 = 0.1');
  });

  test('a network whose matrix would not fit, saying how much it needs', async () => {
    const net = network([dense(3000, 'tanh'), dense(2)], { input: 1 });
    await refusal(net, curve).toThrow(
      "lm would need 2,198 MiB for this network's 12,002 weights, more than the 512 MiB it takes; use lbfgs, or a smaller network.",
    );
  });
});
