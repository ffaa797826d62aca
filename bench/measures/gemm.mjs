// GFLOP/s of matrix products by shape, against the machine's SIMD128 peak measured beside them.
// A product is a dense layer without bias, run on one batch through the backend: gathering the batch's rows is included.
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/tools.mjs';
import { generator } from '../data.mjs';
import { library, openBackend, prepare } from '../peers/chainrule.mjs';
import { median } from '../statistics.mjs';
import { inProcess } from './process.mjs';

/** Samples, inputs, units: squares, and the layers of W3 and W4. */
const shapes = [
  [96, 96, 96],
  [256, 256, 256],
  [512, 512, 512],
  [960, 960, 960],
  [10, 784, 30],
  [10, 30, 10],
  [128, 784, 512],
  [128, 512, 512],
  [128, 512, 10],
];

export async function gemm({ backend, quick }) {
  const peak = await inProcess(import.meta.url, { peak: true, repeats: quick ? 3 : 9 });
  const threads = backend === 'reference' ? [1] : [1, 2];
  const rates = [];
  for (const shape of quick ? shapes.filter(([samples]) => samples <= 256) : shapes) {
    const gflops = {};
    for (const count of threads) {
      gflops[count] = await inProcess(import.meta.url, { shape, backend, threads: count, repeats: quick ? 3 : 15 });
    }
    rates.push({ shape, gflops });
  }
  return { backend, simd128Peak: peak, rates };
}

/** In a process of its own: GFLOP/s over repeats of 20 ms or more, their median; of the peak the best. */
export async function child({ peak, shape, backend, threads, repeats }) {
  const { run, operations } = peak ? await peakWork() : await productWork(shape, backend, threads);
  let turns = 1;
  while (secondsOf(run, turns) < 0.02) turns *= 2;
  const rates = Array.from({ length: repeats }, () => (operations * turns) / secondsOf(run, turns) / 1e9);
  return peak ? Math.max(...rates) : median(rates);
}

function secondsOf(run, turns) {
  const start = performance.now();
  run(turns);
  return (performance.now() - start) / 1000;
}

async function peakWork() {
  const { default: asc } = await import('assemblyscript/asc');
  const source = readFileSync(at('bench/measures/simd-peak.ts'), 'utf8');
  const { binary, error, stderr } = await asc.compileString(source, {
    enable: ['simd'],
    runtime: 'stub',
    initialMemory: 1,
    optimizeLevel: 3,
  });
  if (error) throw new Error(`simd-peak.ts does not compile: ${stderr}`);
  const { instance } = await WebAssembly.instantiate(binary, { env: { abort: () => {} } });
  const block = 1000;
  return { run: (turns) => instance.exports.run(turns * block), operations: block * 12 * 4 * 2 };
}

async function productWork([samples, inputs, units], backendName, threads) {
  const { network, dense } = await library();
  const net = network([dense(units, 'linear', { bias: false })], { input: inputs });
  const executable = await prepare(net, await openBackend(backendName, threads), ['layers.0.a'], samples);
  const next = generator(3);
  // No zeros, so that no kernel for sparse inputs is chosen.
  const rows = (width) => ({
    count: samples,
    width,
    values: new Float32Array(samples * width).map(() => 0.5 + next()),
    scale: 1,
  });
  const data = { inputs: rows(inputs), targets: rows(units) };
  const orders = new Map();
  const run = (turns) => {
    // Many products in one call, as in training; the list of rows is made once for each number of turns.
    const order = orders.get(turns) ?? Uint32Array.from({ length: turns * samples }, (_, i) => i % samples);
    orders.set(turns, order);
    executable.runSteps(data, order, samples, 1);
  };
  return { run, operations: 2 * samples * inputs * units };
}
