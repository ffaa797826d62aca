// How a training step's cost grows with batch, width, depth and threads: one of them varied at a time, from 256-256-256-10 at batch 64.
import { generator } from '../data.mjs';
import { library, openBackend, timeFit } from '../peers/chainrule.mjs';
import { forwardOperations } from '../workloads.mjs';
import { inProcess } from './process.mjs';

const base = { batch: 64, width: 256, depth: 2, threads: 1 };
const series = {
  batch: [1, 4, 16, 64, 256],
  width: [32, 64, 128, 256, 512, 1024],
  depth: [1, 2, 4, 8],
  threads: [1, 2],
};

export async function growth({ backend, warmup, seconds }) {
  const results = {};
  for (const [quantity, values] of Object.entries(series)) {
    if (quantity === 'threads' && backend === 'reference') continue;
    results[quantity] = [];
    for (const value of values) {
      const setting = { ...base, [quantity]: value };
      const { secondsPerStep } = await inProcess(import.meta.url, { ...setting, backend, warmup, seconds });
      // Forward once, and twice that backward: gradients of weights, and of what the layer was fed.
      const operations = 3 * forwardOperations(sizesOf(setting)) * setting.batch;
      results[quantity].push({ value, stepsPerSecond: 1 / secondsPerStep, gflops: operations / secondsPerStep / 1e9 });
    }
  }
  return { backend, base, series: results };
}

const sizesOf = ({ width, depth }) => [width, ...Array.from({ length: depth }, () => width), 10];

export async function child({ batch, width, depth, threads, backend, warmup, seconds }) {
  const lib = await library();
  const sizes = sizesOf({ width, depth });
  const layers = sizes.slice(1).map((units, i) => lib.dense(units, i === depth ? 'softmax' : 'relu'));
  const net = lib.network(layers, { input: width, seed: 1 });
  const options = { backend: await openBackend(backend, threads), batch, optimizer: lib.sgd({ learningRate: 0.001 }) };
  const { steps, seconds: taken } = await timeFit(lib, net, randomData(16 * batch, width), options, warmup, seconds);
  return { secondsPerStep: taken / steps };
}

function randomData(count, width) {
  const next = generator(4);
  const values = new Float32Array(count * width).map(() => next() - 0.5);
  const labels = Uint32Array.from({ length: count }, () => Math.floor(10 * next()));
  const samples = { inputs: { count, width, values, scale: 1 }, targets: { count, classes: 10, labels } };
  return { inputShape: [width], task: 'classification', samples };
}
