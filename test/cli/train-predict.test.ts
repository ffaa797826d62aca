// The way from a table to predictions through the command line, as a user goes it.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { entry, runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...args: string[]) => runIn(folder, args);
const quick = ['--target', 'y', '--epochs', '20', '--quiet'];

beforeAll(async () => {
  writeCsv(at('data.csv'), twoClasses());
  const { status } = await run('train', 'data.csv', '--target', 'y', '--out', 'model.safetensors', '--quiet');
  expect(status).toBe(0);
});

describe('train', () => {
  test('learns iris to 95 % with nothing said, and says every choice', async () => {
    const { out, err, status } = await run(
      'train',
      'builtin:iris',
      '--test',
      '0.3',
      '--json',
      '--out',
      'iris.safetensors',
    );
    const result = JSON.parse(out);
    expect(status).toBe(0);
    expect(result.test.accuracy).toBeGreaterThan(0.9);
    expect(result.test.baseline).toBeLessThan(0.5);
    for (const word of ['to train on', 'standard scaling', '3 classes', 'tanh', 'adam', 'learning rate', 'seed 0'])
      expect(err).toContain(word);
  });

  test('prints the JSON that scripts rely on and nothing else', async () => {
    const { out } = await run('train', 'data.csv', ...quick, '--out', 'j.safetensors', '--json');
    const result = JSON.parse(out);
    const keys = [
      'model',
      'task',
      'backend',
      'threads',
      'seed',
      'parameters',
      'epochs',
      'steps',
      'stepsPerSecond',
      'seconds',
      'training',
      'validation',
      'test',
    ];
    expect(Object.keys(result)).toEqual(expect.arrayContaining(keys));
    expect(Object.keys(result.seconds)).toEqual(['load', 'training', 'total']);
    expect(result).toMatchObject({ model: 'j.safetensors', task: 'classification', seed: 0, epochs: 20 });
  });

  test('the same command gives the same bytes, another seed others', async () => {
    for (const [name, seed] of [
      ['one', '5'],
      ['two', '5'],
      ['three', '6'],
    ])
      await run('train', 'data.csv', ...quick, '--seed', seed, '--out', `${name}.safetensors`);
    const [one, two, three] = ['one', 'two', 'three'].map((name) => readFileSync(at(`${name}.safetensors`)));
    expect(one.equals(two)).toBe(true);
    expect(one.equals(three)).toBe(false);
  });

  test('with --network adds nothing that was not asked for', async () => {
    writeCsv(at('xor.csv'), [
      ['a', 'b', 'y'],
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]);
    const args = ['--target', 'y', '--network', 'example:xor', '--scale', 'none', '--batch', '4', '--epochs', '2000'];
    const { out, err } = await run('train', 'xor.csv', ...args, '--json', '--out', 'xor.safetensors');
    const result = JSON.parse(out);
    expect(result).toMatchObject({ validation: null, test: null, epochs: 2000, steps: 2000, seed: 1 });
    expect(result.training.accuracy).toBe(1);
    expect(err).toContain('sgd, learning rate 2;');
  });

  test('learns XOR from any seed with nothing said but that all rows train', async () => {
    for (const seed of ['1', '2', '3']) {
      const { out } = await run(
        'train',
        'xor.csv',
        '--target',
        'y',
        '--test',
        '0',
        '--validation',
        '0',
        '--seed',
        seed,
        '--json',
        '--out',
        'x.safetensors',
      );
      expect(JSON.parse(out).training.accuracy).toBe(1);
    }
  });

  test('--lambda is --l2 times the number of training samples', async () => {
    const common = ['train', 'data.csv', ...quick, '--test', '0', '--validation', '0'];
    await run(...common, '--lambda', '0.6', '--out', 'lambda.safetensors');
    await run(...common, '--l2', '0.01', '--out', 'l2.safetensors');
    expect(readFileSync(at('lambda.safetensors')).equals(readFileSync(at('l2.safetensors')))).toBe(true);
  });

  test('writes the course of training as CSV and as JSON', async () => {
    await run('train', 'data.csv', ...quick, '--out', 'h.safetensors', '--history', 'h.csv');
    await run('train', 'data.csv', ...quick, '--out', 'h.safetensors', '--history', 'h.json');
    const lines = readFileSync(at('h.csv'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^epoch,loss,validationLoss,validationAccuracy/);
    expect(JSON.parse(readFileSync(at('h.json'), 'utf8'))).toHaveLength(20);
  });

  test('Ctrl-C saves the best model so far, names it and exits 130', async () => {
    const args = [
      'train',
      'builtin:digits',
      '--epochs',
      '100000',
      '--patience',
      '100000',
      '--out',
      'stopped.safetensors',
      '--history',
      'stopped.csv',
    ];
    const child = spawn(process.execPath, [entry, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
      if (text.includes('Backend')) setTimeout(() => child.kill('SIGINT'), 1000);
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status).toBe(130);
    expect(err).toMatch(/interrupted after \d+ epochs?: the best model so far is in stopped\.safetensors/);
    expect((await run('inspect', 'stopped.safetensors')).status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a learning rate too large ends with the epoch and step, a finite model and status 1', async () => {
    const { err, out, status } = await run(
      'train',
      'data.csv',
      '--target',
      'y',
      '--task',
      'classification',
      '--optimizer',
      'sgd',
      '--lr',
      '1e300',
      '--json',
      '--out',
      'diverged.safetensors',
    );
    expect(status).toBe(1);
    expect(JSON.parse(out).ending).toBe('diverged');
    expect(err).toMatch(/epoch 1, step \d+; .*diverged\.safetensors/);
    expect((await run('inspect', 'diverged.safetensors')).status).toBe(0);
  });
});

describe('predict and evaluate', () => {
  const predictions = async (file: string) =>
    JSON.parse((await run('predict', 'model.safetensors', file, '--json')).out).predictions;

  test('the training file without its target, columns shuffled, a column more: the same answers', async () => {
    const rows = twoClasses();
    writeCsv(
      at('bare.csv'),
      rows.map(([a, b]) => [a, b]),
    );
    writeCsv(
      at('shuffled.csv'),
      rows.map(([a, b, y]) => [y, b, a]),
    );
    writeCsv(
      at('more.csv'),
      rows.map(([a, b], i) => [i === 0 ? 'note' : `n${i}`, b, a]),
    );
    const expected = await predictions('data.csv');
    expect(expected).toHaveLength(60);
    for (const file of ['bare.csv', 'shuffled.csv', 'more.csv']) expect(await predictions(file)).toEqual(expected);
  });

  test('--input and standard input answer as the file does, minus signs and all', async () => {
    const first = (out: string) => JSON.parse(out).predictions[0];
    const [a, b] = [
      await run('predict', 'model.safetensors', '--input=-1,2', '--json'),
      await run('predict', 'model.safetensors', '--input', '-1,2', '--json'),
    ];
    const piped = await runIn(folder, ['predict', 'model.safetensors', '--json'], 'b,a\n2,-1\n');
    expect(first(a.out)).toEqual(first(b.out));
    expect(first(piped.out)).toEqual(first(a.out));
    expect(first(a.out).label).toBe('low');
    expect(Object.keys(first(a.out).probabilities)).toEqual(['high', 'low']);
  });

  test('an unknown category is named with its row, column and the known ones', async () => {
    writeCsv(at('colours.csv'), [
      ['颜色', 'x', 'y'],
      ...Array.from({ length: 40 }, (_, i) => [i % 2 ? '红' : '蓝', i, i % 2 ? 'p' : 'q']),
    ]);
    await run('train', 'colours.csv', ...quick, '--out', 'colours.safetensors');
    writeCsv(at('green.csv'), [
      ['x', '颜色'],
      [1, '红'],
      [2, '绿'],
    ]);
    const { err, status } = await run('predict', 'colours.safetensors', 'green.csv');
    expect(status).toBe(2);
    expect(err).toMatch(/green\.csv, line 3, column "颜色": found the unknown category "绿"; .*"红", "蓝"/);
  });

  test('any column name is only a name', async () => {
    const names = ['__proto__', 'constructor', 'say "hi", you', 'two\nlines', '长度'];
    writeCsv(at('odd.csv'), [
      [...names, '结果'],
      ...Array.from({ length: 40 }, (_, i) => [i % 3, i % 5, i % 7, i % 4, i, i < 20 ? '低' : '高']),
    ]);
    expect((await run('train', 'odd.csv', '--target', '结果', '--out', 'odd.safetensors', '--quiet')).status).toBe(0);
    const { out } = await run('evaluate', 'odd.safetensors', 'odd.csv', '--json');
    expect(JSON.parse(out)).toMatchObject({ samples: 40, labels: ['低', '高'] });
    const proto = await run(
      'train',
      'odd.csv',
      '--target',
      '__proto__',
      '--task',
      'regression',
      '--epochs',
      '2',
      '--quiet',
      '--out',
      'proto.safetensors',
    );
    expect(proto.status).toBe(0);
    expect((await run('predict', 'proto.safetensors', 'odd.csv', '--json')).out).toContain('"__proto__": ');
  });

  test('evaluate gives loss and scores beside the baseline', async () => {
    const { out } = await run('evaluate', 'model.safetensors', 'data.csv', '--json');
    const result = JSON.parse(out);
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining(['accuracy', 'baseline', 'confusion', 'labels', 'loss', 'samples']),
    );
    expect(result.accuracy).toBeGreaterThan(result.baseline);
    writeCsv(at('area.csv'), [
      ['length', 'width', 'area'],
      ...Array.from({ length: 100 }, (_, i) => [(i % 10) + 0.5, (i * 7) % 9, ((i % 10) + 0.5) * ((i * 7) % 9)]),
    ]);
    await run('train', 'area.csv', '--target', 'area', '--quiet', '--out', 'area.safetensors');
    const areas = JSON.parse((await run('evaluate', 'area.safetensors', 'area.csv', '--json')).out);
    expect(Object.keys(areas)).toEqual(expect.arrayContaining(['baseline', 'loss', 'mae', 'r2', 'rmse', 'samples']));
    expect(areas.r2).toBeGreaterThan(0.95);
  });

  test('a reader that stops early is no error', async () => {
    const child = spawn(process.execPath, [entry, 'explain', 'example:mazur'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.stdout.destroy();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(err).toBe('');
  });
});
