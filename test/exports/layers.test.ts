// Every layer and activation of the house, exported to ONNX and run by another implementation; and read back from its graph alone.
import { activation, dense, type Layer, type Network, network } from 'chainrule';
import { hadamard } from 'chainrule/extend';
import { describeNetwork } from 'chainrule/formats';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../../src/onnx/export.ts';
import { exportOnnx, importOnnx } from '../../src/onnx/index.ts';
import { writeOnnxModel } from '../../src/onnx/write-messages.ts';
import { layerCases, numbers, ownNetwork, predicted, rowsOf, size } from './layer-cases.ts';
import { runOnnx } from './run.ts';

describe.each(layerCases)('$name', ({ input, network }) => {
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
    const back = importOnnx(model, 'model.onnx').network;
    expect(back.parameters).toEqual(network.parameters);
    const described = (net: Network) => describeNetwork(net, { parameters: false });
    expect(described(back)).toEqual(described(network));
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

describe('an activation of another package', () => {
  it('is written by its formula', async () => {
    const values = numbers(17 * 5, 99);
    const found = await runOnnx(exportOnnx({ network: ownNetwork }), { input: { shape: [17, 5], values } });
    const expected = predicted(ownNetwork, rowsOf(values, 5));
    expect(new Set(expected).size).toBeGreaterThan(10);
    for (const [i, value] of expected.entries()) expect(Math.abs(found[i] - value)).toBeLessThan(1e-5);
  });
});

it('a network of many layers is written and read however deep it is', () => {
  const deep = network(
    Array.from({ length: 3000 }, () => dense(1, 'tanh')),
    { input: 1 },
  );
  expect(importOnnx(exportOnnx({ network: deep }), 'deep.onnx').network.layers).toHaveLength(3000);
});

describe('what cannot be written', () => {
  it('is a layer of another package with kernels of its own', () => {
    const own: Layer = {
      ...activation('tanh'),
      type: 'own',
      forward: (g, { x }) => void g.call(hadamard, { x, y: x }, 'z'),
    };
    expect(() => exportOnnx({ network: network([own], { input: 3 }) })).toThrow(
      "layers[0] (own): the kernel hadamard cannot be written as ONNX; use layers of chainrule's own.",
    );
  });

  it('is a parameter beyond float32', () => {
    const net = network([dense(1)], { input: 1, parameters: { 'layers.0.weight': [[1e300]] } });
    expect(() => exportOnnx({ network: net })).toThrow('layers.0.weight holds 1e+300 at place 0, beyond float32');
  });
});
