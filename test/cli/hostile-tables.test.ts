// Tables made to do harm: refused in one sentence, in bounded memory, with nothing left behind.
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { writeHugePng } from './pictures.ts';
import { entry, runIn, runMeasured, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  writeCsv(at('data.csv'), twoClasses());
  const args = ['train', 'data.csv', '--target', 'y', '--epochs', '1', '--quiet', '--out', 'm.safetensors'];
  expect((await runIn(folder, args)).status).toBe(0);
});

/** Refused in one sentence, in less than 512 MB, with nothing left behind. */
async function refused(
  name: string,
  sentence: RegExp,
  args = ['train', name, '--target', 'y', '--out', 'refused.safetensors'],
): Promise<void> {
  const before = readdirSync(folder).sort();
  const { out, err, status, peak } = await runMeasured(folder, args);
  expect([out, status]).toEqual(['', 2]);
  expect(err).toMatch(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err.length).toBeLessThan(1000);
  expect(readdirSync(folder).sort()).toEqual(before);
  expect(peak).toBeLessThan(512e6);
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

test('lines of gigabytes', async () => {
  writeFileSync(at('line.csv'), 'a,y\n1,');
  await truncate(at('line.csv'), 2 ** 31);
  await refused('line.csv', /line\.csv, line 2: the row has more than 1048576 characters/);
  writeFileSync(at('header.csv'), '');
  await truncate(at('header.csv'), 2 ** 30);
  await refused('header.csv', /header\.csv, line 1: the row has more than 1048576 characters/);
});

test('commas without end', async () => {
  writeFileSync(at('commas.csv'), Buffer.alloc(2 ** 27, ','));
  await refused('commas.csv', /commas\.csv, line 1: the row has more than 1048576 characters/);
});

test('a quotation mark left open', async () => {
  writeFileSync(at('open.csv'), `a,y\n1,2\n"3,4\n${'5,6\n'.repeat(1000)}`);
  await refused('open.csv', /open\.csv, line 3: a quoted cell is still open where the file ends/);
  writeFileSync(at('opener.csv'), `a,y\n1,2\n"3,4\n${'5,6\n'.repeat(2 ** 24)}`);
  await refused(
    'opener.csv',
    /opener\.csv, line 3: the row has more than 1048576 characters, as when a quotation mark/,
  );
});

test('a hundred thousand columns', async () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
  writeFileSync(at('wide.csv'), `${names}\n${names}\n`);
  await refused('wide.csv', /wide\.csv has 100000 columns where a table may have 65536; take fewer, or turn rows and/);
});

test('gzip bombs, small and large', async () => {
  const mebibyte = gzipSync('1,2\n'.repeat(2 ** 18));
  const head = gzipSync('a,y\n');
  // What is packed in parts is unpacked one after another.
  for (const [name, parts] of [
    ['bomb.csv.gz', 256],
    ['large.csv.gz', 6000],
  ] as const) {
    writeFileSync(at(name), Buffer.concat([head, ...new Array<Buffer>(parts).fill(mebibyte)]));
    await refused(name, /\.csv\.gz unpacks to more than 100 times its size, as no table does/);
  }
});

test('a model file with lengths that lie, of a gigabyte or of a few bytes', async () => {
  const header = (text: string, length = text.length) => {
    const start = Buffer.alloc(8);
    start.writeBigUInt64LE(BigInt(length));
    return Buffer.concat([start, Buffer.from(text)]);
  };
  const tensor = '{"t":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104]}}';
  const files = {
    'long.safetensors': [header('{', 2 ** 40), 2 ** 20, /give a header of 1099511627776 bytes/],
    'vast.safetensors': [header(tensor), 2 ** 30, /ends at byte 4398046511104 of the data, of which the file has/],
    'zeros.safetensors': [header('', 20), 2 ** 30, /begins with the byte 0x00 where/],
  } as const;
  for (const [name, [bytes, size, sentence]] of Object.entries(files)) {
    writeFileSync(at(name), bytes);
    await truncate(at(name), size);
    await refused(name, sentence, ['predict', name, 'data.csv']);
  }
});

test('a picture of 50,000×50,000 pixels', async () => {
  writeHugePng(at('huge.png'), 50_000, 50_000);
  await refused('huge.png', /huge\.png has 50,000×50,000 pixels, more than/, ['predict', 'm.safetensors', 'huge.png']);
});

test('JSON nested ten thousand deep', async () => {
  writeFileSync(at('deep.json'), `[{"y": ${'['.repeat(10_000)}${']'.repeat(10_000)}}]`);
  await refused('deep.json', /deep\.json, row 1, column "y" holds/);
  writeFileSync(at('deep.ndjson.gz'), gzipSync(`{"y": ${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}\n`));
  await refused('deep.ndjson.gz', /deep\.ndjson\.gz, row 1, column "y" holds/);
});
