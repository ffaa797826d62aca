// synaptic: a graph of neurons, which it writes out as JavaScript before it trains, one sample at a time.
import { at, readJson } from '../../scripts/tools.mjs';
import { cycle, joined, rowsOf } from '../task.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

// Its output neurons leave out the sigmoid's derivative, which is what the cross-entropy's gradient does. They also change their
// weights before the hidden neurons read them, so only the last layer's gradient is the true one.
const itsWay = {
  loss: 'crossEntropy',
  batch: 1,
  validationSteps: 1,
  compare: 'lastLayer',
  note: 'cross-entropy; updates after every sample; its hidden gradient reads the output weights after their update, so one step of the last layer is compared',
};

/** @type {import('./index.mjs').Peer} */
export const synaptic = {
  name: 'synaptic',
  variants: [{ name: 'synaptic', title: 'synaptic', threads: 1 }],
  workloads: { W1: itsWay, W3: itsWay },
  missing: neverMissing,
  command: nodeCommand('synaptic.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const { Architect } = (await import('synaptic')).default;
  const { sizes, layers, inputs, targets, optimizer } = task;
  const net = new Architect.Perceptron(...sizes);
  const neurons = [...net.layers.hidden, net.layers.output].map(({ list }) => list);
  const ids = [net.layers.input.list, ...neurons].map((list) => new Map(list.map(({ ID }, place) => [ID, place])));
  const eachWeight = (layer, unit, action) => {
    for (const connection of Object.values(neurons[layer][unit].connections.inputs))
      action(connection, unit * sizes[layer] + ids[layer].get(connection.from.ID));
  };
  for (const [i, { weight, bias, units }] of layers.entries()) {
    for (let j = 0; j < units; j++) {
      eachWeight(i, j, (connection, place) => {
        connection.weight = weight[place];
      });
      neurons[i][j].bias = bias[j];
    }
  }
  const x = rowsOf(inputs, sizes[0]).map((row) => Array.from(row));
  const y = rowsOf(targets, sizes[sizes.length - 1]).map((row) => Array.from(row));
  const next = cycle(x.length);
  return {
    build: readJson(at('bench/node_modules/synaptic/package.json')).version,
    step() {
      const i = next();
      net.activate(x[i]);
      net.propagate(optimizer.learningRate, y[i]);
    },
    read() {
      net.restore();
      const parts = layers.map(({ weight, bias, units }, i) => {
        const [W, b] = [new Float32Array(weight.length), new Float32Array(bias.length)];
        for (let j = 0; j < units; j++) {
          eachWeight(i, j, (connection, place) => {
            W[place] = connection.weight;
          });
          b[j] = neurons[i][j].bias;
        }
        return [W, b];
      });
      return joined(parts.flat());
    },
  };
}
