// The workloads, each declared once: what every peer computes. How a peer computes it is the peer's business.

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title what the table says
 * @property {'train' | 'predict'} kind a step of training, or outputs from inputs
 * @property {readonly number[]} sizes units of each layer, the input first; of a convolution its filters
 * @property {readonly [number, number, number]} [image] channels, height and width of an input that is an image
 * @property {readonly { kernel: number, pool: number }[]} [convolutions] the first layers, where they are such: stride 1, no
 *   padding, a max-pooling behind the activation
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
const convolutional = {
  image: [1, 28, 28],
  convolutions: [
    { kernel: 3, pool: 2 },
    { kernel: 3, pool: 2 },
  ],
  sizes: [784, 32, 64, 128, 10],
  activations: ['relu', 'relu', 'relu', 'softmax'],
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
  {
    id: 'W5',
    title: 'convolution 20 of 5 × 5, pooling, dense 100, softmax, SGD, batch 10',
    kind: 'train',
    image: [1, 28, 28],
    convolutions: [{ kernel: 5, pool: 2 }],
    sizes: [784, 20, 100, 10],
    activations: ['sigmoid', 'sigmoid', 'softmax'],
    loss: 'logLikelihood',
    optimizer: stochastic(0.1),
    batch: 10,
    data: 'digits',
    count: 2000,
    validationSteps: 10,
    tolerance: 1e-3,
  },
  {
    id: 'W6',
    title: 'convolutions 32 and 64 of 3 × 3, poolings, dense 128 ReLU, softmax, Adam, batch 64',
    kind: 'train',
    ...convolutional,
    optimizer: adam,
    batch: 64,
    count: 2048,
    validationSteps: 2,
    tolerance: 2e-3,
  },
  prediction('W7-W3-1', "prediction, W3's network, one sample", digits784, 1),
  prediction('W7-W3-256', "prediction, W3's network, 256 samples", digits784, 256),
  prediction('W7-W4-1', "prediction, W4's network, one sample", wide784, 1),
  prediction('W7-W4-256', "prediction, W4's network, 256 samples", wide784, 256),
  prediction('W7-W6-1', "prediction, W6's network, one sample", convolutional, 1),
  prediction('W7-W6-256', "prediction, W6's network, 256 samples", convolutional, 256),
];

/**
 * The numbers that each layer's units look at: as many inputs, or a kernel's weights over all channels.
 * @param {Pick<Workload, 'sizes' | 'image' | 'convolutions'>} workload
 */
export function fanIns({ sizes, image = [sizes[0], 1, 1], convolutions = [] }) {
  let [channels, height, width] = image;
  return sizes.slice(1).map((units, i) => {
    const convolution = convolutions[i];
    const inputs = channels * (convolution === undefined ? height * width : convolution.kernel ** 2);
    channels = units;
    [height, width] = [height, width].map((side) =>
      convolution === undefined ? 1 : Math.floor((side - convolution.kernel + 1) / convolution.pool),
    );
    return inputs;
  });
}

/** Multiplications and additions of one sample's forward pass, biases left out. @param {readonly number[]} sizes */
export const forwardOperations = (sizes) =>
  sizes.slice(1).reduce((sum, units, layer) => sum + 2 * units * sizes[layer], 0);
