// Trained models as ONNX files: raw rows in, the same answers out, by another implementation.

import { column } from 'chainrule';
import { describeNetwork } from 'chainrule/formats';
import { describe, expect, it } from 'vitest';
import { isMissing } from '../../src/data/columns.ts';
import { exportOnnx, importOnnx } from '../../src/onnx/index.ts';
import { readOnnxModel } from '../../src/onnx/read-messages.ts';
import { answers, type Trained, trainedModels } from './models.ts';
import { type Feed, runOnnx } from './run.ts';

/** Raw rows as the file's own metadata say that they are given. */
function feeds({ model: { network }, raw }: Trained, file: Uint8Array, samples: number): Record<string, Feed> {
  if (raw instanceof Float32Array) {
    const width = network.input.reduce((product, axis) => product * axis, 1);
    return { input: { shape: [samples, ...network.input], values: raw.slice(0, samples * width) } };
  }
  const { metadata } = readOnnxModel(file, 'the file');
  const columns: string[] = JSON.parse(metadata.get('columns') ?? '[]');
  const dates: string[] = JSON.parse(metadata.get('dates') ?? '[]');
  const orders: Record<string, string[]> = JSON.parse(metadata.get('orders') ?? '{}');
  const codes: Record<string, (string | null)[]> = JSON.parse(metadata.get('codes') ?? '{}');
  const others: Record<string, string> = JSON.parse(metadata.get('others') ?? '{}');
  const values = Float32Array.from({ length: samples * columns.length }, (_, i) => {
    const name = columns[i % columns.length];
    const cell = column(raw, name)[Math.floor(i / columns.length)];
    if (isMissing(cell)) return Number.NaN;
    if (dates.includes(name)) return Date.parse(cell) / 86_400_000;
    return name in orders ? orders[name].indexOf(cell) : Number(cell);
  });
  const categories = Object.entries(codes).map(([name, texts]): [string, Feed] => {
    const cells = column(raw, name.replace('input.', '')).slice(0, samples);
    const known = cells.map((cell) => {
      const code = texts.indexOf(isMissing(cell) ? null : cell);
      return code < 0 ? texts.indexOf(others[name]) : code;
    });
    return [name, { shape: [samples], values: BigInt64Array.from(known, BigInt) }];
  });
  const input: Record<string, Feed> =
    columns.length === 0 ? {} : { input: { shape: [samples, columns.length], values } };
  return { ...input, ...Object.fromEntries(categories) };
}

const trained = await trainedModels();

describe.each(trained)('$name', (one) => {
  const file = exportOnnx(one.model);

  it.each([1, 17])('answers the same in onnxruntime for %i raw rows', async (samples) => {
    const expected = answers(one, samples);
    const found = await runOnnx(file, feeds(one, file, samples));
    expect(found.length).toBe(expected.length);
    expect(found.every(Number.isFinite)).toBe(true);
    for (const [i, value] of expected.entries())
      expect(Math.abs(found[i] - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
    expect(new Set(expected).size).toBeGreaterThan(samples === 1 ? 0 : 2);
  });

  it('comes back with its preprocessing and identical parameters', () => {
    const back = importOnnx(file, 'model.onnx');
    expect(back.preprocessing).toEqual(one.model.preprocessing);
    expect(describeNetwork(back.network)).toEqual(describeNetwork(one.model.network));
  });
});
