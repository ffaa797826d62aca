// The workloads, each declared once: what every peer computes. How a peer computes it is the peer's business.

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title what the table says
 * @property {'train' | 'predict'} kind a step of training, or outputs from inputs
 * @property {readonly number[]} sizes units of each layer, the input first
 * @property {readonly string[]} activations of each layer after the input
 * @property {string} loss
 * @property {{ name: string, learningRate: number }} optimizer
 * @property {number} batch samples a step
 * @property {'random' | 'digits'} data
 * @property {number} count samples in the data, gone through in order, again and again
 * @property {number} validationSteps steps whose result is compared with the reference's
 * @property {number} tolerance the greatest relative error that passes (see validate.mjs)
 */

const digits784 = { sizes: [784, 30, 10], activations: ['sigmoid', 'sigmoid'], data: 'digits', loss: 'quadratic' };
const wide784 = {
  sizes: [784, 512, 512, 10],
  activations: ['relu', 'relu', 'softmax'],
  data: 'digits',
  loss: 'logLikelihood',
};
const stochastic = (learningRate) => ({ name: 'sgd', learningRate });
const adam = { name: 'adam', learningRate: 0.001 };

/** @param {string} id @param {string} title @param {object} layers @param {number} batch */
const prediction = (id, title, layers, batch) => ({
  id,
  title,
  kind: 'predict',
  ...layers,
  optimizer: stochastic(1),
  batch,
  count: 1024,
  validationSteps: 1,
  tolerance: 1e-4,
});

/** @type {readonly Workload[]} */
export const workloads = [
  {
    id: 'W1',
    title: '2-2-2 sigmoid, quadratic, SGD, batch 1',
    kind: 'train',
    sizes: [2, 2, 2],
    activations: ['sigmoid', 'sigmoid'],
    loss: 'quadratic',
    optimizer: stochastic(0.5),
    batch: 1,
    data: 'random',
    count: 10_000,
    validationSteps: 1000,
    tolerance: 1e-3,
  },
  // W2 is XOR to convergence, which is a test of training and not of speed.
  {
    id: 'W3',
    title: '784-30-10 sigmoid, quadratic, SGD, batch 10',
    kind: 'train',
    ...digits784,
    optimizer: stochastic(3),
    batch: 10,
    count: 10_000,
    validationSteps: 20,
    tolerance: 1e-3,
  },
  {
    id: 'W4',
    title: '784-512-512-10 ReLU, softmax, Adam, batch 128',
    kind: 'train',
    ...wide784,
    optimizer: adam,
    batch: 128,
    count: 8192,
    validationSteps: 3,
    // Adam divides by √v: where a gradient is nearly zero, its rounding decides the step's sign.
    tolerance: 2e-3,
  },
  // W5 and W6, the convolutions, come here once the library has them: `sizes` then becomes a list of layers.
  prediction('W7-W3-1', "prediction, W3's network, one sample", digits784, 1),
  prediction('W7-W3-256', "prediction, W3's network, 256 samples", digits784, 256),
  prediction('W7-W4-1', "prediction, W4's network, one sample", wide784, 1),
  prediction('W7-W4-256', "prediction, W4's network, 256 samples", wide784, 256),
];

/** Multiplications and additions of one sample's forward pass, biases left out. @param {readonly number[]} sizes */
export const forwardOperations = (sizes) =>
  sizes.slice(1).reduce((sum, units, layer) => sum + 2 * units * sizes[layer], 0);
