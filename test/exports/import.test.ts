// Models of other programs: exported by PyTorch, or built by hand. What PyTorch computed for them is in the fixtures.
import { readFileSync } from 'node:fs';
import { adam, fit, predictRows } from 'chainrule';
import { describe, expect, it } from 'vitest';
import { importOnnx } from '../../src/onnx/index.ts';

interface Case {
  readonly input: readonly number[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** `dense:relu` for each layer. */
  readonly layers: readonly string[];
}

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const cases: Readonly<Record<string, Case>> = JSON.parse(fixture('pytorch.json').toString());

describe.each(Object.entries(cases))('%s', (name, { inputs, outputs, layers }) => {
  const { network } = importOnnx(fixture(`${name}.onnx`), `${name}.onnx`);
  const width = network.input.reduce((product, axis) => product * axis, 1);
  const rows = { count: inputs.length / width, width, values: Float64Array.from(inputs), scale: 1 };
  const targets = {
    count: rows.count,
    width: outputs.length / rows.count,
    values: Float64Array.from(outputs),
    scale: 1,
  };

  it('becomes the layers that it is made of', () => {
    expect(network.layers.map(({ type, activation }) => `${type}:${activation?.name ?? ''}`)).toEqual(layers);
  });

  it('predicts what PyTorch computes', () => {
    const found = predictRows(network, { inputs: rows, targets });
    expect(found.length).toBe(outputs.length);
    for (const [i, value] of outputs.entries()) expect(Math.abs(found[i] - value)).toBeLessThan(1e-5);
  });

  it('trains on', async () => {
    const samples = { inputs: rows, targets: { ...targets, values: targets.values.map((value) => 0.5 * value + 0.1) } };
    const data = { samples, inputShape: network.input, task: 'regression' as const };
    const trained = await fit(network, data, { epochs: 2, optimizer: adam() });
    const moved = Object.entries(trained.network.parameters).some(([key, { data }]) =>
      data.some((value, i) => value !== network.parameters[key].data[i]),
    );
    expect(moved).toBe(Object.keys(network.parameters).length > 0);
  });
});

describe('settings of layers', () => {
  it('come from the file: dropout, epsilon, momentum, strides and padding', () => {
    const options = (name: string) =>
      importOnnx(fixture(`${name}.onnx`), name).network.layers.map(({ options }) => options);
    expect(options('dropout')[0]).toEqual({ rate: 0.25 });
    expect(options('dropout_opset_9')[0]).toEqual({ rate: 0.1 });
    expect(options('normalized_list')[1]).toEqual({ epsilon: 0.001, momentum: 0.3 });
    expect(options('images')[0]).toMatchObject({ filters: 4, kernel: 3, padding: 1 });
    expect(options('images')[4]).toMatchObject({ filters: 3, kernel: [2, 3], stride: [1, 2] });
    expect(options('same_by_pads')[0]).toMatchObject({ kernel: [2, 3], padding: 'same' });
  });
});
