// chainrule itself, through its public API: training is `fitEpochs`, whose seconds are those of the optimisation alone.
import { pathToFileURL } from 'node:url';
import { at, readJson } from '../../scripts/tools.mjs';
import { cutLayers, cycle, joined } from '../task.mjs';
import { workloads } from '../workloads.mjs';
import { nodeCommand } from './command.mjs';

const load = (/** @type {string} */ file) => import(pathToFileURL(at('dist', file)).href);

/** The library, as it was built. */
export const library = () => load('index.js');

/** Backends by name; each gives undefined where the built library has no such backend. */
const backends = {
  reference: async () => (await library()).referenceBackend(),
  wasm: async (/** @type {number} */ threads) => (await library()).wasmBackend?.({ threads }),
  blas: async (/** @type {number} */ threads) => (await load('node/index.js')).blasBackend?.({ threads }),
};

/** @param {string} name @param {number} threads */
export async function openBackend(name, threads) {
  const backend = await backends[name](threads);
  if (backend === undefined) throw new Error(`the built library has no backend ${name}`);
  return backend;
}

/** A network's program made ready on a backend, for measuring single operations. */
export async function prepare(net, backend, keep, capacity) {
  const [{ compile }, { lower }] = await Promise.all([library(), load('extend.js')]);
  const executable = backend.prepare(lower(compile(net), { keep }), capacity);
  for (const [name, { data }] of Object.entries(net.parameters))
    if (executable.plan.places.has(name)) executable.write(name, data);
  return executable;
}

/** @type {import('./index.mjs').Variant[]} */
const variants = [
  { name: 'chainrule-wasm', title: 'chainrule, wasm, 1 thread', threads: 1 },
  { name: 'chainrule-wasm-2', title: 'chainrule, wasm, 2 threads', threads: 2 },
  { name: 'chainrule-blas', title: 'chainrule, blas, 2 threads', threads: 2, only: ['W4', 'W7-W4-256'] },
  { name: 'chainrule-reference', title: 'chainrule, reference (float64)', threads: 1 },
];

/** @param {string} variant */
export const backendName = (variant) => variant.split('-')[1];

/** @type {import('./index.mjs').Peer} */
export const chainrule = {
  name: 'chainrule',
  variants,
  workloads: Object.fromEntries(workloads.map(({ id }) => [id, {}])),
  command: nodeCommand('chainrule.mjs'),
  async missing({ name, threads }) {
    try {
      await openBackend(backendName(name), threads);
      return undefined;
    } catch (error) {
      return `cannot be opened: ${error.message}`;
    }
  },
};

/** A network of a task's layers and parameters. */
export async function networkOf(task) {
  const { network, dense, conv2d, maxPool2d, flatten } = await library();
  const named = [];
  const layers = [];
  for (const { inputs, units, activation, convolution, weight, bias } of cutLayers(task.parameters, task)) {
    if (task.convolutions !== undefined && named.length === 2 * task.convolutions.length) layers.push(flatten());
    const kernel = convolution && [units, inputs / convolution.kernel ** 2, convolution.kernel, convolution.kernel];
    named.push([`layers.${layers.length}.weight`, { shape: kernel ?? [units, inputs], data: weight }]);
    named.push([`layers.${layers.length}.bias`, { shape: [units], data: bias }]);
    if (convolution === undefined) layers.push(dense(units, activation));
    else layers.push(conv2d(units, convolution.kernel, activation), maxPool2d(convolution.pool));
  }
  const { image, sizes, loss } = task;
  return network(layers, { input: image ?? sizes[0], loss, parameters: Object.fromEntries(named) });
}

/** A task's samples as the library holds them. */
export function datasetOf({ sizes, image, inputs, targets }, first = 0, count = inputs.length / sizes[0]) {
  const rows = (/** @type {Float32Array} */ values, /** @type {number} */ width) => ({
    count,
    width,
    values: values.subarray(first * width, (first + count) * width),
    scale: 1,
  });
  const samples = { inputs: rows(inputs, sizes[0]), targets: rows(targets, sizes[sizes.length - 1]) };
  return { inputShape: image ?? [sizes[0]], task: 'regression', samples };
}

/** A network's parameters in the order of the task's. */
const parametersOf = (net) => joined(Object.values(net.parameters).map(({ data }) => data));

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const backend = await openBackend(backendName(task.variant), task.threads);
  const net = await networkOf(task);
  const { version } = readJson(at('package.json'));
  return {
    ...(task.kind === 'train' ? await training(task, net, backend) : await prediction(task, net, backend)),
    // Read after the run, when it is known whether the backend got the threads it was asked for.
    get build() {
      const limitation = backend.limitation === undefined ? '' : `; ${backend.limitation}`;
      return `${version}, ${backend.name} ${backend.dtype}, at most ${backend.threads ?? 1} thread(s)${limitation}`;
    },
  };
}

/** @param {import('../task.mjs').Task} task */
async function training(task, net, backend) {
  const lib = await library();
  const { name, learningRate } = task.optimizer;
  const options = { backend, batch: task.batch, shuffle: false, optimizer: lib[name]({ learningRate }) };
  return {
    async after(/** @type {number} */ steps) {
      const trained = await lib.fit(net, datasetOf(task, 0, steps * task.batch), { ...options, epochs: 1 });
      return parametersOf(trained.network);
    },
    // An epoch is the least that is timed, and one of convolutions takes the reference minutes.
    time: (/** @type {number} */ warmup, /** @type {number} */ seconds) =>
      timeFit(
        lib,
        net,
        datasetOf(task, 0, backend.name === 'reference' && task.image ? 4 * task.batch : undefined),
        options,
        warmup,
        seconds,
      ),
  };
}

/** Trains for the warm-up and then for the time: the epochs that began during the warm-up do not count, however long they took. */
export async function timeFit(lib, net, data, options, warmup, seconds) {
  const start = performance.now();
  const controller = new AbortController();
  const epochs = lib.fitEpochs(net, data, { ...options, epochs: 1e9, signal: controller.signal });
  let counting = false;
  let warm = { steps: 0, seconds: 0 };
  for (;;) {
    const began = performance.now() - start;
    if (!counting && began >= 1000 * warmup) {
      counting = true;
      setTimeout(() => controller.abort(), 1000 * seconds);
    }
    const { done, value } = await epochs.next();
    if (done) return { steps: value.steps - warm.steps, seconds: value.seconds - warm.seconds };
    if (began < 1000 * warmup) {
      warm = { steps: warm.steps + value.steps, seconds: warm.seconds + value.seconds };
    }
  }
}

/** A network kept ready, as a user keeps it. @param {import('../task.mjs').Task} task */
export async function prediction(task, net, backend) {
  const { predictor } = await library();
  const { batch, count, inputs, sizes } = task;
  const next = cycle(count / batch);
  const rows = (/** @type {number} */ first, /** @type {number} */ samples) =>
    inputs.subarray(first * sizes[0], (first + samples) * sizes[0]);
  const batches = Array.from({ length: count / batch }, (_, i) => rows(i * batch, batch));
  const lists = batch === 1 ? batches.map((row) => Array.from(row)) : [];
  const answer = predictor(net, { backend });
  return {
    step: () => (batch === 1 ? answer(lists[next()]) : answer.rows(batches[next()])),
    read: () => Float32Array.from(answer.rows(rows(0, 256))),
  };
}
