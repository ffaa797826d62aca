// What `evaluate` tells of each kind of model, to people and to programs.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const run = (...args: string[]) => runIn(folder, args);

async function train(name: string, ...flags: string[]): Promise<void> {
  const { status, err } = await run('train', `${name}.csv`, '--epochs', '30', '--out', `${name}.safetensors`, ...flags);
  expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
}

beforeAll(async () => {
  writeCsv(join(folder, 'two.csv'), twoClasses(60));
  const rows = Array.from({ length: 80 }, (_, i) => [(i * 7) % 11, (i * 5) % 13]);
  writeCsv(join(folder, 'seven.csv'), [['a', 'b', 'y'], ...rows.map(([a, b]) => [a, b, `c${(a + b) % 7}`])]);
  writeCsv(join(folder, 'labels.csv'), [['a', 'b', 'p', 'q'], ...rows.map(([a, b]) => [a, b, +(a > 5), +(b > 6)])]);
  writeCsv(join(folder, 'numbers.csv'), [['a', 'b', 's', 'd'], ...rows.map(([a, b]) => [a, b, a + b / 3, a - b / 7])]);
  await Promise.all([
    train('two', '--target', 'y'),
    train('seven', '--target', 'y'),
    train('labels', '--target', 'p,q'),
    train('numbers', '--target', 's,d', '--task', 'regression'),
  ]);
});

describe('of two classes', () => {
  test('each class has precision, recall, F1 and AUC; the matrix is last', async () => {
    const { out } = await run('evaluate', 'two.safetensors', 'two.csv');
    expect(out).toMatch(/^class +precision +recall +F1 +AUC +samples$/m);
    expect(out).toMatch(/^high +[01]\.\d{3} +[01]\.\d{3} +[01]\.\d{3} +[01]\.\d{3} +\d+$/m);
    expect(out).toMatch(/^macro average +[01]\.\d{3} +[01]\.\d{3} +[01]\.\d{3}$/m);
    expect(out).toMatch(/^Log loss +/m);
    expect(out).toMatch(/^true \\ predicted/m);
    expect(out).not.toContain('Top-');
  });

  test('JSON keeps the keys that scripts rely on, and has more', async () => {
    const found = JSON.parse((await run('evaluate', 'two.safetensors', 'two.csv', '--json')).out);
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining(['samples', 'loss', 'accuracy', 'baseline', 'confusion', 'labels']),
    );
    expect(found.labels).toEqual(['high', 'low']);
    expect(found.classes.map(({ name }: { name: string }) => name)).toEqual(['high', 'low']);
    const [[hits, misses]] = found.confusion;
    expect(found.classes[0].recall).toBeCloseTo(hits / (hits + misses), 12);
    expect(found).toMatchObject({ macro: expect.anything(), logLoss: expect.any(Number), rocAuc: expect.any(Number) });
  });
});

test('of more than five classes, the best few answers count', async () => {
  const { out } = await run('evaluate', 'seven.safetensors', 'seven.csv');
  for (const k of [2, 3, 4, 5]) expect(out).toMatch(new RegExp(`^Top-${k} accuracy +\\d+\\.\\d %$`, 'm'));
});

test('of several labels, each has its line and no matrix', async () => {
  const { out } = await run('evaluate', 'labels.safetensors', 'labels.csv');
  expect(out).toMatch(/^label +precision/m);
  expect(out).toMatch(/^p +/m);
  expect(out).toMatch(/^All labels right +\d/m);
  expect(out).not.toContain('true \\ predicted');
  const found = JSON.parse((await run('evaluate', 'labels.safetensors', 'labels.csv', '--json')).out);
  expect(found.labels).toEqual(['p', 'q']);
  expect(found.perLabel).toHaveLength(2);
  expect(found.exactMatch).toBeLessThanOrEqual(found.accuracy);
});

test('of several numbers, each target has its errors', async () => {
  const { out } = await run('evaluate', 'numbers.safetensors', 'numbers.csv');
  expect(out).toMatch(/^s +[\d.-]+ +[\d.]+ +[\d.]+$/m);
  const found = JSON.parse((await run('evaluate', 'numbers.safetensors', 'numbers.csv', '--json')).out);
  expect(Object.keys(found)).toEqual(expect.arrayContaining(['samples', 'loss', 'r2', 'rmse', 'mae', 'baseline']));
  expect(found.targets.map(({ name }: { name: string }) => name)).toEqual(['s', 'd']);
  expect((found.targets[0].mae + found.targets[1].mae) / 2).toBeCloseTo(found.mae, 12);
});
