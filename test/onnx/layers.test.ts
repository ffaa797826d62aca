// Every layer and activation of the house, exported to ONNX and run by another implementation; and read back from its graph alone.

import { activations, type Network, predictRows, type Rows } from 'chainrule';
import { networkFrom } from 'chainrule/formats';
import { describe, expect, it } from 'vitest';
import * as layers from '../../src/layers/index.ts';
import { random, streams } from '../../src/memory/index.ts';
import { graphOf } from '../../src/onnx/export.ts';
import { exportOnnx, importOnnx } from '../../src/onnx/index.ts';
import { writeOnnxModel } from '../../src/onnx/write-messages.ts';
import { runOnnx } from './run.ts';

/** Numbers of both signs, each exact in float32. */
function numbers(count: number, seed: number): Float32Array {
  const source = random(seed, streams.check, 0);
  return Float32Array.from({ length: count }, (_, i) => source.bits(i) / 2 ** 31 - 1);
}

function rowsOf(values: Float32Array, width: number): Rows {
  return { count: values.length / width, width, values, scale: 1 };
}

/** The network with parameters that float32 holds, all of them drawn: statistics and biases too. */
function drawn(network: Network): Network {
  const parameters = Object.entries(network.parameters).map(([name, { shape, data }], i) => {
    const values = numbers(data.length, i + 1).map((value) => (name.endsWith('Variance') ? 1.5 + value : value));
    return [name, { shape, data: values }];
  });
  return { ...network, parameters: Object.fromEntries(parameters) };
}

const size = (shape: readonly number[]) => shape.reduce((product, axis) => product * axis, 1);

function predicted(network: Network, inputs: Rows): Float64Array {
  const targets = { count: inputs.count, width: 1, values: new Float64Array(inputs.count), scale: 1 };
  return Float64Array.from(predictRows(network, { inputs, targets }));
}

const cases = [
  ...Object.values(layers).flatMap(({ type }) =>
    type.samples.map((sample, i) => ({ name: `${type.type}, sample ${i}`, ...sample })),
  ),
  ...Object.keys(activations).map((name) => ({
    name: `the activation ${name}`,
    input: [5],
    layers: [{ type: 'dense', units: 4, activation: name }],
  })),
  {
    name: 'activations behind other layers',
    input: [2, 4, 4],
    layers: [
      { type: 'batchNorm' },
      { type: 'activation', activation: 'gelu' },
      { type: 'avgPool2d', size: 2 },
      { type: 'activation', activation: 'swish' },
      { type: 'flatten' },
      { type: 'activation', activation: 'step' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  },
];

describe.each(cases)('$name', ({ input, layers: entries }) => {
  const network = drawn(networkFrom({ input, layers: entries }, 'the case'));
  const model = exportOnnx({ network });

  it.each([1, 17])('gives the same outputs in onnxruntime for %i samples', async (samples) => {
    const width = size(input);
    const values = numbers(samples * width, 99);
    const found = await runOnnx(model, { input: { shape: [samples, ...input], values } });
    const expected = predicted(network, rowsOf(values, width));
    expect(found.length).toBe(expected.length);
    const distance = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0);
    expect(distance).toBeLessThan(1e-5);
  });

  it('comes back from its file as it was', () => {
    expect(importOnnx(model, 'model.onnx').network.parameters).toEqual(network.parameters);
    expect(importOnnx(model, 'model.onnx').network.layers.map(({ type }) => type)).toEqual(
      network.layers.map(({ type }) => type),
    );
  });

  it('comes back from its graph alone with the same predictions', () => {
    const bare = { irVersion: 8, opset: 17, producer: '', graph: graphOf({ network }), metadata: new Map() };
    const read = () => importOnnx(writeOnnxModel(bare), 'bare.onnx').network;
    // What changes nothing leaves nothing behind.
    if (network.layers.every(({ type }) => type === 'dropout' || (type === 'flatten' && input.length === 1)))
      return expect(read).toThrow('has no node that is a layer');
    const inputs = rowsOf(numbers(17 * size(input), 99), size(input));
    expect(predicted(read(), inputs)).toEqual(predicted(network, inputs));
  });
});
