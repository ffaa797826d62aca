// ml-fnn: matrices of float64 by ml-matrix, a softmax output, and gradients summed over the batch.
import { at, readJson } from '../../scripts/tools.mjs';
import { cycle, joined, rowsOf } from '../task.mjs';
import { neverMissing, nodeCommand } from './command.mjs';

/** @type {import('./index.mjs').Peer} */
export const mlFnn = {
  name: 'ml-fnn',
  variants: [{ name: 'ml-fnn', title: 'ml-fnn', threads: 1 }],
  workloads: {
    // It takes σ′ of the activation where σ′ of the weighted input is due, so only the last layer's gradient is the true one.
    W3: {
      activations: ['sigmoid', 'softmax'],
      loss: 'logLikelihood',
      validationSteps: 1,
      compare: 'lastLayer',
      note: 'softmax output; its hidden gradient is wrong (σ′(a) for σ′(z)), so one step of the last layer is compared',
    },
  },
  missing: neverMissing,
  command: nodeCommand('ml-fnn.mjs'),
};

/** @param {import('../task.mjs').Task} task */
export async function open(task) {
  const { default: FeedForward } = await import('ml-fnn');
  const { Matrix } = await import('ml-matrix');
  const { sizes, batch, layers, optimizer } = task;
  const transposed = (weight, inputs) => new Matrix(rowsOf(weight, inputs).map((row) => Array.from(row))).transpose();
  // Loading a model is how its activation, weights and (nearly) absent regularization can be set: 0 would become its default.
  const net = FeedForward.load({
    model: 'FNN',
    hiddenLayers: sizes.slice(1, -1),
    layers: layers.map(({ inputs, units, weight, bias }) => ({
      model: 'Layer',
      inputSize: inputs,
      outputSize: units,
      regularization: 1e-30,
      epsilon: optimizer.learningRate / batch,
      activation: 'logistic',
      W: transposed(weight, inputs),
      b: [Array.from(bias)],
    })),
  });
  const classes = sizes[sizes.length - 1];
  // `train` numbers the classes anew, by the order in which a batch has them; what it does then is called here with fixed ones.
  net.dicts = { inputs: Object.fromEntries(Array.from({ length: classes }, (_, label) => [label, label])) };
  const batches = rowsOf(task.inputs, sizes[0] * batch).map(
    (rows) => new Matrix(rowsOf(rows, sizes[0]).map((row) => Array.from(row))),
  );
  const labels = rowsOf(task.targets, classes * batch).map((rows) =>
    rowsOf(rows, classes).map((row) => row.indexOf(1)),
  );
  const next = cycle(batches.length);
  return {
    build: readJson(at('bench/node_modules/ml-fnn/package.json')).version,
    step() {
      const i = next();
      net.backpropagation(batches[i], labels[i], net.propagate(batches[i]));
    },
    read: () => joined(net.model.flatMap(({ W, b }) => [W.transpose().to1DArray(), b.to1DArray()])),
  };
}
