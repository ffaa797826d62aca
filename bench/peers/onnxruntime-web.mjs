// onnxruntime-web, for prediction: as WebAssembly in this process, on the model that chainrule exports.
import { pathToFileURL } from 'node:url';
import { at, readJson } from '../../scripts/tools.mjs';
import { cycle } from '../task.mjs';
import { networkOf } from './chainrule.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const onnxRuntime = {
  name: 'onnxruntime-web',
  variants: [
    { name: 'onnxruntime-web', title: 'onnxruntime-web, wasm, 1 thread', threads: 1 },
    { name: 'onnxruntime-web-2', title: 'onnxruntime-web, wasm, 2 threads', threads: 2 },
  ],
  workloads: Object.fromEntries(
    ['W3', 'W4', 'W6'].flatMap((network) => [1, 256].map((batch) => [`W7-${network}-${batch}`, {}])),
  ),
  missing: neverMissing,
  command: nodeCommand('onnxruntime-web.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web');
  env.wasm.numThreads = task.threads;
  const { exportOnnx } = await import(pathToFileURL(at('dist/onnx/index.js')).href);
  const session = await InferenceSession.create(exportOnnx({ network: await networkOf(task) }), {
    executionProviders: ['wasm'],
  });
  const { batch, count, image, inputs, sizes } = task;
  const tensorOf = (/** @type {number} */ first, /** @type {number} */ samples) =>
    new Tensor('float32', inputs.slice(first * sizes[0], (first + samples) * sizes[0]), [
      samples,
      ...(image ?? [sizes[0]]),
    ]);
  const batches = Array.from({ length: count / batch }, (_, i) => tensorOf(i * batch, batch));
  const next = cycle(batches.length);
  const step = () => session.run({ input: batches[next()] });
  const { version } = readJson(at('node_modules/onnxruntime-web/package.json'));
  return {
    build: `${version}, wasm, ${env.wasm.numThreads} thread(s)`,
    after: async () => (await session.run({ input: tensorOf(0, 256) })).output.data,
    async time(/** @type {number} */ warmup, /** @type {number} */ seconds) {
      await repeat(step, warmup);
      return repeat(step, seconds);
    },
  };
}

/** Runs one step after another for so long: a step ends when its answer is there. */
async function repeat(/** @type {() => Promise<unknown>} */ step, /** @type {number} */ seconds) {
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let steps = 0;
  while (elapsed() < seconds) {
    await step();
    steps++;
  }
  return { steps, seconds: elapsed() };
}
