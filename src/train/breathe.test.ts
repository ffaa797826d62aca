// The pause in a page, where there is no setImmediate: it lets others have their turn, and does not wait for a timer's 4 ms.
import { afterEach, expect, test, vi } from 'vitest';
import { breathe } from './breathe.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['in Node', false],
  ['in a page', true],
])('%s others have their turn in a pause', async (_, inPage) => {
  const { setImmediate } = globalThis;
  if (inPage) vi.stubGlobal('setImmediate', undefined);
  let turns = 0;
  const other = () => {
    turns++;
    if (turns < 1000) setImmediate(other);
  };
  setImmediate(other);
  while (turns < 5) await breathe();
  expect(turns).toBeLessThan(1000);
});

test('in a page no timer is waited for', async () => {
  vi.stubGlobal('setImmediate', undefined);
  const timer = vi.fn();
  vi.stubGlobal('setTimeout', timer);
  for (let i = 0; i < 100; i++) await breathe();
  expect(timer).not.toHaveBeenCalled();
});
