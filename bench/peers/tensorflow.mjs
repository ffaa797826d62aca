// TensorFlow.js on its wasm and cpu backends, through its core operations and own optimizers (no overhead of tfjs-layers).
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cycle, joined, rowsOf } from '../task.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

/** Its wasm backend has no gradient of a convolution. */
const denseWorkloads = ['W1', 'W3', 'W4', 'W7-W3-1', 'W7-W3-256', 'W7-W4-1', 'W7-W4-256'];

/** @type {import('./index.mjs').Peer} */
export const tensorflow = {
  name: 'tensorflow',
  variants: [
    { name: 'tfjs-wasm', title: 'TensorFlow.js, wasm', threads: 1, only: denseWorkloads },
    { name: 'tfjs-cpu', title: 'TensorFlow.js, cpu', threads: 1 },
  ],
  workloads: {
    ...Object.fromEntries(denseWorkloads.map((id) => [id, {}])),
    W5: {},
    // A step takes it twenty seconds.
    W6: { validationSteps: 1 },
  },
  missing: neverMissing,
  command: nodeCommand('tensorflow.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const tf = await import('@tensorflow/tfjs');
  await useBackend(tf, task.variant);
  const layers = task.layers.map(({ inputs, units, activation, convolution, weight, bias }) => {
    const shape = publicShape(units, inputs, convolution);
    return {
      ...{ activation, convolution },
      W: tf.variable(tf.transpose(tf.tensor(weight, shape), innerOrder(shape))),
      b: tf.variable(tf.tensor1d(bias)),
    };
  });
  const build = `${tf.version_core}, ${tf.getBackend()}${await features(tf)}`;
  return { build, ...(task.kind === 'train' ? training(tf, task, layers) : prediction(tf, task, layers)) };
}

/** Weights as the task has them, and the order of their axes there: [in, out], and for a convolution [height, width, in, out]. */
const publicShape = (units, inputs, convolution) =>
  convolution === undefined
    ? [units, inputs]
    : [units, inputs / convolution.kernel ** 2, convolution.kernel, convolution.kernel];
const innerOrder = ({ length }) => (length === 2 ? [1, 0] : [2, 3, 1, 0]);
const publicOrder = ({ length }) => (length === 2 ? [1, 0] : [3, 2, 0, 1]);

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

/** Images as rows, channel by channel: they have their channels last there. */
const flat = (tf, a) => (a.rank === 4 ? tf.reshape(tf.transpose(a, [0, 3, 1, 2]), [a.shape[0], -1]) : a);

/** The last layer's z is left without its softmax where the loss takes logits. */
const forward = (tf, layers, x, logits) =>
  layers.reduce((a, { W, b, activation, convolution }, i) => {
    if (convolution !== undefined) {
      const { pool } = convolution;
      return tf.maxPool(tf[activation](tf.add(tf.conv2d(a, W, 1, 'valid'), b)), pool, pool, 'valid');
    }
    const z = tf.add(tf.matMul(flat(tf, a), W), b);
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
  const images = (x) => (task.image === undefined ? x : tf.reshape(x, [-1, ...task.image.slice(1), task.image[0]]));
  const [x, y] = [batchesOf(tf, task, inputs).map(images), batchesOf(tf, task, targets, sizes[sizes.length - 1])];
  const next = cycle(x.length);
  const method = optimizers[optimizer.name](tf, optimizer.learningRate);
  const cost = (i) => losses[loss](tf, forward(tf, layers, x[i], loss === 'logLikelihood'), y[i]);
  const read = () =>
    joined(layers.flatMap(({ W, b }) => [tf.transpose(W, publicOrder(W.shape)).dataSync(), b.dataSync()]));
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
