// Several models that answer together, in `evaluate` and `predict`.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const run = (...args: string[]) => runIn(folder, args);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);
const seeds = ['1', '2', '3'];
const models = (name: string) => seeds.map((seed) => `${name}${seed}.safetensors`);

beforeAll(async () => {
  writeCsv(join(folder, 'two.csv'), twoClasses(60));
  const rows = Array.from({ length: 60 }, (_, i) => [(i * 7) % 11, (i * 5) % 13]);
  writeCsv(join(folder, 'numbers.csv'), [['a', 'b', 's', 'd'], ...rows.map(([a, b]) => [a, b, a + b / 3, a - b / 7])]);
  const flags = (seed: string, name: string) => [
    '--seed',
    seed,
    '--epochs',
    '4',
    '--out',
    `${name}${seed}.safetensors`,
  ];
  const trainings = seeds.flatMap((seed) => [
    run('train', 'two.csv', '--target', 'y', ...flags(seed, 'two')),
    run('train', 'numbers.csv', '--target', 's,d', '--task', 'regression', ...flags(seed, 'numbers')),
  ]);
  for (const { status, err } of await Promise.all(trainings))
    expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('predict', () => {
  test('averages probabilities, models scaled by different parts of the data', async () => {
    const each = await Promise.all(models('two').map((model) => json('predict', model, '--input', '5,6')));
    const { predictions } = await json('predict', ...models('two'), '--input', '5,6', '--ensemble', 'average');
    const expected = mean(each.map(({ predictions: [one] }) => one.probabilities.high));
    expect(predictions[0].probabilities.high).toBeCloseTo(expected, 12);
  });

  test('votes, row by row of a file', async () => {
    const each = await Promise.all(models('two').map((model) => json('predict', model, 'two.csv')));
    const { predictions } = await json('predict', ...models('two'), 'two.csv', '--ensemble', 'vote');
    const votes = predictions.map((_: unknown, i: number) => {
      const high = each.filter((one) => one.predictions[i].label === 'high').length;
      return high >= 2 ? 'high' : 'low';
    });
    expect(predictions.map(({ label }: { label: string }) => label)).toEqual(votes);
  });

  test('averages numbers in the units of the data', async () => {
    const each = await Promise.all(models('numbers').map((model) => json('predict', model, '--input', '5,6')));
    const { predictions } = await json('predict', ...models('numbers'), '--input', '5,6', '--ensemble', 'average');
    expect(predictions[0].values.s).toBeCloseTo(mean(each.map(({ predictions: [one] }) => one.values.s)), 10);
  });
});

describe('evaluate', () => {
  test('scores what predict answers', async () => {
    const found = await json('evaluate', ...models('two'), 'two.csv', '--ensemble', 'vote');
    const { predictions } = await json('predict', ...models('two'), 'two.csv', '--ensemble', 'vote');
    const truths = twoClasses(60)
      .slice(1)
      .map(([, , y]) => y);
    const right = predictions.filter(({ label }: { label: string }, i: number) => label === truths[i]).length;
    expect(found.accuracy).toBeCloseTo(right / truths.length, 12);
    expect(found.models.map(({ model }: { model: string }) => model)).toEqual(models('two'));
  });

  test('of one model twice gives the scores of that model', async () => {
    const [model] = models('numbers');
    const alone = await json('evaluate', model, 'numbers.csv');
    const twice = await json('evaluate', model, model, 'numbers.csv', '--ensemble', 'average');
    expect(twice.r2).toBeCloseTo(alone.r2, 12);
    expect(twice.rmse).toBeCloseTo(alone.rmse, 12);
  });

  test('tells each model’s scores and those of all together', async () => {
    const { out } = await run('evaluate', ...models('two'), 'two.csv', '--ensemble', 'average');
    for (const model of models('two')) expect(out).toContain(model);
    expect(out).toMatch(/^Together, by average: accuracy \d+\.\d %\.$/m);
  });
});

test.each([
  [['evaluate', ...models('two'), 'two.csv'], /4 files are named; .* --ensemble/],
  [['evaluate', 'two1.safetensors', 'two.csv', '--ensemble', 'vote'], /--ensemble needs at least two models/],
  [
    ['evaluate', ...models('numbers'), 'numbers.csv', '--ensemble', 'vote'],
    /nothing to vote on; give --ensemble average/,
  ],
  [
    ['evaluate', 'two1.safetensors', 'numbers1.safetensors', 'two.csv', '--ensemble', 'vote'],
    /numbers1\.safetensors predicts s, d where two1\.safetensors predicts (?:low, high|high, low)/,
  ],
  [
    ['evaluate', 'two1.safetensors', 'two2.safetensors', 'two.csv', '--ensemble', 'vote', '--report', 'r.html'],
    /--report shows one network/,
  ],
  [
    ['predict', 'two1.safetensors', 'example:mazur', '--input', '1,2', '--ensemble', 'vote'],
    /example:mazur has no preprocessing/,
  ],
])('%s is refused', async (args, sentence) => {
  const { out, err, status } = await run(...args);
  expect(err).toMatch(sentence);
  expect({ out, status }).toEqual({ out: '', status: 2 });
});
