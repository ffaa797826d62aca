// The example runs: rules from outside the library pass its gradient check, learn, are explained, and are read from files.

import { dense, network, predict } from 'chainrule';
import { gradients } from 'chainrule/explain';
import { readModel, writeModel } from 'chainrule/formats';
import { expect, test } from 'vitest';
import { bentIdentity } from './bent-identity.ts';
import { run } from './main.ts';

test('an activation and a layer of one’s own are checked, trained and explained', async () => {
  const { check, loss, trained, batch, derivation, text } = await run();
  expect(check.passed, JSON.stringify(check.largest)).toBe(true);
  expect(loss).toBeLessThan(0.01);
  const asked = derivation.steps.find(({ id }) => id === 'layers.0.weight.grad[1]');
  expect(asked?.value).toBe(gradients(trained, batch).gradients['layers.0.weight'].data[1]);
  expect(text).toContain('gain');
});

test('a model file names the activation, and is read by those who bring it', () => {
  const net = network([dense(2, bentIdentity)], { input: 2 });
  const bytes = writeModel({ network: net });
  const { network: read } = readModel(bytes, 'own.safetensors', { activations: [bentIdentity] });
  expect(predict(read, [[1, 2]])).toEqual(predict(net, [[1, 2]]));
  expect(() => readModel(bytes, 'own.safetensors')).toThrow('bentIdentity');
});
