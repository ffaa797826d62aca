// What a long-lived process must not lose: memory to trainings that are over, threads to backends that were disposed of.
import { existsSync, readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { dense } from '../../layers/index.ts';
import { network } from '../../network/index.ts';
import { adam } from '../../optimizers/index.ts';
import { fit } from '../../train/index.ts';
import { wasmBackend } from './wasm.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Every memory made since, as long as something holds it. */
const memories: WeakRef<WebAssembly.Memory>[] = [];
const { Memory } = WebAssembly;

beforeAll(() => {
  const recorded = new Proxy(Memory, {
    construct(target, operands, as) {
      const memory: WebAssembly.Memory = Reflect.construct(target, operands, as);
      memories.push(new WeakRef(memory));
      return memory;
    },
  });
  Reflect.set(WebAssembly, 'Memory', recorded);
});
afterAll(() => void Reflect.set(WebAssembly, 'Memory', Memory));

/** What a process takes: bytes of WebAssembly's memories, bytes in all, memories, and threads where the system tells. */
interface Use {
  readonly wasm: number;
  readonly resident: number;
  readonly memories: number;
  readonly threads: number;
}

/** What is in use when nothing that can be collected is left. Finalizers run between turns of the event loop. */
async function settled(): Promise<Use> {
  for (let round = 0; round < 4; round++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const alive = memories.flatMap((reference) => reference.deref() ?? []);
  const wasm = alive.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const threads = existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0;
  return { wasm, resident: process.memoryUsage.rss(), memories: alive.length, threads };
}

/** Trains a small network, another one than the last time. */
async function trainSmall(i: number): Promise<void> {
  const inputs = Array.from({ length: 20 + (i % 7) }, (_, k) => [Math.sin(i + k), Math.cos(k)]);
  const targets = inputs.map(([x, y]) => [x * y]);
  const net = network([dense(3 + (i % 5), 'tanh'), dense(1)], { input: 2, seed: i });
  await fit(net, { inputs, targets }, { epochs: 1, optimizer: adam() });
}

test('a thousand trainings take no more memory than a few', async () => {
  for (let i = 0; i < 300; i++) await trainSmall(i);
  const before = await settled();
  for (let i = 0; i < 1000; i++) await trainSmall(i);
  const after = await settled();
  expect(after.memories).toBe(1);
  expect(after.wasm).toBe(before.wasm);
  expect(after.resident).toBeLessThan(before.resident * 1.05);
});

/** Runs a backend of three threads until they are all there, then disposes of it. */
async function useThreads(): Promise<void> {
  const backend = wasmBackend({ threads: 3 });
  const inputs = Array.from({ length: 64 }, (_, k) => Array.from({ length: 64 }, (_, i) => Math.sin(k * i)));
  const net = network([dense(64, 'tanh'), dense(64)], { input: 64 });
  for (;;) {
    const { execution } = await fit(net, { inputs, targets: inputs }, { epochs: 1, batch: 64, backend });
    if (execution.threads === 3) break;
  }
  backend.dispose?.();
}

test('a hundred backends of three threads, disposed of, leave neither threads nor memory', async () => {
  const running = new Set<Worker>();
  let started = 0;
  const note = (worker: Worker) => {
    started++;
    running.add(worker);
    worker.once('exit', () => running.delete(worker));
  };
  process.on('worker', note);
  for (let i = 0; i < 20; i++) await useThreads();
  await vi.waitUntil(() => running.size === 0, { timeout: 20_000 });
  const before = await settled();
  for (let i = 0; i < 100; i++) await useThreads();
  await vi.waitUntil(() => running.size === 0, { timeout: 20_000 });
  process.off('worker', note);
  const after = await settled();
  expect(started).toBe(240);
  expect(after.memories).toBe(before.memories);
  expect(after.threads).toBeLessThanOrEqual(before.threads);
  expect(after.resident).toBeLessThan(before.resident * 1.05);
});
