// TensorFlow.js on its wasm and cpu backends, through its core operations and own optimizers (no overhead of tfjs-layers).
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cycle, joined, rowsOf } from '../task.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const tensorflow = {
  name: 'tensorflow',
  variants: [
    { name: 'tfjs-wasm', title: 'TensorFlow.js, wasm', threads: 1 },
    { name: 'tfjs-cpu', title: 'TensorFlow.js, cpu', threads: 1 },
  ],
  workloads: { W1: {}, W3: {}, W4: {}, 'W7-W3-1': {}, 'W7-W3-256': {}, 'W7-W4-1': {}, 'W7-W4-256': {} },
  missing: neverMissing,
  command: nodeCommand('tensorflow.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const tf = await import('@tensorflow/tfjs');
  await useBackend(tf, task.variant);
  // W is kept [in, out], as tfjs-layers does.
  const layers = task.layers.map(({ inputs, units, activation, weight, bias }) => ({
    activation,
    W: tf.variable(tf.transpose(tf.tensor2d(weight, [units, inputs]))),
    b: tf.variable(tf.tensor1d(bias)),
  }));
  const build = `${tf.version_core}, ${tf.getBackend()}${await features(tf)}`;
  return { build, ...(task.kind === 'train' ? training(tf, task, layers) : prediction(tf, task, layers)) };
}

async function useBackend(tf, variant) {
  if (variant === 'tfjs-wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm'))) + sep);
  }
  await tf.setBackend(variant.slice('tfjs-'.length));
  await tf.ready();
}

/** Whether the wasm binary with SIMD was chosen, and that with threads. */
async function features(tf) {
  if (tf.getBackend() !== 'wasm') return '';
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threads = await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT');
  return `, SIMD ${simd ? 'on' : 'off'}, threads ${threads ? 'on' : 'off'}`;
}

/** The last layer's z is left without its softmax where the loss takes logits. */
const forward = (tf, layers, x, logits) =>
  layers.reduce((a, { W, b, activation }, i) => {
    const z = tf.add(tf.matMul(a, W), b);
    if (activation === 'softmax') return logits && i === layers.length - 1 ? z : tf.softmax(z);
    return tf[activation](z);
  }, x);

const losses = {
  quadratic: (tf, a, y) => tf.mul(0.5, tf.mean(tf.sum(tf.square(tf.sub(a, y)), 1))),
  logLikelihood: (tf, z, y) => tf.losses.softmaxCrossEntropy(y, z),
};

/** Adam's ε is 1e-7 there unless given. */
const optimizers = {
  sgd: (tf, rate) => tf.train.sgd(rate),
  adam: (tf, rate) => tf.train.adam(rate, 0.9, 0.999, 1e-8),
};

const batchesOf = (tf, { sizes, batch }, values, width = sizes[0]) =>
  rowsOf(values, width * batch).map((rows) => tf.tensor2d(rows, [batch, width]));

function training(tf, task, layers) {
  const { optimizer, loss, inputs, targets, sizes } = task;
  const [x, y] = [batchesOf(tf, task, inputs), batchesOf(tf, task, targets, sizes[sizes.length - 1])];
  const next = cycle(x.length);
  const method = optimizers[optimizer.name](tf, optimizer.learningRate);
  const cost = (i) => losses[loss](tf, forward(tf, layers, x[i], loss === 'logLikelihood'), y[i]);
  const read = () => joined(layers.flatMap(({ W, b }) => [tf.transpose(W).dataSync(), b.dataSync()]));
  return {
    read,
    step() {
      const i = next();
      method.minimize(() => cost(i));
    },
  };
}

function prediction(tf, { batch, count, inputs, sizes }, layers) {
  const next = cycle(count / batch);
  const rows = rowsOf(inputs, sizes[0] * batch).map((row) => (batch === 1 ? Array.from(row) : row));
  const outputs = (values, length) =>
    tf.tidy(() => forward(tf, layers, tf.tensor2d(values, [length, sizes[0]])).dataSync());
  return {
    step: () => Array.from(outputs(rows[next()], batch)),
    read: () => Float32Array.from(outputs(inputs.subarray(0, 256 * sizes[0]), 256)),
  };
}
