// Weights of other programs: which tensor goes where, and what is refused.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batchNorm, conv2d, dense, flatten } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { predictRows } from '../train/index.ts';
import { matchWeights } from './foreign-weights.ts';
import { readSafetensors } from './safetensors.ts';

const tensor = (shape: readonly number[], first = 0) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => first + i),
});

const three = network([dense(2), dense(2), dense(2)], { input: 2 });

describe('weights of another program', () => {
  it('go by name where the names are ours', () => {
    const { matches, byName, network } = matchWeights(three, { ...three.parameters }, 'w.safetensors');
    expect(byName).toBe(true);
    expect(matches.map(({ parameter, tensor }) => parameter === tensor)).not.toContain(false);
    expect(network.parameters).toEqual(three.parameters);
  });

  it('of layers with the same shapes go by the order of their names, 2 before 10, biases with their weights', () => {
    const names = ['10', '2', '0'];
    const tensors = Object.fromEntries(
      names.flatMap((name, i) => [
        [`${name}.bias`, tensor([2], 10 * i)],
        [`${name}.weight`, tensor([2, 2], 100 * i)],
      ]),
    );
    const { matches, byName, network } = matchWeights(three, tensors, 'w.safetensors');
    expect(byName).toBe(false);
    expect(matches.map(({ tensor }) => tensor)).toEqual([
      '0.weight',
      '0.bias',
      '2.weight',
      '2.bias',
      '10.weight',
      '10.bias',
    ]);
    expect([...network.parameters['layers.0.bias'].data]).toEqual([20, 21]);
  });

  it('of layers with different shapes go by these, whatever the order of their names', () => {
    const net = network([dense(3), dense(1)], { input: 2 });
    const tensors = {
      'a.weight': tensor([1, 3]),
      'a.bias': tensor([1]),
      'b.weight': tensor([3, 2]),
      'b.bias': tensor([3]),
    };
    expect(matchWeights(net, tensors, 'w').matches.map(({ tensor }) => tensor)).toEqual([
      'b.weight',
      'b.bias',
      'a.weight',
      'a.bias',
    ]);
  });

  it('saved by PyTorch predict what PyTorch computes', () => {
    const fixture = (name: string) => readFileSync(new URL(`../../test/exports/fixtures/${name}`, import.meta.url));
    const { inputs, outputs }: { inputs: number[]; outputs: number[] } = JSON.parse(
      fixture('state_dict.json').toString(),
    );
    const net = network([conv2d(3, 2), batchNorm(), flatten(), dense(4, 'relu'), dense(4, 'relu'), dense(2)], {
      input: [1, 3, 3],
    });
    const { tensors } = readSafetensors(fixture('state_dict.safetensors'), 'state_dict.safetensors');
    const { network: found, unused } = matchWeights(net, tensors, 'state_dict.safetensors');
    expect(unused).toEqual(['bn.num_batches_tracked']);
    const rows = { count: 5, width: 9, values: Float64Array.from(inputs), scale: 1 };
    const predicted = predictRows(found, {
      inputs: rows,
      targets: { count: 5, width: 2, values: Float64Array.from(outputs), scale: 1 },
    });
    for (const [i, value] of outputs.entries()) expect(Math.abs(predicted[i] - value)).toBeLessThan(1e-5);
  });

  it.each([
    [
      'too few',
      { 'a.weight': tensor([2, 2]), 'a.bias': tensor([2]) },
      /w has no tensors for layers\.1 with the shapes bias \[2\], weight \[2, 2\]; left over nothing/,
    ],
    [
      'of another shape',
      { 'a.weight': tensor([3, 2]), 'a.bias': tensor([3]) },
      /w has no tensors for layers\.0 .* left over "a" \(bias \[3\], weight \[3, 2\]\)/,
    ],
    [
      'too many',
      Object.fromEntries(
        ['a', 'b', 'c', 'd'].flatMap((name) => [
          [`${name}.weight`, tensor([2, 2])],
          [`${name}.bias`, tensor([2])],
        ]),
      ),
      /more layers than the network: no layer takes "d" \(bias/,
    ],
    [
      'of a layer that is none',
      { 'lstm.weight_ih_l0': tensor([8, 2]) },
      /the tensor "lstm\.weight_ih_l0" is no parameter that a layer has/,
    ],
    [
      'of our names and another shape',
      { ...three.parameters, 'layers.1.bias': tensor([5]) },
      /"layers\.1\.bias" has shape \[5\] where layers\.1\.bias needs \[2\]/,
    ],
    [
      'that are not finite',
      { ...three.parameters, 'layers.1.bias': { shape: [2], data: Float32Array.of(1, Number.NaN) } },
      /"layers\.1\.bias" holds NaN at place 1/,
    ],
  ])('%s are refused', (_, tensors, sentence) => {
    expect(() => matchWeights(three, tensors, 'w')).toThrow(sentence);
  });
});
