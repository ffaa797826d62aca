// What changed samples must not do: let results depend on how fast the machine is.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { wasmBackend } from '../backends/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { fit } from './fit.ts';

/** Images that are nearly black, then images that are nearly full: what a stretch of them is depends on where it is cut. */
const data = {
  inputs: Array.from({ length: 60 }, (_, i) =>
    Array.from({ length: 100 }, (_, k) =>
      ((i * 100 + k) * 7919) % 100 < (i < 30 ? 10 : 60) ? Math.sin(i * 100 + k) : 0,
    ),
  ),
  targets: Array.from({ length: 60 }, (_, i) => [i % 2, 1 - (i % 2)]),
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('samples changed as they are trained on', () => {
  test('give the same bits however many steps fit between two breaths', async () => {
    const train = async (millisecondsPerLook: number) => {
      let now = 0;
      vi.spyOn(performance, 'now').mockImplementation(() => {
        now += millisecondsPerLook;
        return now;
      });
      const net = network([dense(8, 'tanh'), dense(2, 'sigmoid')], { input: 100, seed: 3 });
      const options = { epochs: 3, batch: 5, shuffle: false, smoothLabels: 0.1, backend: wasmBackend({ threads: 1 }) };
      return (await fit(net, data, options)).network.parameters;
    };
    expect(await train(1000)).toEqual(await train(0.001));
  });
});
