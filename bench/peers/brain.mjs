// brain.js: learns from one sample at a time, in float32 arrays of each neuron's weights.
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/tools.mjs';
import { cycle, joined, rowsOf } from '../task.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

const oneByOne = { batch: 1, note: 'updates after every sample' };

/** @type {import('./index.mjs').Peer} */
export const brain = {
  name: 'brain.js',
  variants: [{ name: 'brain.js', title: 'brain.js', threads: 1 }],
  // It has one activation for all layers and no softmax: W4 is beyond it.
  workloads: { W1: {}, W3: oneByOne, 'W7-W3-1': {}, 'W7-W3-256': {} },
  missing: neverMissing,
  command: nodeCommand('brain.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const { NeuralNetwork } = (await import('brain.js')).default;
  const { sizes, layers, inputs, targets, batch } = task;
  const net = new NeuralNetwork({
    inputSize: sizes[0],
    hiddenLayers: sizes.slice(1, -1),
    outputSize: sizes[sizes.length - 1],
    activation: 'sigmoid',
  });
  // Its options refuse no momentum, and a learning rate of 1 or more.
  Object.assign(net.trainOpts, { learningRate: task.optimizer.learningRate, momentum: 0 });
  net.initialize();
  for (const [i, { weight, bias, inputs: width }] of layers.entries()) {
    for (const [j, row] of rowsOf(weight, width).entries()) net.weights[i + 1][j].set(row);
    net.biases[i + 1].set(bias);
  }
  const x = rowsOf(inputs, sizes[0]);
  const y = rowsOf(targets, sizes[sizes.length - 1]);
  const { version } = JSON.parse(readFileSync(at('bench/node_modules/brain.js/package.json'), 'utf8'));
  const next = cycle(x.length / batch);
  const training = {
    step() {
      const i = next();
      net.trainPattern({ input: x[i], output: y[i] });
    },
    read: () => joined(layers.flatMap((_, i) => [...net.weights[i + 1], net.biases[i + 1]])),
  };
  const lists = x.map((row) => (batch === 1 ? Array.from(row) : row));
  const prediction = {
    step() {
      const first = next() * batch;
      return lists.slice(first, first + batch).map((row) => Array.from(net.run(row)));
    },
    read: () => joined(x.slice(0, 256).map((row) => net.run(row))),
  };
  return { build: version, ...(task.kind === 'train' ? training : prediction) };
}
