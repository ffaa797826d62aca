// `export` and `import` as people run them: what comes out answers as `predict` does, and what goes out comes back.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runOnnx } from '../exports/run.ts';
import { runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const fixture = (name: string) => fileURLToPath(new URL(`../exports/fixtures/${name}`, import.meta.url));
const run = (...args: string[]) => runIn(folder, args);
const inFolder = (name: string) => join(folder, name);

interface Answer {
  readonly label: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

describe('a trained model', () => {
  let expected: Answer;

  beforeAll(async () => {
    await run('train', 'builtin:iris', '--epochs', '20', '--out', 'iris.safetensors', '--quiet');
    const { out } = await run('predict', 'iris.safetensors', '--input', '5.9,3.1,,1.6', '--json');
    expected = JSON.parse(out).predictions[0];
  });

  it('exported as ONNX answers raw rows as predict does, in onnxruntime', async () => {
    const { status, err } = await run('export', 'iris.safetensors', '--to', 'onnx', '--out', 'iris.onnx');
    expect({ status, err }).toMatchObject({
      status: 0,
      err: expect.stringContaining('sepal_length, sepal_width, petal_length, petal_width'),
    });
    const input = { shape: [1, 4], values: Float32Array.of(5.9, 3.1, Number.NaN, 1.6) };
    const found = await runOnnx(new Uint8Array(readFileSync(inFolder('iris.onnx'))), { input });
    for (const [i, share] of Object.values(expected.probabilities).entries()) expect(found[i]).toBeCloseTo(share, 5);
  });

  it('exported and imported again is the same file', async () => {
    const { status } = await run('import', 'iris.onnx', '--out', 'back.safetensors');
    expect(status).toBe(0);
    expect(readFileSync(inFolder('back.safetensors'))).toEqual(readFileSync(inFolder('iris.safetensors')));
  });

  it('exported as a module answers as predict does', async () => {
    expect((await run('export', 'iris.safetensors', '--to', 'js', '--out', 'iris.mjs')).status).toBe(0);
    const { predict }: { predict(row: object): Answer } = await import(pathToFileURL(inFolder('iris.mjs')).href);
    const { label, probabilities } = predict({
      sepal_length: 5.9,
      sepal_width: 3.1,
      petal_length: null,
      petal_width: 1.6,
    });
    expect(label).toBe(expected.label);
    for (const [name, share] of Object.entries(expected.probabilities))
      expect(probabilities[name]).toBeCloseTo(share, 5);
  });
});

it('parameters that ONNX rounds are spoken of', async () => {
  const { err } = await run('export', 'example:mazur', '--to', 'onnx', '--out', 'mazur.onnx');
  expect(err).toContain('ONNX keeps float32');
});

describe("another program's model", () => {
  it('comes in as a model that can be evaluated, trained on, and inspected', async () => {
    const { status, err } = await run('import', fixture('images.onnx'), '--out', 'images.safetensors');
    expect({ status, err }).toMatchObject({
      status: 0,
      err: expect.stringContaining('conv2d, batchNorm, activation, maxPool2d'),
    });
    const { out } = await run('inspect', 'images.safetensors', '--json');
    expect(JSON.parse(out).parameters).toBe(188);
  });

  it('as bare weights goes to the network that is named, and it is shown where each went', async () => {
    const layers = [
      { type: 'conv2d', filters: 3, kernel: 2 },
      { type: 'batchNorm' },
      { type: 'flatten' },
      { type: 'dense', units: 4, activation: 'relu' },
      { type: 'dense', units: 4, activation: 'relu' },
      { type: 'dense', units: 2 },
    ];
    writeFileSync(inFolder('net.json'), JSON.stringify({ input: [1, 3, 3], layers }));
    const { status, out, err } = await run(
      'import',
      fixture('state_dict.safetensors'),
      '--network',
      'net.json',
      '--out',
      'weights.safetensors',
    );
    expect(status).toBe(0);
    expect(out).toMatch(/layers\.1\.runningVariance +3 +bn\.running_var/);
    expect(out).toMatch(/layers\.4\.weight +4×4 +fc2\.weight/);
    expect(err).toContain("The file's names are not the network's");
    const { inputs, outputs }: { inputs: number[]; outputs: number[] } = JSON.parse(
      readFileSync(fixture('state_dict.json'), 'utf8'),
    );
    const predicted = await run('predict', 'weights.safetensors', '--input', inputs.slice(0, 9).join(','), '--json');
    const { values }: { values: Record<string, number> } = JSON.parse(predicted.out).predictions[0];
    expect(values['0']).toBeCloseTo(outputs[0], 5);
    expect(values['1']).toBeCloseTo(outputs[1], 5);
  });
});

describe('bad input ends with status 2, one sentence and no file', () => {
  beforeAll(() => {
    writeFileSync(inFolder('text.onnx'), 'no model at all');
    writeFileSync(inFolder('cut.onnx'), readFileSync(fixture('images.onnx')).subarray(0, 900));
  });

  it.each([
    [['export', 'example:xor', '--to', 'tflite', '--out', 'bad'], /--to is "tflite"; choose one of onnx, js/],
    [['export', 'example:xor', '--to', 'js'], /required option "--out <file>" not specified/],
    [['export', 'example:xor', '--to', 'js', '--out', 'nowhere/bad'], /nowhere\/bad cannot be written/],
    [['import', 'text.onnx', '--out', 'bad'], /text\.onnx: .*is no ONNX model/],
    [['import', 'cut.onnx', '--out', 'bad'], /cut\.onnx: .*is no ONNX model/],
    [['import', 'absent.onnx', '--out', 'bad'], /absent\.onnx cannot be read/],
    [['import', fixture('state_dict.safetensors'), '--out', 'bad'], /has weights and no network; name one/],
    [
      ['import', fixture('state_dict.safetensors'), '--network', 'example:xor', '--out', 'bad'],
      /has no tensors for layers\.0/,
    ],
    [['import', fixture('list.onnx'), '--network', 'example:xor', '--out', 'bad'], /leave out --network/],
  ])('%j', async (args, sentence) => {
    const { status, err } = await run(...args);
    expect(status).toBe(2);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(existsSync(inFolder('bad'))).toBe(false);
  });
});
