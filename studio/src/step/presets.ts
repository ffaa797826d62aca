// The examples to begin with. Numbers of source texts are read from the files that ship with the project.
import { conv2d, dense, flatten, type Network, network } from 'chainrule';
import { parseNetwork } from 'chainrule/formats';
import mazurFile from '../../../examples/mazur.json?raw';
import xorFile from '../../../examples/xor.json?raw';
import { defaultOptimizer, type Setup } from './setup.ts';

/** The presets, in the order they are offered. */
export const presetNames = [
  'mazur',
  'closing',
  'xor',
  'saturated',
  'saturatedEntropy',
  'vanishing',
  'softmax',
  'convolution',
] as const;
export type PresetName = (typeof presetNames)[number];

/** The notation of the text that a preset is from. */
export const presetNotation = (name: PresetName): string | undefined =>
  name === 'mazur' || name === 'closing' ? 'mazur' : undefined;

/** What a preset is, and what of it is best looked at first. */
export function preset(name: PresetName): Setup {
  switch (name) {
    case 'mazur':
    case 'closing':
      return fromSample(parseNetwork(mazurFile, 'mazur.json'));
    case 'xor':
      return {
        ...fromSample(parseNetwork(xorFile, 'xor.json')),
        inputs: [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ],
        targets: [[0], [1], [1], [0]],
      };
    case 'saturated':
      return saturated('quadratic');
    case 'saturatedEntropy':
      return saturated('crossEntropy');
    case 'vanishing':
      return plain(vanishing(), [[1]], [[0]], 0.5);
    case 'softmax':
      return plain(softmax(), [[1, 0.5]], [[0, 1, 0]], 0.5);
    case 'convolution':
      return plain(convolution(), [corner], [[1, 0]], 0.5);
  }
}

function plain(net: Network, inputs: Setup['inputs'], targets: Setup['targets'], learningRate: number): Setup {
  return { network: net, inputs, targets, optimizer: defaultOptimizer('sgd').choice, learningRate };
}

/** A network with the sample and learning rate that its file names. */
function fromSample(net: Network): Setup {
  const row = (value: unknown): number[] => [value].flat(3).map(Number);
  return plain(net, [row(net.sample?.input)], [row(net.sample?.target)], net.learningRate ?? 0.1);
}

/** Nielsen's neuron of chapter 3: w = b = 2, input 1, target 0, η = 0.15. */
function saturated(loss: 'quadratic' | 'crossEntropy'): Setup {
  const net = network([dense(1, 'sigmoid')], {
    input: 1,
    loss,
    parameters: { 'layers.0.weight': [[2]], 'layers.0.bias': [2] },
  });
  return plain(net, [[1]], [[0]], 0.15);
}

/** Five neurons in a row, each with a weight of 0.8: every σ′ on the way back is at most a quarter. */
function vanishing(): Network {
  const layers = Array.from({ length: 5 }, () => dense(1, 'sigmoid'));
  const parameters = Object.fromEntries(
    layers.flatMap((_, i) => [
      [`layers.${i}.weight`, [[0.8]]],
      [`layers.${i}.bias`, [0]],
    ]),
  );
  return network(layers, { input: 1, parameters });
}

function softmax(): Network {
  return network([dense(3, 'softmax')], {
    input: 2,
    loss: 'logLikelihood',
    parameters: {
      'layers.0.weight': [
        [0.5, -0.2],
        [0.1, 0.4],
        [-0.3, 0.2],
      ],
      'layers.0.bias': [0, 0.1, -0.1],
    },
  });
}

/** A bright corner on 4 × 4 pixels. */
const corner = [1, 1, 0, 0, 1, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** One filter of 2 × 2 that moves by 2, so that each of its four weights is shared by four places. */
function convolution(): Network {
  return network([conv2d(1, 2, 'sigmoid', { stride: 2 }), flatten(), dense(2, 'sigmoid')], {
    input: [1, 4, 4],
    parameters: {
      'layers.0.weight': [
        [
          [
            [0.5, -0.3],
            [0.2, 0.4],
          ],
        ],
      ],
      'layers.0.bias': [0.1],
      'layers.2.weight': [
        [0.3, -0.2, 0.5, 0.1],
        [-0.4, 0.2, 0.1, 0.3],
      ],
      'layers.2.bias': [0, 0],
    },
  });
}
