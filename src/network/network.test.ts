// Building networks, and the sentence for each way in which their parts do not fit together.
import { describe, expect, test } from 'vitest';
import * as activations from '../activations/index.ts';
import { ChainruleError } from '../errors.ts';
import { dense, flatten } from '../layers/index.ts';
import * as losses from '../losses/index.ts';
import { sameTensor, type Tensor } from '../memory/index.ts';
import { layerShapes, type NetworkOptions, network, outputShape, parameterCount, withParameters } from './network.ts';

const small = (options: Partial<NetworkOptions> = {}) =>
  network([dense(3, 'tanh'), dense(2, 'sigmoid')], { input: 2, ...options });

const tensor = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
  shape,
  data: Float64Array.from(data),
});

describe('a network', () => {
  test('names its parameters by layer, in order, with their shapes', () => {
    const shapes = Object.entries(small().parameters).map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual([
      ['layers.0.weight', [3, 2]],
      ['layers.0.bias', [3]],
      ['layers.1.weight', [2, 3]],
      ['layers.1.bias', [2]],
    ]);
    expect(parameterCount(small())).toBe(17);
  });

  test('knows the shapes between its layers', () => {
    const net = network([flatten(), dense(4)], { input: [3, 2, 2] });
    expect(layerShapes(net.input, net.layers)).toEqual([[3, 2, 2], [12], [4]]);
    expect(outputShape(net)).toEqual([4]);
  });

  test('draws the same from the same seed and something else from another', () => {
    const [one, same, other] = [small({ seed: 1 }), small({ seed: 1 }), small({ seed: 2 })];
    expect(sameTensor(one.parameters['layers.0.weight'], same.parameters['layers.0.weight'])).toBe(true);
    expect(sameTensor(one.parameters['layers.0.weight'], other.parameters['layers.0.weight'])).toBe(false);
  });

  test('draws a parameter the same whether or not another is given', () => {
    const given = small({
      seed: 1,
      parameters: {
        'layers.0.weight': [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
    });
    expect([...given.parameters['layers.0.weight'].data]).toEqual([1, 2, 3, 4, 5, 6]);
    const [a, b] = [given.parameters['layers.1.weight'], small({ seed: 1 }).parameters['layers.1.weight']];
    expect(sameTensor(a, b)).toBe(true);
  });

  test('takes the quadratic loss, or log-likelihood behind a softmax, unless told otherwise', () => {
    expect(small().loss.name).toBe('quadratic');
    expect(network([dense(2, 'softmax')], { input: 2 }).loss.name).toBe('logLikelihood');
    expect(network([dense(2, 'softmax')], { input: 2, loss: 'quadratic' }).loss.name).toBe('quadratic');
  });

  test('keeps an activation that is given as a rule', () => {
    expect(network([dense(2, activations.sigmoid)], { input: 2 }).layers[0].activation).toBe(activations.sigmoid);
  });

  test('with other parameters is another network, and the first stays as it is', () => {
    const net = small();
    const other = withParameters(net, { 'layers.1.bias': tensor([2], 7, 8) });
    expect([...other.parameters['layers.1.bias'].data]).toEqual([7, 8]);
    expect([...net.parameters['layers.1.bias'].data]).toEqual([0, 0]);
    expect(other.parameters['layers.0.weight']).toBe(net.parameters['layers.0.weight']);
  });
});

const names = 'layers.0.weight, layers.0.bias, layers.1.weight, layers.1.bias';

describe('one sentence for', () => {
  test.each<[string, () => unknown, string, string]>([
    ['no layers', () => network([], { input: 2 }), 'bad-network', 'the network has no layers; give at least one.'],
    ['an input of nothing', () => small({ input: 0 }), 'bad-network', 'network input is 0; it must be at least 1.'],
    [
      'an input that is no integer',
      () => small({ input: [2.5] }),
      'bad-network',
      'network input is 2.5; an integer is expected.',
    ],
    [
      'an image before a dense layer',
      () => network([dense(2)], { input: [1, 4, 4] }),
      'bad-shape',
      'layers[0] (dense): a dense layer takes a list of numbers, not an input of shape [1, 4, 4]; put a flatten layer before it.',
    ],
    ['a width that is none', () => dense(0), 'bad-option', 'dense units is 0; it must be at least 1.'],
    [
      'an unknown activation',
      () => Reflect.apply(dense, undefined, [2, 'sigmod']),
      'unknown-name',
      `there is no activation "sigmod" (did you mean "sigmoid"?); expected one of ${Object.keys(activations).join(', ')}.`,
    ],
    [
      'an unknown loss',
      () => Reflect.apply(network, undefined, [[dense(2)], { input: 2, loss: 'quadratik' }]),
      'unknown-name',
      `there is no loss "quadratik" (did you mean "quadratic"?); expected one of ${Object.keys(losses).join(', ')}.`,
    ],
    [
      'log-likelihood without a softmax',
      () => small({ loss: 'logLikelihood' }),
      'bad-network',
      "the loss logLikelihood needs a softmax output layer, not sigmoid; change the last layer's activation or the loss.",
    ],
    [
      'log-likelihood after a layer without activation',
      () => network([flatten()], { input: 2, loss: 'logLikelihood' }),
      'bad-network',
      "the loss logLikelihood needs a softmax output layer, not one without activation; change the last layer's activation or the loss.",
    ],
    [
      'cross-entropy of outputs without bounds',
      () => network([dense(2, 'relu')], { input: 2, loss: 'crossEntropy' }),
      'bad-network',
      'the loss crossEntropy needs outputs between 0 and 1, which relu does not keep; use a sigmoid or softmax output layer, or another loss.',
    ],
    [
      'cross-entropy of outputs below 0',
      () => network([dense(2, 'tanh')], { input: 2, loss: 'crossEntropy' }),
      'bad-network',
      'the loss crossEntropy needs outputs between 0 and 1, which tanh does not keep; use a sigmoid or softmax output layer, or another loss.',
    ],
    ['a negative L2', () => small({ l2: -1 }), 'bad-network', 'l2 is -1; it must be at least 0.'],
    [
      'an infinite L1',
      () => small({ l1: Number.POSITIVE_INFINITY }),
      'bad-network',
      'l1 is Infinity; a number is expected.',
    ],
    ['a seed that is no integer', () => small({ seed: 0.5 }), 'bad-network', 'seed is 0.5; an integer is expected.'],
    [
      'values for a parameter it does not have',
      () => small({ parameters: { 'layers.1.wieght': [[1]] } }),
      'unknown-name',
      `there is no parameter "layers.1.wieght" (did you mean "layers.1.weight"?); expected one of ${names}.`,
    ],
    [
      'a frozen parameter it does not have',
      () => small({ frozen: ['layers.2.bias'] }),
      'unknown-name',
      `there is no parameter "layers.2.bias" (did you mean "layers.0.bias"?); expected one of ${names}.`,
    ],
    [
      'too few values',
      () => small({ parameters: { 'layers.0.bias': [1, 2] } }),
      'bad-shape',
      'layers.0.bias has 2 entries where 3 are expected; its shape must be [3].',
    ],
    [
      'one row too short',
      () => small({ parameters: { 'layers.0.weight': [[1, 2], [3], [5, 6]] } }),
      'bad-shape',
      'layers.0.weight[1] has 1 entry where 2 are expected; its shape must be [3, 2].',
    ],
    [
      'a value that is no number',
      () => small({ parameters: { 'layers.0.bias': [1, Number.NaN, 3] } }),
      'bad-data',
      'layers.0.bias[1] is NaN; every value must be a finite number.',
    ],
    [
      'a tensor of another shape',
      () => small({ parameters: { 'layers.0.bias': tensor([2], 1, 2) } }),
      'bad-shape',
      'layers.0.bias must have shape [3] where a tensor of 2 numbers, [2], is given.',
    ],
    [
      'a tensor with fewer numbers than its shape says',
      () => small({ parameters: { 'layers.0.bias': tensor([3], 1, 2) } }),
      'bad-shape',
      'layers.0.bias must have shape [3] where a tensor of 2 numbers, [3], is given.',
    ],
    [
      'more parameters than can be held',
      () => network([dense(2 ** 20), dense(2 ** 20)], { input: 2 }),
      'bad-network',
      'the network would have 1,099,515,822,080 parameters, 8,192 GiB; at most 134,217,728, 1 GiB, fit: use smaller layers.',
    ],
    [
      "another network's parameters",
      () => withParameters(small(), { 'layers.0.bias': tensor([4], 1, 2, 3, 4) }),
      'bad-shape',
      'parameter layers.0.bias of shape [4] does not belong to this network.',
    ],
  ])('%s', (_, action, code, message) => {
    expect(action).toThrow(ChainruleError);
    expect(action).toThrow(expect.objectContaining({ code, message }));
  });
});
