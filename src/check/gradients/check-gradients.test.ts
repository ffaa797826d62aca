// Gradients of other programs, as NumPy writes them (test/fixtures/gradients_npz.py), and files that lie.
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../formats/crc32.ts';
import { dense } from '../../layers/index.ts';
import { network } from '../../network/index.ts';
import { checkGradients } from './check-gradients.ts';
import { readTensors } from './read-tensors.ts';

const net = network([dense(3, 'sigmoid'), dense(2, 'sigmoid')], {
  input: 2,
  parameters: {
    'layers.0.weight': [
      [0.15, 0.2],
      [0.25, 0.3],
      [-0.35, 0.1],
    ],
    'layers.0.bias': [0.35, 0.15, -0.25],
    'layers.1.weight': [
      [0.4, 0.45, -0.2],
      [0.5, 0.55, 0.3],
    ],
    'layers.1.bias': [0.6, -0.1],
  },
});
const batch = {
  inputs: [
    [0.05, 0.1],
    [0.8, -0.4],
  ],
  targets: [
    [0.01, 0.99],
    [1, 0],
  ],
};
const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../test/fixtures/${name}`, import.meta.url)));
const checked = async (name: string) => checkGradients(net, batch, await readTensors(fixture(name), name));
const verdicts = (report: Awaited<ReturnType<typeof checked>>) =>
  Object.fromEntries(report.tensors.map(({ parameter, verdict, factorName }) => [parameter, factorName ?? verdict]));

describe("NumPy's gradients", () => {
  it('are right', async () => {
    const report = await checked('gradients-right.npz');
    expect(report).toMatchObject({ passed: true, wrongFrom: null, diagnoses: [] });
    expect(report.tensors.map(({ error }) => error < 1e-12)).toEqual([true, true, true, true]);
  });

  it('summed over the batch, in float32, deflated and in columns, are off by m', async () => {
    const report = await checked('gradients-summed.npz');
    expect(new Set(Object.values(verdicts(report)))).toEqual(new Set(['2']));
    expect(report).toMatchObject({ passed: false, wrongFrom: 1 });
    const ids = report.diagnoses.flatMap(({ misconception, indistinguishable }) => [
      misconception,
      ...indistinguishable,
    ]);
    // With two samples the sum and a doubled loss are the same.
    expect(ids).toContain('batch-sum-instead-of-mean');
  });

  it('of weights kept as [in, out] are transposed, which is a layout', async () => {
    const report = await checked('gradients-transposed.npz');
    expect(verdicts(report)).toMatchObject({
      'layers.0.weight': 'transposed',
      'layers.1.weight': 'transposed',
      'layers.0.bias': 'right',
    });
    expect(report.passed).toBe(true);
  });

  it('without the hidden derivative are wrong from layer 0 backward, and named', async () => {
    const report = await checked('gradients-hidden.npz');
    expect(verdicts(report)).toMatchObject({
      'layers.0.weight': 'wrong',
      'layers.1.weight': 'right',
      'layers.1.bias': 'right',
    });
    expect(report.wrongFrom).toBe(0);
    expect(report.diagnoses.map(({ misconception }) => misconception)).toEqual([
      'hidden-delta-omits-activation-derivative',
    ]);
  });

  it('that are pickled are refused', async () => {
    await expect(checked('gradients-pickled.npz')).rejects.toThrow(/holds pickled Python objects, which are not read/);
  });

  it('as one array in big-endian order are read', async () => {
    const [tensor] = (await readTensors(fixture('gradients-one.npy'), 'one.npy')).values();
    const right = (await readTensors(fixture('gradients-right.npz'), 'right.npz')).get('layers.0.weight');
    expect(tensor).toEqual(right);
  });
});

describe('other files', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  it('as JSON and as CSV are read', async () => {
    const json = await readTensors(bytes('{"gradients": {"layers.0.bias": [1, 2, 3]}}'), 'a.json');
    const csv = await readTensors(
      bytes('quantity,value\nlayers.0.bias[0],1\nlayers.0.bias[1],2\nlayers.0.bias[2],3\n'),
      'a.csv',
    );
    expect(csv.get('layers.0.bias')).toEqual(json.get('layers.0.bias'));
  });

  it('of another network are refused', async () => {
    const tensors = await readTensors(bytes('{"layers.0.bias": [1, 2]}'), 'a.json');
    expect(() => checkGradients(net, batch, tensors)).toThrow(
      'layers.0.bias has shape [2] where layers.0.bias has [3]',
    );
    expect(() => checkGradients(net, batch, new Map([['theta', { shape: [3], data: new Float64Array(3) }]]))).toThrow(
      '"theta" names no parameter',
    );
  });

  it('are refused where an element is missing or no number', async () => {
    await expect(readTensors(bytes('a[0] = 1\na[2] = 2\n'), 'a.txt')).rejects.toThrow('give every element once');
    await expect(readTensors(bytes('a[0] = x\n'), 'a.txt')).rejects.toThrow('which is no number');
  });
});

describe('archives that lie are refused', () => {
  const whole = fixture('gradients-right.npz');
  const damaged = (change: (view: DataView, bytes: Uint8Array) => void) => {
    const bytes = Uint8Array.from(whole);
    change(new DataView(bytes.buffer), bytes);
    return bytes;
  };
  const central = (view: DataView) => view.getUint32(view.byteLength - 22 + 16, true);

  it.each([
    ['cut off', whole.slice(0, -30), 'without its end'],
    [
      'a flipped bit',
      damaged((_, bytes) => {
        bytes[200] ^= 1;
      }),
      'wrong checksum',
    ],
    [
      'a size that is too small',
      damaged((view) => view.setUint32(central(view) + 24, 10, true)),
      'where 10 are declared',
    ],
    [
      'a size that nobody has',
      damaged((view) => view.setUint32(central(view) + 24, 0x7fffffff, true)),
      'more than are read',
    ],
    [
      'an entry beyond the end',
      damaged((view) => view.setUint32(central(view) + 42, 0x7fffff, true)),
      'not where the directory says',
    ],
    ['an unknown method', damaged((view) => view.setUint16(central(view) + 10, 99, true)), 'unknown method 99'],
  ])('%s', async (_, bytes, sentence) => {
    await expect(readTensors(bytes, 'theirs.npz')).rejects.toThrow(sentence);
  });

  it('a body that unpacks to more than was declared', async () => {
    const body = deflateRawSync(new Uint8Array(100_000));
    const header = new Uint8Array(30 + 1 + body.length + 46 + 1 + 22);
    const view = new DataView(header.buffer);
    view.setUint32(0, 0x04034b50, true);
    view.setUint16(26, 1, true);
    header[30] = 97;
    header.set(body, 31);
    const directory = 31 + body.length;
    view.setUint32(directory, 0x02014b50, true);
    view.setUint16(directory + 10, 8, true);
    view.setUint32(directory + 16, crc32(new Uint8Array(100)), true);
    view.setUint32(directory + 20, body.length, true);
    view.setUint32(directory + 24, 100, true);
    view.setUint16(directory + 28, 1, true);
    header[directory + 46] = 97;
    view.setUint32(directory + 47, 0x06054b50, true);
    view.setUint16(directory + 47 + 10, 1, true);
    view.setUint32(directory + 47 + 16, directory, true);
    await expect(readTensors(header, 'theirs.npz')).rejects.toThrow('more than the 100 bytes that are declared');
  });

  it('a shape that the numbers do not fill', async () => {
    const npy = fixture('gradients-one.npy');
    const text = new TextDecoder('latin1').decode(npy).replace('(3, 2)', '(3, 9)');
    await expect(
      readTensors(
        Uint8Array.from(text, (c) => c.charCodeAt(0)),
        'one.npy',
      ),
    ).rejects.toThrow('says its shape is [3, 9]');
  });
});
