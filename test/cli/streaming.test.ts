// `train --stream`: the same model whatever file the rows come from, what cannot be streamed, and nothing left on the disk.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../src/node/index.ts';
import { entry, runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const scratch = at('scratch');
const env = { TMPDIR: scratch };
const run = (...args: string[]) => runIn(folder, args, '', env);
const quick = ['--target', 'c', '--epochs', '2', '--quiet', '--seed', '4'];

const rows = Array.from({ length: 3000 }, (_, i) => {
  const [x, y] = [((i * 37) % 101) / 8, ((i * 53) % 89) / 16];
  const day = `2024-0${1 + (i % 9)}-11`;
  return `${i % 50 === 0 ? '' : x},${y},${day},${['red', 'blue', ''][i % 3]},${x > y ? 'more' : 'less'}`;
});
const csv = (some: readonly string[]) => `x,y,day,color,c\n${some.join('\n')}\n`;

beforeAll(async () => {
  mkdirSync(scratch);
  writeFileSync(at('rows.csv'), csv(rows));
  writeFileSync(at('rows.csv.gz'), gzipSync(csv(rows)));
  writeFileSync(at('utf16.csv'), Buffer.from(`\uFEFF${csv(rows)}`, 'utf16le'));
  writeFileSync(at('part-1.csv'), csv(rows.slice(0, 1000)));
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `CREATE TABLE rows AS SELECT x::DOUBLE AS x, y::FLOAT AS y, day::DATE AS day, nullif(color, '') AS color, c FROM read_csv('${at('rows.csv')}', all_varchar = true)`,
  );
  await connection.run(`COPY rows TO '${at('rows.parquet')}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  await connection.run(`COPY rows TO '${at('rows.ndjson')}' (FORMAT json)`);
  await connection.run(
    `COPY (SELECT c, x, color, y, day FROM rows OFFSET 1000) TO '${at('part-2.parquet')}' (FORMAT parquet)`,
  );
  connection.closeSync();
});

async function model(...args: string[]): Promise<string> {
  const { err, status } = await run('train', ...args, ...quick, '--stream', '--out', 'm.safetensors');
  expect([err, status]).toEqual(['', 0]);
  expect(readdirSync(scratch)).toEqual([]);
  return readFileSync(at('m.safetensors'), 'latin1');
}

test('gives the same bytes from CSV, gzip, UTF-16, NDJSON, Parquet, several files and queries', async () => {
  const expected = await model('rows.csv');
  const sql = ['--sql', 'select * from data'];
  for (const same of [['rows.csv.gz'], ['utf16.csv'], ['rows.ndjson'], ['rows.parquet'], ['part-*']])
    expect(await model(...same)).toBe(expected);
  for (const same of [
    ['rows.parquet', ...sql],
    ['rows.csv', ...sql],
  ])
    expect(await model(...same)).toBe(expected);
});

test('prepares as training in memory does, learns as well, and says what it does', async () => {
  const args = ['train', 'rows.csv', '--target', 'c', '--epochs', '20', '--validation', '0.1', '--json'];
  const runs = await Promise.all([
    run(...args, '--out', 'held.safetensors'),
    run(...args, '--stream', '--out', 'read.safetensors'),
  ]);
  expect(runs[1].err).toMatch(
    /rows\.csv is streamed: 2,160 rows to train on are read from a scratch file in each epoch, and training scores are those of 2,160 of them/,
  );
  const [held, read] = runs.map(({ out }) => JSON.parse(out));
  expect(read.test.baseline).toBe(held.test.baseline);
  expect(read.test.accuracy).toBeGreaterThan(0.9);
  const models = await Promise.all(['held', 'read'].map((name) => loadModel(at(`${name}.safetensors`))));
  expect(models[0].preprocessing).toBeDefined();
  expect(models[1].preprocessing).toEqual(models[0].preprocessing);
});

test('numbers that are names stay as they are written', async () => {
  writeFileSync(
    at('zip.csv'),
    `zip,c\n${Array.from({ length: 60 }, (_, i) => `00${i % 3},${i % 2 ? 'a' : 'b'}`).join('\n')}\n`,
  );
  expect(await model('zip.csv', '--category', 'zip')).toContain('\\"levels\\":[\\"000\\",\\"001\\",\\"002\\"]');
});

test('goes on from a checkpoint', async () => {
  const args = ['train', 'rows.csv', '--target', 'c', '--stream', '--quiet', '--patience', '9'];
  await run(...args, '--epochs', '4', '--out', 'whole.safetensors');
  await run(...args, '--epochs', '2', '--checkpoint', 'half.ckpt', '--out', 'half.safetensors');
  await run(...args, '--epochs', '4', '--resume', 'half.ckpt', '--out', 'on.safetensors');
  expect(readFileSync(at('on.safetensors')).equals(readFileSync(at('whole.safetensors')))).toBe(true);
});

describe('is refused', () => {
  test.each<[readonly string[], RegExp]>([
    [['rows.csv', '--folds', '3'], /--stream and --folds exclude each other/],
    [['rows.csv', '--record', 'run'], /--stream and --record exclude each other/],
    [['rows.csv', '--optimizer', 'lbfgs'], /--stream and --optimizer lbfgs exclude each other/],
    [['none.csv'], /none\.csv does not exist/],
    [['rows.csv', '--target', 'd'], /rows\.csv has no column "d"/],
    [['rows.csv', '--sql', 'select * from data where x > 1e9'], /--sql gives no rows/],
    [['rows.parquet', '--sql', "select * from read_text('/etc/hostname')"], /reaches for a file/],
    [['rows.csv', '--sql', 'selec'], /--sql cannot be run: .*syntax error/],
  ])('%j', async (args, sentence) => {
    const { out, err, status } = await run(
      'train',
      ...args,
      ...quick.slice(args.includes('--target') ? 2 : 0),
      '--stream',
    );
    expect([out, status]).toEqual(['', 2]);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('where a file lacks what training has', async () => {
    writeFileSync(at('slip.csv'), csv(rows.map((row, i) => (i === 2900 ? row.replace(/,[^,]*/, ',oops') : row))));
    const { err, status } = await run('train', 'slip.csv', ...quick, '--stream');
    expect(status).toBe(2);
    expect(err).toMatch(
      /slip\.csv, line 2902, column "y": found "oops" in a column where 2999 of 3000 cells are numbers/,
    );
  });
});

test.skipIf(!existsSync('/proc'))('Ctrl-C while rows are read leaves nothing behind', async () => {
  const [header, ...body] = csv(rows).trimEnd().split('\n');
  const lines = `${body.join('\n')}\n`;
  writeFileSync(at('long.csv'), `${header}\n${lines.repeat(Math.ceil(2e7 / lines.length))}`);
  const child = spawn(
    process.execPath,
    [entry, 'train', 'long.csv', '--target', 'c', '--stream', '--out', 'never.st'],
    { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'ignore'] },
  );
  const ended = new Promise<unknown>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
  while (child.exitCode === null && !hasScratchFile(child.pid)) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  expect(await ended).toBeOneOf(['SIGINT', 130]);
  expect(readdirSync(scratch)).toEqual([]);
  expect(existsSync(at('never.st'))).toBe(false);
});

/** Whether a process has opened the nameless file that rows are read into. */
function hasScratchFile(pid: number | undefined): boolean {
  const files = `/proc/${pid}/fd`;
  try {
    return readdirSync(files).some((file) => readlinkSync(`${files}/${file}`).startsWith(scratch));
  } catch {
    // One was closed meanwhile, or the process has ended.
    return false;
  }
}
