// The range test finds the scale of the learning rate, and says what it cannot test.
import { expect, test } from 'vitest';
import { dense, network, sgd } from '../index.ts';
import { rangeTest } from './index.ts';

/** y = 2 x₀ − x₁ over a grid; `scale` times larger inputs want scale² times smaller rates. */
function plane(scale: number) {
  const inputs = Array.from({ length: 64 }, (_, i) => [scale * ((i % 8) / 4 - 1), scale * (Math.floor(i / 8) / 4 - 1)]);
  return { inputs, targets: inputs.map(([a, b]) => [(2 * a - b) / scale]) };
}

const net = network([dense(1)], { input: [2], loss: 'meanSquared', seed: 3 });

test('the suggested rate learns, and ten times larger inputs want a hundred times smaller ones', async () => {
  const one = await rangeTest(net, plane(1), { optimizer: sgd() });
  const ten = await rangeTest(net, plane(10), { optimizer: sgd() });
  expect(one.suggested).toBeGreaterThan(0.01);
  expect(one.suggested).toBeLessThan(1);
  expect(ten.suggested).toBeLessThan(one.suggested / 10);
  expect(one.points[0].learningRate).toBeCloseTo(1e-5, 12);
  expect(one.ending).not.toBe('range');
  expect(one.steepest).toBeLessThanOrEqual(one.least);
});

test('the same seed gives the same points', async () => {
  const again = () => rangeTest(net, plane(1), { seed: 5, steps: 40, batch: 7 });
  expect(await again()).toEqual(await again());
});

test('what cannot be tested is said in a sentence', async () => {
  await expect(rangeTest(net, plane(1), { from: 1, to: 0.1 })).rejects.toThrow(/go from 1 to 0\.1/);
  await expect(rangeTest(net, plane(1), { steps: 3 })).rejects.toThrow(/steps is 3/);
  await expect(rangeTest(net, plane(1e200), { from: 1, to: 10 })).rejects.toThrow(/from the first rate on/);
});

test('an interrupted test ends', async () => {
  const controller = new AbortController();
  controller.abort();
  const { ending, points } = await rangeTest(net, plane(1), {
    steps: 1_000_000,
    from: 1e-9,
    to: 1e-8,
    signal: controller.signal,
  });
  expect(ending).toBe('aborted');
  expect(points.length).toBeLessThan(1_000_000);
});
