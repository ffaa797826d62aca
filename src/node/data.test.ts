import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { datasetFromTable } from '../data/dataset.ts';
import { fitPreprocessing } from '../data/fit-preprocessing.ts';
import { splitRows } from '../data/split.ts';
import { readData, readIdx, readTable } from './data.ts';

const shipped = (name: string) => fileURLToPath(new URL(`../../datasets/${name}`, import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chainrule-data-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const imageBytes = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4);
const labelBytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0);

describe('tables', () => {
  test('the shipped iris table is 150 flowers of three species', async () => {
    const table = await readTable(shipped('iris.csv'));
    expect(table.names).toEqual(['sepal_length', 'sepal_width', 'petal_length', 'petal_width', 'species']);
    const { training } = splitRows(table.rowCount, { test: 0.2, validation: 0.1, seed: 1 });
    const { preprocessing, notices } = fitPreprocessing(table, training, { targets: ['species'] });
    const dataset = datasetFromTable(preprocessing, table);
    expect(dataset).toMatchObject({
      inputShape: [4],
      classNames: ['setosa', 'versicolor', 'virginica'],
      samples: { inputs: { count: 150 }, targets: { classes: 3 } },
    });
    expect(notices).toEqual([]);
  });

  test('the shipped digits are 1797 images of 64 pixels', async () => {
    const table = await readTable(shipped('digits.csv.gz'));
    const { preprocessing, notices } = fitPreprocessing(
      table,
      Uint32Array.from({ length: 1000 }, (_, i) => i),
      { targets: ['digit'] },
    );
    const { samples } = datasetFromTable(preprocessing, table);
    expect(samples).toMatchObject({ inputs: { count: 1797, width: 64 }, targets: { classes: 10 } });
    expect(notices).toEqual([
      'The target "digit" holds integers with 10 distinct values: taken as 10 classes (regression: --task regression).',
      'Columns "pixel_0_0", "pixel_4_0", "pixel_4_7" are each the same in every training row, so nothing can be learned from them.',
    ]);
  });

  test('are read from CSV, TSV and JSON, gzipped or not', async () => {
    const expected = { names: ['a', 'b'], columns: [['1'], ['x']], rowCount: 1 };
    const paths = [
      await file('t.csv', 'a,b\n1,x\n'),
      await file('t.tsv', 'a\tb\n1\tx\n'),
      await file('t.json', '[{"a": 1, "b": "x"}]'),
      await file('t.csv.gz', gzipSync('a;b\n1;x\n')),
      await file('t.json.gz', gzipSync('[{"a": 1, "b": "x"}]')),
      await file('no-extension', ' [{"a": 1, "b": "x"}]'),
    ];
    for (const path of paths) expect(await readTable(path)).toMatchObject(expected);
  });

  test('a .tsv file is split at tabs though commas are commoner', async () => {
    expect((await readTable(await file('c.tsv', 'a,b,c\td\n1,2,3\t4\n'))).names).toEqual(['a,b,c', 'd']);
  });

  test('are read in the encoding they are marked with or that is named', async () => {
    const text = '花,b\n1,2\n';
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect((await readTable(await file('u.csv', utf16))).names).toEqual(['花', 'b']);
    const gbk = await file('g.csv', Uint8Array.of(0xbb, 0xa8, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32));
    expect((await readTable(gbk, { encoding: 'gb18030' })).names).toEqual(['花', 'b']);
    await expect(readTable(gbk)).rejects.toThrow(`${gbk} is not UTF-8 text; save it as UTF-8, or name its encoding`);
    await expect(readTable(gbk, { encoding: 'klingon' })).rejects.toThrow('encoding is "klingon", which is unknown');
  });
});

describe('images', () => {
  test.each([
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
    ['t10k-images.idx3-ubyte', 't10k-labels.idx1-ubyte'],
    ['images.idx3-ubyte', 'labels.idx1-ubyte'],
  ])('%s goes with %s', async (images, labels) => {
    const path = await file(images, imageBytes);
    await file(labels, labelBytes);
    expect(await readIdx(path)).toMatchObject({
      images: { shape: [2, 1, 2] },
      labels: { values: Uint8Array.of(1, 0) },
    });
  });

  test('packed images find labels, packed or not, and say which files they are', async () => {
    const path = await file('p-images-idx3-ubyte.gz', gzipSync(imageBytes));
    const labels = await file('p-labels-idx1-ubyte', labelBytes);
    expect(await readData(path)).toMatchObject({
      kind: 'images',
      images: { source: path },
      labels: { source: labels },
    });
  });

  test('without labels are read, but not for training', async () => {
    const path = await file('lone-images-idx3-ubyte', imageBytes);
    const found = await readData(path);
    expect(found).toMatchObject({ kind: 'images' });
    expect(found).not.toHaveProperty('labels');
    await expect(readIdx(path)).rejects.toThrow(`${path} has no labels: lone-labels-idx1-ubyte is not beside it`);
    await expect(readIdx(await file('pictures', imageBytes))).rejects.toThrow('its name lacks "images"');
  });

  test('labels are not images', async () => {
    await expect(readData(await file('x-labels-idx1-ubyte', labelBytes))).rejects.toThrow(
      'this looks like a labels file',
    );
  });
});

test('the first bytes tell a table from images', async () => {
  expect((await readData(await file('whatever.bin', 'a,b\n1,2\n'))).kind).toBe('table');
  await expect(readTable(await file('whatever-images', imageBytes))).rejects.toThrow(
    'is an IDX file where a table is expected',
  );
});

describe('files that cannot be used are refused in one sentence', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['empty.csv', '', 'is empty; give a file with data in it.'],
    [
      'cut.csv.gz',
      gzipSync('a,b\n1,2\n').subarray(0, 20),
      'is a gzip file that is damaged or cut short; fetch it again.',
    ],
    [
      'book.xlsx',
      Uint8Array.of(0x50, 0x4b, 3, 4, 0),
      'is a ZIP archive or Excel workbook where a table of text is expected; unpack it, or save the sheet as CSV.',
    ],
    ['t.parquet', 'PAR1', 'is a Parquet file'],
    ['cut-images', imageBytes.subarray(0, 18), 'has 2 bytes of data where its header [2, 1, 2] promises 4'],
  ])('%s', async (name, content, sentence) => {
    const path = await file(name, content);
    await expect(readData(path)).rejects.toThrow(`${path} ${sentence}`);
  });

  test('missing files and folders', async () => {
    await mkdir(join(folder, 'some'));
    await expect(readData(join(folder, 'none.csv'))).rejects.toThrow(
      'none.csv does not exist; check the name and the folder.',
    );
    await expect(readData(join(folder, 'some'))).rejects.toThrow('some is a folder; name a file in it.');
    await expect(readData(join(await file('f', 'x'), 'g'))).rejects.toThrow('a part of its path is a file');
  });

  test('files that unpack to more than the limit', async () => {
    const path = await file('bomb.csv.gz', gzipSync('a'.repeat(100_000)));
    await expect(readTable(path, { limit: 50_000 })).rejects.toThrow(`${path} holds more than 50000 bytes`);
    await expect(readTable(await file('long.csv', 'a'.repeat(100)), { limit: 50 })).rejects.toThrow(
      'holds more than 50 bytes',
    );
  });
});
