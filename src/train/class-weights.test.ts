// Class weights: what they do to the loss and the gradients, and that the derivation tells.
import { describe, expect, test } from 'vitest';
import { predict, train } from '../../test/exact.ts';
import { referenceBackend } from '../backends/index.ts';
import { datasetFromArrays } from '../data/index.ts';
import { explain, samplesOf } from '../explain/index.ts';
import { dense } from '../layers/index.ts';
import { type Network, network } from '../network/index.ts';
import { adam, sgd } from '../optimizers/index.ts';
import { compile, lower } from '../plan/index.ts';
import { classWeightsOf } from './class-weights.ts';

const inputs = [
  [0.5, -1],
  [1, 2],
  [-0.5, 0.25],
];

/** Loss and gradients of a batch in the program as compiled or simplified. */
function gradientsOf(net: Network, targets: number[][], classWeights: readonly number[] | undefined, simplify = true) {
  const names = Object.keys(net.parameters);
  const keep = ['loss', ...names.map((name) => `${name}.grad`)];
  const program = compile(net, undefined, { classWeights });
  const executable = referenceBackend().prepare(lower(program, { keep, simplify }), targets.length);
  for (const name of names) executable.write(name, net.parameters[name].data);
  executable.run(samplesOf(net, { inputs, targets }), Uint32Array.from(targets.keys()));
  return keep.flatMap((slot) => [...executable.read(slot)]);
}

const softmax = network([dense(4, 'tanh'), dense(3, 'softmax')], { input: 2, seed: 2, l2: 0.1 });
const sigmoid = network([dense(4, 'tanh'), dense(1, 'sigmoid')], { input: 2, seed: 2, loss: 'crossEntropy' });
const linear = network([dense(4, 'tanh'), dense(1)], { input: 2, seed: 2 });
const oneHot = [
  [0, 1, 0],
  [1, 0, 0],
  [0, 1, 0],
];
const cases: readonly (readonly [string, Network, number[][], readonly number[]])[] = [
  ['softmax with log-likelihood and a penalty', softmax, oneHot, [2, 0.5, 1]],
  ['sigmoid with cross-entropy', sigmoid, [[1], [0], [1]], [2, 0.5]],
  ['a linear output', linear, [[1], [0], [1]], [2, 0.5]],
];

describe.each(cases)('%s', (_, net, targets, weights) => {
  test('weights of 1 change nothing', () => {
    const ones = gradientsOf(
      net,
      targets,
      weights.map(() => 1),
    );
    expect(ones).toEqual(gradientsOf(net, targets, undefined));
  });

  test('weights scale each sample’s share of loss and gradients', () => {
    // The penalty's share is what is left at weights of 0.
    const none = gradientsOf(
      net,
      targets,
      weights.map(() => 0),
    );
    const parts = weights.map((weight, k) => {
      const alone = gradientsOf(
        net,
        targets,
        weights.map((_, j) => Number(j === k)),
      );
      return alone.map((value, i) => weight * (value - none[i]));
    });
    for (const simplify of [true, false]) {
      for (const [i, value] of gradientsOf(net, targets, weights, simplify).entries()) {
        expect(value).toBeCloseTo(
          parts.reduce((sum, part) => sum + part[i], none[i]),
          12,
        );
      }
    }
  });
});

test('the derivation shows the weight, the weighted terms and the weighted δ', () => {
  const batch = { inputs: inputs.slice(0, 1), targets: oneHot.slice(0, 1) };
  const { steps } = explain(softmax, { ...batch, classWeights: [2, 0.5, 1], learningRate: 0.1 });
  const value = (id: string) => steps.find((step) => step.id === id)?.value ?? Number.NaN;
  expect(value('sampleWeight')).toBe(0.5);
  expect(value('loss.weighted[1]')).toBe(0.5 * value('loss.terms[1]'));
  expect(value('layers.1.delta[2]')).toBeCloseTo(0.5 * value('layers.1.delta.unweighted[2]'), 15);
});

test('balanced weights let a rare class be found', async () => {
  // One sample in twenty is of class 1, and nothing tells it apart but that its input is larger by a little.
  const xs = Array.from({ length: 200 }, (_, i) => [i % 20 === 0 ? 0.6 + (i % 7) / 10 : (i % 10) / 10]);
  const data = { inputs: xs, targets: xs.map((_, i) => [i % 20 === 0 ? 1 : 0]) };
  const dataset = datasetFromArrays(data.inputs, data.targets, { task: 'classification' });
  const net = network([dense(1, 'sigmoid')], { input: 1, loss: 'crossEntropy', seed: 1 });
  const options = { optimizer: adam({ learningRate: 0.1 }), epochs: 40 };
  const plain = await train(net, dataset, options);
  const balanced = await train(net, dataset, { ...options, classWeights: 'balanced' });
  const found = (trained: Network) => predict(trained, xs).filter(([a], i) => a > 0.5 && i % 20 === 0).length;
  expect(found(plain.network)).toBeLessThan(5);
  expect(found(balanced.network)).toBeGreaterThan(5);
});

describe('the weights of a data set’s classes', () => {
  const labelled = datasetFromArrays([[0], [1], [2], [3]], ['a', 'b', 'b', 'b']);

  test('balanced: m / (K m_k), as scikit-learn has it', () => {
    expect(classWeightsOf(labelled, 'balanced')).toEqual([2, 2 / 3]);
  });

  test('must be as many as there are classes', () => {
    expect(() => classWeightsOf(labelled, [1])).toThrow(
      'classWeights has 1 weights where the data has 2 classes; give one for each.',
    );
    expect(() => classWeightsOf(labelled, [1, -1])).toThrow('classWeights[1] is -1; it must be at least 0.');
  });

  test('need classes', async () => {
    const regression = { inputs: [[0], [1]], targets: [[0.5], [1.5]] };
    const net = network([dense(1)], { input: 1 });
    await expect(train(net, regression, { optimizer: sgd(), classWeights: [1, 2] })).rejects.toThrow(
      'classWeights needs targets that are classes',
    );
  });
});
