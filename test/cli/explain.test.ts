// explain and gradcheck through the command line: rows of data, formats, what is shown, and requests that cannot be met.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runIn, temporaryFolder, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...args: string[]) => runIn(folder, args);
const explained = async (...args: string[]) => {
  const { out, err, status } = await run('explain', ...args);
  expect(err).toBe('');
  expect(status).toBe(0);
  return out;
};
const refused = async (...args: string[]) => {
  const { out, err, status } = await run(...args);
  expect([out, status]).toEqual(['', 2]);
  expect(err.trim().split('\n')).toHaveLength(1);
  return err;
};

/** An IDX file of bytes. */
const writeIdx = (name: string, shape: readonly number[], bytes: readonly number[]) =>
  writeFileSync(at(name), Buffer.from([0, 0, 8, shape.length, ...shape.flatMap((axis) => [0, 0, 0, axis]), ...bytes]));

beforeAll(async () => {
  const rows = Array.from({ length: 24 }, (_, i) => [i === 4 ? '' : i, i % 3 === 0 ? 'red' : 'blue', 3 * i + 1]);
  writeCsv(at('paint.csv'), [['size', 'colour', 'price'], ...rows]);
  await run(
    'train',
    'paint.csv',
    '--target',
    'price',
    '--hidden',
    '2',
    '--epochs',
    '2',
    '--test',
    '0',
    '--validation',
    '0',
    '--out',
    'paint.safetensors',
    '--quiet',
  );
  writeIdx('tiny-images-idx3-ubyte', [3, 2, 2], [0, 51, 102, 255, 255, 0, 0, 0, 0, 0, 204, 0]);
  writeIdx('tiny-labels-idx1-ubyte', [3], [1, 0, 2]);
  const layers = [{ type: 'dense', units: 3, activation: 'softmax' }];
  writeFileSync(at('tiny.json'), JSON.stringify({ input: [4], layers, loss: 'logLikelihood', seed: 3 }));
});

describe('a row of the data', () => {
  test('is shown as it stands, as it was prepared, and as the network takes it', async () => {
    const { preprocessing } = JSON.parse((await run('inspect', 'paint.safetensors', '--json')).out);
    const [size] = preprocessing.inputs;
    const [price] = preprocessing.target.columns;
    const out = await explained('paint.safetensors', '--data', 'paint.csv', '--row', '8', '--of', 'layers.0.z[0]');
    const minus = (value: number) => value.toFixed(9).replace('-', '−');
    const given = (value: number) => (String(value).length < 10 ? String(value) : minus(value));
    expect(out).toContain('Row 8 of paint.csv');
    expect(out).toContain('size: 7');
    expect(out).toContain(`x₁ = (7 − ${given(size.offset)}) / ${given(size.scale)}`);
    expect(out).toContain(minus((7 - size.offset) / size.scale));
    expect(out).toMatch(/colour: blue; 1 at its place among blue, red, else 0\n\n {4}x₂ = 1\n {4}x₃ = 0\n/);
    expect(out).toContain(`(22 − ${given(price.offset)}) / ${given(price.scale)}`);
    // The derivation is of that input.
    expect(out).toMatch(new RegExp(`z²₁ = .*\\n.*${minus((7 - size.offset) / size.scale)}`));
  });

  test('says what a missing value was filled in with', async () => {
    const out = await explained('paint.safetensors', '--data', 'paint.csv', '--row', '5', '--of', 'layers.0.z[0]');
    expect(out).toMatch(/size: missing; filled in with 1[\d.]+/);
  });

  test('comes with others as a mini-batch, whose loss is theirs', async () => {
    const json = JSON.parse(
      await explained('paint.safetensors', '--data', 'paint.csv', '--row', '3,8-9', '--format', 'json'),
    );
    expect(json.prepared.map(({ row }: { row: number }) => row)).toEqual([3, 8, 9]);
    const loss = json.steps.find(({ id }: { id: string }) => id === 'loss').value;
    const batch = {
      inputs: json.prepared.map(({ input }: { input: { value: number }[] }) => input.map(({ value }) => value)),
      targets: json.prepared.map(({ target }: { target: { value: number }[] }) => target.map(({ value }) => value)),
    };
    writeFileSync(at('same.json'), JSON.stringify(batch));
    const gradients = JSON.parse((await run('gradients', 'paint.safetensors', '--data', 'same.json', '--json')).out);
    expect(gradients.loss).toBeCloseTo(loss, 14);
    const one = JSON.parse(
      (await run('gradients', 'paint.safetensors', '--data', 'same.json', '--row', '2', '--json')).out,
    );
    expect(one.outputs).toEqual([gradients.outputs[1]]);
  });

  test('of images is bytes over 255, and in Chinese too', async () => {
    const args = ['tiny.json', '--data', 'tiny-images-idx3-ubyte', '--row', '1'];
    const out = await explained(...args, '--of', 'layers.0.weight.grad[0,1]');
    expect(out).toContain('The image of row 1 is 4 bytes, each divided by 255; 3 of them are not 0.');
    expect(out).toContain('x₂ = 51 / 255');
    expect(out).toMatch(/tiny-labels-idx1-ubyte: 1.*\n.*\n {4}y₁ = 0\n {4}y₂ = 1\n {4}y₃ = 0/);
    const chinese = (await run('--lang', 'zh', 'explain', ...args)).out;
    expect(chinese).toContain('第 1 行的图像共 4 个字节');
  });

  test.each([
    [['--data', 'paint.csv', '--row', '25'], /paint\.csv has no row 25; it has rows 1 to 24\./],
    [['--data', 'paint.csv'], /paint\.csv has 24 rows; say which .* --row 1 or --row 1-10/],
    [['--data', 'paint.csv', '--row', '0'], /--row is "0"; give rows counted from 1/],
    [['--data', 'paint.csv', '--row', '9-3'], /--row is "9-3"/],
    [['--data', 'paint.csv', '--row', '1,'], /--row is "1,"/],
    [['--row', '3'], /--row needs --data FILE/],
    [['--data', 'tiny-images-idx3-ubyte', '--row', '1'], /holds images where the model was trained on a table/],
    [['--data', 'nowhere.csv', '--row', '1'], /nowhere\.csv does not exist/],
  ])('%s is refused', async (flags, sentence) => {
    expect(await refused('explain', 'paint.safetensors', ...flags)).toMatch(sentence);
  });

  test('of a table means nothing to a network without preprocessing', async () => {
    expect(await refused('explain', 'tiny.json', '--data', 'paint.csv', '--row', '1')).toMatch(
      /no preprocessing to say what its columns mean/,
    );
  });
});

describe('the step', () => {
  test('takes optimizers, penalties, losses and schedules that the file lacks', async () => {
    const adam = await explained('example:mazur', '--optimizer', 'adam', '--l2', '0.1', '--of', 'layers.1.weight[0,0]');
    expect(adam).toContain('0.1 · w5');
    expect(adam).toContain('1 − 0.999^t');
    const crossEntropy = await explained('example:mazur', '--loss', 'crossEntropy', '--of', 'layers.1.delta[0]');
    expect(crossEntropy).toContain('out_o1 − target_o1');
    const rate = await explained('example:mazur', '--schedule', 'exponential:0.5', '--steps', '3', '--of', 'loss');
    expect(rate).toMatch(/η = 0\.125/);
    expect(await refused('explain', 'example:mazur', '--momentum', '0.5', '--optimizer', 'sgd')).toMatch(
      /takes no --momentum/,
    );
    expect(await refused('explain', 'example:mazur', '--schedule', 'plateau:accuracy')).toMatch(/no accuracy to watch/);
    expect(await refused('explain', 'example:mazur', '--epochs', '5')).toMatch(/add one, or leave --epochs out/);
    expect(await refused('explain', 'example:mazur', '--schedule', 'cosine', '--steps', '40')).toMatch(
      /beyond the 30 epochs/,
    );
  });

  test('is worked with a digit of its own in example:digits, and in matrix form where nothing is named', async () => {
    const one = await explained('example:digits', '--of', 'layers.0.weight.grad[3,407]', '--verify');
    expect(one).toContain('central differences');
    const whole = await explained('example:digits');
    expect(whole).toContain('The network is too large');
    expect(whole.split('\n').length).toBeLessThan(300);
  });
});

describe('what is shown', () => {
  test.each([
    ['md', /^# One step[\s\S]*```math/],
    ['latex', /\\documentclass[\s\S]*\\end\{document\}/],
    ['html', /^<!doctype html>[\s\S]*<\/html>/],
    ['json', /"layers\.1\.weight\.grad\[0,0\]"/],
    ['text', /^One step[\s\S]*0\.082167041/],
  ])('as %s, to standard output or to a file of that name', async (format, start) => {
    const out = await explained('example:mazur', '--format', format);
    expect(out).toMatch(start);
    const file = `derivation.${format === 'latex' ? 'tex' : format}`;
    expect(await explained('example:mazur', '--out', file)).toBe('');
    expect(readFileSync(at(file), 'utf8').trim()).toBe(out.trim());
  });

  test('deeper with --depth, and by central differences with --verify', async () => {
    const args = ['example:mazur', '--of', 'layers.1.weight.grad[0,0]'];
    const [flat, deep] = [await explained(...args), await explained(...args, '--depth', '2')];
    expect(flat).not.toContain('e^(−net_o1)');
    expect(deep).toContain('e^(−net_o1)');
    const proven = JSON.parse(await explained(...args, '--verify', '--format', 'json')).steps;
    const { proof, value } = proven.find(({ id }: { id: string }) => id === 'layers.1.weight.grad[0,0]');
    expect(proof.numeric).toBeCloseTo(value, 10);
  });

  test('of a value after the step: it, and what it is during the step', async () => {
    const out = await explained('example:mazur', '--of', 'after.1.loss');
    expect(out).toContain('0.298371109');
    expect(out).toContain('0.291027774');
  });

  test.each([
    [
      ['--of', 'layers.0.wieght.grad[0,0]'],
      /did you mean "layers\.0\.weight\.grad"\?\); layers\.0 has weight\[0…1, 0…1\]/,
    ],
    [['--of', 'layers.0.weight.grad[0,2]'], /out of range: there are layers\.0\.weight\.grad\[0…1, 0…1\]/],
    [['--notation', 'mazzur'], /--notation is "mazzur" \(did you mean "mazur"\?\)/],
    [['--notation', 'nowhere.json'], /nowhere\.json cannot be read/],
    [['--format', 'pdf'], /--format is "pdf"/],
    [['--depth', '-1'], /--depth is "-1"/],
    [['--out', 'nowhere/x.md'], /nowhere\/x\.md cannot be written/],
  ])('%s is refused', async (flags, sentence) => {
    expect(await refused('explain', 'example:mazur', ...flags)).toMatch(sentence);
  });

  test('no more than 100,000 lines unless --full', { timeout: 60_000 }, async () => {
    const layers = [130, 2].map((units) => ({ type: 'dense', units, activation: 'sigmoid' }));
    writeFileSync(at('wide.json'), JSON.stringify({ input: [140], layers, seed: 1 }));
    writeFileSync(at('wide-batch.json'), JSON.stringify({ inputs: [Array(140).fill(0.5)], targets: [[0, 1]] }));
    const args = ['wide.json', '--data', 'wide-batch.json', '--of', 'layers.0.weight.grad'];
    expect(await refused('explain', ...args)).toMatch(
      /has 1\d\d,\d{3} lines, more than can be read; .* --of, or .* --full/,
    );
  });
});

describe('gradcheck', () => {
  test('names the factors of the worst gradient and the first that disagrees', async () => {
    const good = await run('gradcheck', 'example:mazur');
    expect(good.out).toMatch(
      /Every factor of the chain of layers\.\d\.\w+\[.*\] agrees .* largest relative error is \d/,
    );
    const bad = await run('gradcheck', 'example:xor', '--tolerance', '1e-30');
    expect(bad.status).toBe(1);
    expect(bad.out).toMatch(/→ {2}∂C\/∂a/);
    expect(bad.out).toMatch(/The first factor that disagrees is ∂C\/∂a, of loss by layers\.1\.a\[0\]/);
    const { chain } = JSON.parse((await run('gradcheck', 'example:xor', '--tolerance', '1e-30', '--json')).out);
    expect(chain.first).toEqual(chain.factors[0]);
    expect(chain.factors.at(-1).factor).toMatch(/∂z\/∂[wb]/);
  });

  test('works on rows of the data', async () => {
    const { out, status } = await run('gradcheck', 'paint.safetensors', '--data', 'paint.csv', '--row', '1-3');
    expect([status, out]).toEqual([0, expect.stringContaining('passed')]);
  });
});
