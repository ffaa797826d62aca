// ConvNetJS: volumes of float64, one sample at a time, gradients summed over a batch.
import { at, readJson } from '../../scripts/tools.mjs';
import { cycle, joined, rowsOf } from '../task.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const convnet = {
  name: 'convnetjs',
  variants: [{ name: 'convnetjs', title: 'ConvNetJS', threads: 1 }],
  // The version on npm has no Adam: W4 is beyond it.
  workloads: { W1: {}, W3: {} },
  missing: neverMissing,
  command: nodeCommand('convnetjs.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const { default: convnetjs } = await import('convnetjs');
  const { sizes, layers, optimizer, batch } = task;
  const outputs = sizes[sizes.length - 1];
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: sizes[0] },
    ...sizes.slice(1, -1).map((units) => ({ type: 'fc', num_neurons: units, activation: 'sigmoid' })),
    { type: 'regression', num_neurons: outputs },
  ]);
  // Its regression layer brings a linear fc before it: the sigmoid goes between the two.
  net.layers.splice(-1, 0, new convnetjs.SigmoidLayer({ in_sx: 1, in_sy: 1, in_depth: outputs }));
  const dense = net.layers.filter(({ layer_type }) => layer_type === 'fc');
  for (const [i, { weight, bias, inputs }] of layers.entries()) {
    for (const [j, row] of rowsOf(weight, inputs).entries()) dense[i].filters[j].w.set(row);
    dense[i].biases.w.set(bias);
  }
  const method = { method: 'sgd', learning_rate: optimizer.learningRate, momentum: 0, l2_decay: 0, batch_size: batch };
  const trainer = new convnetjs.Trainer(net, method);
  const x = rowsOf(task.inputs, sizes[0]).map((row) => new convnetjs.Vol(Array.from(row)));
  const y = rowsOf(task.targets, outputs).map((row) => Array.from(row));
  const next = cycle(x.length);
  return {
    build: readJson(at('bench/node_modules/convnetjs/package.json')).version,
    step() {
      for (let k = 0; k < batch; k++) {
        const i = next();
        trainer.train(x[i], y[i]);
      }
    },
    read: () => joined(dense.flatMap(({ filters, biases }) => [...filters.map(({ w }) => w), biases.w])),
  };
}
