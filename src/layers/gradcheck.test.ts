// Back-propagation against central differences: every layer with every activation before it and every loss after it.
import { describe, expect, it } from 'vitest';
import * as activations from '../activations/index.ts';
import { gradcheck } from '../explain/index.ts';
import * as losses from '../losses/index.ts';
import type { Loss } from '../losses/loss.ts';
import { network } from '../network/index.ts';
import type { ActivationName } from './dense.ts';
import {
  activation,
  avgPool2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAvgPool2d,
  maxPool2d,
} from './index.ts';
import type { Layer } from './layer.ts';

/** The layers under test with an activation, and the input they take; lists are those that softmax can run over. */
const arrangements: Record<string, { input: number[]; list?: true; layers: (f: ActivationName) => Layer[] }> = {
  'conv2d twice': { input: [1, 4, 4], layers: (f) => [conv2d(2, 2, f), conv2d(2, 3, f, { padding: 1, stride: 2 })] },
  'conv2d with same padding': { input: [2, 2, 3], layers: (f) => [conv2d(2, [2, 3], f, { padding: 'same' })] },
  maxPool2d: { input: [1, 4, 3], layers: (f) => [conv2d(2, 2, f), maxPool2d([2, 1], { stride: 1 })] },
  avgPool2d: { input: [1, 4, 3], layers: (f) => [conv2d(2, 2, f), avgPool2d(2, { stride: 1 })] },
  globalAvgPool2d: { input: [1, 3, 4], layers: (f) => [conv2d(3, 2, f), globalAvgPool2d()] },
  dropout: { input: [3], list: true, layers: (f) => [dense(6, f, { initializer: 'standardNormal' }), dropout(0.25)] },
  'dropout of maps': { input: [1, 3, 3], layers: (f) => [conv2d(2, 2, f), dropout(0.25)] },
  'batchNorm of features': { input: [3], list: true, layers: (f) => [dense(3), batchNorm(), activation(f)] },
  'batchNorm after an activation': { input: [3], list: true, layers: (f) => [dense(4, f), batchNorm()] },
  'batchNorm of maps': { input: [1, 3, 3], layers: (f) => [conv2d(2, 2), batchNorm(), activation(f)] },
};

for (const [name, { input, list, layers }] of Object.entries(arrangements)) {
  describe(name, () => {
    // The derivative of a step is 0 by definition, not by calculus.
    for (const f of Object.values(activations).filter((one) => one.name !== 'step' && (list || !('joint' in one)))) {
      it(`with ${f.name}`, () => {
        for (const loss of Object.values<Loss>(losses)) {
          const output = loss.activation ?? (loss.outputs === undefined ? 'linear' : 'sigmoid');
          const all = [
            ...layers(asName(f.name)),
            flatten(),
            dense(2, asName(output), { initializer: 'standardNormal' }),
          ];
          const net = network(all, { input, loss, seed: 11, l2: 0.1 });
          const { largest, passed } = gradcheck(net, { tolerance: 1e-6 });
          expect(passed, `${loss.name}: ${JSON.stringify(largest)}`).toBe(true);
        }
      });
    }
  });
}

function asName(name: string): ActivationName {
  const found = Object.keys(activations).find((one): one is ActivationName => one === name);
  if (found === undefined) throw new Error(`there is no activation ${name}`);
  return found;
}
