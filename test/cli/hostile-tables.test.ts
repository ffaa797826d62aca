// Tables made to do harm: refused in one sentence, in bounded memory, with nothing left behind.
import { spawn } from 'node:child_process';
import { createWriteStream, readdirSync, writeFileSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { entry, runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  writeCsv(at('data.csv'), twoClasses());
  const args = ['train', 'data.csv', '--target', 'y', '--epochs', '1', '--quiet', '--out', 'm.safetensors'];
  expect((await runIn(folder, args)).status).toBe(0);
});

async function refused(name: string, sentence: RegExp): Promise<void> {
  const before = readdirSync(folder).sort();
  const { out, err, status } = await runIn(folder, ['train', name, '--target', 'y', '--out', 'refused.safetensors']);
  expect([out, status]).toEqual(['', 2]);
  expect(err).toMatch(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual(before);
}

test('a line of a gigabyte on standard input', async () => {
  const child = spawn(process.execPath, [entry, 'predict', 'm.safetensors', '-'], { cwd: folder });
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  const mebibyte = Buffer.alloc(2 ** 20, 'x');
  let sent = 0;
  const line = Readable.from(
    (function* () {
      for (; sent < 1024; sent++) yield mebibyte;
    })(),
  );
  line.pipe(child.stdin);
  child.stdin.on('error', () => line.destroy());
  const status = await new Promise((resolve) => child.on('close', resolve));
  line.destroy();
  expect(status).toBe(2);
  expect(err).toBe(
    'error: standard input has more than the 268,435,456 bytes that are read; give a file that is smaller.\n',
  );
  expect(sent).toBeLessThan(400);
});

test('a file of two gigabytes, which holds nothing', async () => {
  writeFileSync(at('sparse.csv'), 'a,y\n');
  await truncate(at('sparse.csv'), 2 ** 31);
  await refused('sparse.csv', /sparse\.csv holds more than 1073741824 bytes, the most that is read whole/);
});

test('a long line, and a quotation mark left open', async () => {
  writeFileSync(at('line.csv'), `a,y\n1,${'x'.repeat(2 ** 22)}\n`);
  await refused('line.csv', /line\.csv, line 2: the row has more than 1048576 characters/);
  writeFileSync(at('open.csv'), `a,y\n1,2\n"3,4\n${'5,6\n'.repeat(1000)}`);
  await refused('open.csv', /open\.csv, line 3: a quoted cell is still open where the file ends/);
});

test('a hundred thousand columns', async () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
  writeFileSync(at('wide.csv'), `${names}\n${names}\n`);
  await refused('wide.csv', /wide\.csv has 100000 columns where a table may have 65536; take fewer, or turn rows and/);
});

test('a gzip bomb', async () => {
  const zeros = Readable.from(
    (function* () {
      for (let i = 0; i < 256; i++) yield Buffer.alloc(2 ** 20, 'a');
    })(),
  );
  await pipeline(zeros, createGzip(), createWriteStream(at('bomb.csv.gz')));
  await refused('bomb.csv.gz', /bomb\.csv\.gz unpacks to more than 100 times its size, as no table does/);
});

test('JSON nested ten thousand deep', async () => {
  writeFileSync(at('deep.json'), `[{"y": ${'['.repeat(10_000)}${']'.repeat(10_000)}}]`);
  await refused('deep.json', /deep\.json, row 1, column "y" holds/);
  writeFileSync(at('deep.ndjson.gz'), gzipSync(`{"y": ${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}\n`));
  await refused('deep.ndjson.gz', /deep\.ndjson\.gz, row 1, column "y" holds/);
});
