// ConvNetJS: volumes of float64, one sample at a time, gradients summed over a batch.
import { at, readJson } from '../../scripts/tools.mjs';
import { cycle, joined, rowsOf } from '../task.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const convnet = {
  name: 'convnetjs',
  variants: [{ name: 'convnetjs', title: 'ConvNetJS', threads: 1 }],
  // The version on npm has no Adam: W4 and W6 are beyond it.
  workloads: { W1: {}, W3: {}, W5: {} },
  missing: neverMissing,
  command: nodeCommand('convnetjs.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const { default: convnetjs } = await import('convnetjs');
  const { sizes, layers, optimizer, batch } = task;
  const outputs = sizes[sizes.length - 1];
  const net = netOf(convnetjs, task);
  const weighted = net.layers.filter(({ layer_type }) => layer_type === 'fc' || layer_type === 'conv');
  const orders = layers.map((layer, i) => orderOf(layer, layers[i - 1]));
  for (const [i, { weight, bias, inputs }] of layers.entries()) {
    for (const [j, row] of rowsOf(weight, inputs).entries())
      weighted[i].filters[j].w.set(Float64Array.from(orders[i], (k) => row[k]));
    weighted[i].biases.w.set(bias);
  }
  const method = { method: 'sgd', learning_rate: optimizer.learningRate, momentum: 0, l2_decay: 0, batch_size: batch };
  const trainer = new convnetjs.Trainer(net, method);
  const x = rowsOf(task.inputs, sizes[0]).map((row) => volume(convnetjs, row, task.image));
  const classes = task.loss === 'logLikelihood';
  const y = rowsOf(task.targets, outputs).map((row) => (classes ? row.indexOf(1) : Array.from(row)));
  const next = cycle(x.length);
  return {
    build: readJson(at('bench/node_modules/convnetjs/package.json')).version,
    step() {
      for (let k = 0; k < batch; k++) {
        const i = next();
        trainer.train(x[i], y[i]);
      }
    },
    read: () => joined(weighted.flatMap(({ filters, biases }, i) => [...filters.map(unordered(orders[i])), biases.w])),
  };
}

function netOf(convnetjs, { sizes, activations, convolutions = [], image = [sizes[0], 1, 1], loss }) {
  const outputs = sizes[sizes.length - 1];
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: image[2], out_sy: image[1], out_depth: image[0] },
    ...sizes.slice(1, -1).flatMap((units, i) => {
      if (convolutions[i] === undefined) return [{ type: 'fc', num_neurons: units, activation: activations[i] }];
      const { kernel, pool } = convolutions[i];
      return [
        { type: 'conv', sx: kernel, filters: units, stride: 1, pad: 0, activation: activations[i] },
        { type: 'pool', sx: pool, stride: pool },
      ];
    }),
    loss === 'logLikelihood' ? { type: 'softmax', num_classes: outputs } : { type: 'regression', num_neurons: outputs },
  ]);
  // Its regression layer brings a linear fc before it: the sigmoid goes between the two.
  const sigmoid = () => new convnetjs.SigmoidLayer({ in_sx: 1, in_sy: 1, in_depth: outputs });
  if (loss !== 'logLikelihood') net.layers.splice(-1, 0, sigmoid());
  return net;
}

/** Where each number of a unit's weights is in the task's order: its volumes have their channels last. */
function orderOf({ inputs, convolution }, before) {
  const positions = convolution?.kernel ** 2 || (before?.convolution ? inputs / before.units : 1);
  const channels = inputs / positions;
  return Uint32Array.from({ length: inputs }, (_, k) => (k % channels) * positions + Math.floor(k / channels));
}

/** A unit's weights in the task's order. */
const unordered =
  (order) =>
  ({ w }) => {
    const row = new Float32Array(order.length);
    for (const [k, at] of order.entries()) row[at] = w[k];
    return row;
  };

/** Images of the tasks have one channel. */
function volume(convnetjs, row, image) {
  if (image === undefined) return new convnetjs.Vol(Array.from(row));
  const vol = new convnetjs.Vol(image[2], image[1], image[0], 0);
  vol.w.set(row);
  return vol;
}
