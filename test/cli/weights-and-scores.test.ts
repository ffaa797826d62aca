// `train` with samples that count differently, with the hinge, with scores of the training part, and with what is said while it runs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...args: string[]) => runIn(folder, args, '', { NO_COLOR: '1' });

async function json(...args: string[]) {
  const { out, err, status } = await run(...args, '--json');
  expect({ status, err }).toMatchObject({ status: 0 });
  return JSON.parse(out);
}

describe('--sample-weights', () => {
  // y = 2x where the weight is above 0; elsewhere nonsense.
  const rows = Array.from({ length: 30 }, (_, i) => [i, i % 3 === 0 ? 0 : 1 + (i % 2), i % 3 === 0 ? -50 : 2 * i]);
  writeCsv(at('weighted.csv'), [['x', 'times', 'y'], ...rows]);
  const table = ['weighted.csv', '--target', 'y', '--sample-weights', 'times', '--task', 'regression'];
  const weighted = [...table, '--test', '0', '--validation', '0'];
  const line = ['--hidden', 'none', '--optimizer', 'lbfgs', '--epochs', '100'];

  test('is no input, and samples of weight 0 are not learnt; the model needs no such column', async () => {
    const { err, status } = await run('train', ...weighted, ...line, '--out', 'line.safetensors');
    expect(status).toBe(0);
    expect(err).toMatch(/Weights +of samples, from the column times: 0 to 2, 1 on the mean/);
    expect(err).toMatch(/1 column of numbers/);
    const { predictions } = await json('predict', 'line.safetensors', '--input', '10');
    expect(predictions[0].values.y).toBeCloseTo(20, 3);
    writeFileSync(at('plain.csv'), 'x,y\n1,2\n4,8\n');
    expect((await json('evaluate', 'line.safetensors', 'plain.csv')).rmse).toBeLessThan(1e-3);
  });

  test('are kept by folds, and by a training that goes on; other weights are other data', async () => {
    const { scores } = await json('train', ...table, ...line, '--folds', '3');
    // What has no weight is still scored: a third of the samples is nonsense.
    expect(scores.rmse.mean).toBeGreaterThan(20);
    const steps = [...weighted, '--hidden', '3', '--batch', '8', '--quiet'];
    await run('train', ...steps, '--epochs', '6', '--out', 'whole.safetensors');
    await run('train', ...steps, '--epochs', '2', '--checkpoint', 'w.checkpoint', '--out', 'part.safetensors');
    const going = ['--epochs', '6', '--resume', 'w.checkpoint', '--out', 'resumed.safetensors'];
    expect((await run('train', ...steps, ...going)).status).toBe(0);
    expect(readFileSync(at('resumed.safetensors')).equals(readFileSync(at('whole.safetensors')))).toBe(true);
    const ignored = steps.flatMap((arg) => (arg === '--sample-weights' ? ['--ignore'] : [arg]));
    const { err, status } = await run('train', ...ignored, ...going);
    expect(status).toBe(2);
    expect(err).toMatch(/^error: w\.checkpoint holds a training .*\.\n$/);
  });
});

describe('--loss hinge', () => {
  test.each([
    ['builtin:iris', 3, ['--epochs', '60']],
    ['two.csv', 2, ['--target', 'y', '--epochs', '60']],
  ])('learns the classes of %s, and predicts with scores', async (name, classes, more) => {
    writeCsv(at('two.csv'), twoClasses(60));
    const { training } = await json('train', name, '--loss', 'hinge', ...more, '--out', 'hinge.safetensors');
    expect(training.accuracy).toBeGreaterThan(0.93);
    const evaluated = await json('evaluate', 'hinge.safetensors', name);
    expect(evaluated.accuracy).toBeGreaterThan(0.9);
    expect(evaluated.logLoss ?? null).toBeNull();
    const { predictions } = await json('predict', 'hinge.safetensors', name);
    for (const { label, scores } of predictions) {
      const entries = Object.entries<number>(scores);
      expect(entries).toHaveLength(classes);
      expect(scores[label]).toBe(Math.max(...entries.map(([, score]) => score)));
    }
    const { out } = await run('predict', 'hinge.safetensors', name);
    expect(out).not.toMatch(/%/);
  });

  test('with a single output for two classes: above 0 is the second', async () => {
    const layers = [
      { type: 'dense', units: 6, activation: 'tanh' },
      { type: 'dense', units: 1 },
    ];
    writeFileSync(at('single.json'), JSON.stringify({ input: [2], layers, loss: 'hinge', seed: 1 }));
    const args = ['two.csv', '--target', 'y', '--network', 'single.json', '--optimizer', 'adam', '--lr', '0.02'];
    const { training } = await json('train', ...args, '--epochs', '80', '--out', 'single.safetensors');
    expect(training.accuracy).toBeGreaterThan(0.93);
    const { predictions } = await json('predict', 'single.safetensors', 'two.csv');
    for (const { label, scores } of predictions) {
      expect(scores.high).toBe(-scores.low);
      expect(label).toBe(scores.low > 0 ? 'low' : 'high');
    }
  });
});

test('--training-scores adds columns to the history, and a line to curves and report', async () => {
  const common = ['train', 'builtin:iris', '--epochs', '5', '--patience', '5', '--quiet'];
  await run(...common, '--history', 'without.csv');
  const { err } = await run(...common, '--training-scores', '--history', 'with.csv', '--curves', '--report', 'r.html');
  const [without, scored] = ['without.csv', 'with.csv'].map((file) =>
    readFileSync(at(file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',')),
  );
  expect(scored[0]).toEqual([...without[0], 'trainingLoss', 'trainingAccuracy', 'trainingR2']);
  // Everything else is as it was, the seconds apart.
  expect(scored.map((cells) => cells.slice(0, 6))).toEqual(without.map((cells) => cells.slice(0, 6)));
  for (const cells of scored.slice(1)) expect(Number(cells[8])).toBeGreaterThan(0.3);
  expect(err).toMatch(/training accuracy +[▁-█]+ [\d.]+ % → [\d.]+ %\n +validation accuracy/);
});

describe('what is evident while it runs', () => {
  const wild = [
    'train',
    'builtin:iris',
    '--target',
    'petal_width',
    '--optimizer',
    'sgd',
    '--lr',
    '0.3',
    '--epochs',
    '8',
  ];

  test('is said once, in a line, in the language asked for; not with --quiet', async () => {
    const { err } = await run(...wild);
    expect(err.match(/^warning: after epoch \d: The learning rate is too high: .*; try --lr .*$/gm)).toHaveLength(1);
    expect((await run(...wild, '--lang', 'zh')).err.match(/^警告：第 \d 轮之后：学习率太高：.*--lr.*$/gm)).toHaveLength(
      1,
    );
    expect((await run(...wild, '--quiet')).err).not.toMatch(/warning/);
  });

  test('is nothing where nothing is wrong', async () => {
    for (const name of ['builtin:iris', 'builtin:digits']) {
      expect((await run('train', name, '--epochs', '30')).err).not.toMatch(/warning/);
    }
  });
});

test('rows that a stride leaves over are said', async () => {
  const conv = { type: 'conv2d', filters: 2, kernel: 5, stride: 2 };
  writeFileSync(at('stride.json'), JSON.stringify({ input: [1, 28, 27], layers: [conv] }));
  const { out } = await run('inspect', 'stride.json');
  expect(out).toMatch(/layers\[0\] \(conv2d\): its stride leaves the last 1 row of its 1×28×27 input unseen\./);
});
