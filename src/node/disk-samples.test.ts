// Tables on disk: what is read of them, and what training on them comes to, is what it is in memory.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { messyTables } from '../../test/cli/messy-tables.ts';
import { referenceBackend } from '../backends/index.ts';
import { datasetFromTable, fitPreprocessing, splitRows, subset, type Table } from '../data/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { fit } from '../train/index.ts';
import { readTable } from './data.ts';
import { diskSamples } from './disk-samples.ts';
import { diskTable } from './disk-table.ts';
import { memoryTable, stackedSources } from './row-source.ts';
import { textRows } from './text-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** A table in memory and the same by way of the disk, with what training would make of either. */
async function bothWays(path: string, target: string) {
  const held = await readTable(path);
  const disk = await diskTable(await textRows(path));
  const split = splitRows(held.rowCount, { test: 0.2, validation: 0.1, seed: 3 });
  const options = { targets: [target] };
  return {
    held,
    disk,
    split,
    fits: [held, disk.table].map((table) => fitPreprocessing(table, split.training, options)),
  };
}

const texts = (table: Table) => table.columns.map((column) => column.map((cell) => cell.trim()));

describe('a table on disk', () => {
  test.each(messyTables.map((table) => [table.file, table] as const))(
    '%s is the one in memory',
    async (name, table) => {
      const { content, target } = table;
      const path = file(name, name.endsWith('.gz') ? gzipSync(content) : content);
      const { held, disk, split, fits } = await bothWays(path, target);
      try {
        expect(disk.table.names).toEqual(held.names);
        expect(Array.from(disk.table.lines ?? [])).toEqual(Array.from(held.lines ?? []));
        for (const [i, column] of texts(disk.table).entries())
          if (held.numbers?.[i] === undefined) expect(column).toEqual(texts(held)[i]);
        expect(disk.table.numbers).toEqual(held.numbers);
        expect(fits[1]).toEqual(fits[0]);
        const parts = await diskSamples(disk, fits[0].preprocessing, split, { seed: 3, dtype: 'F64' });
        const whole = datasetFromTable(fits[0].preprocessing, held);
        for (const part of ['training', 'validation', 'test'] as const)
          expect(parts[part]?.samples).toEqual(subset(whole, split[part]).samples);
        expect(parts.training.stream?.read([[0, split.training.length]])).toEqual(parts.training.samples);
        parts.close();
      } finally {
        disk.close();
      }
    },
  );

  test('a mistake found far down is mended by reading again', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i === 149_000 ? 'x' : i % 5},${i}`);
    const disk = await diskTable(await textRows(file('late.csv', `a,b\n${rows.join('\n')}\n`)));
    expect(disk.table.columns[0].slice(148_998, 149_003)).toEqual(['3', '4', 'x', '1', '2']);
    expect([...disk.stretches()].map(({ rowCount }) => rowCount)).toEqual([65_536, 65_536, 18_928]);
    disk.close();
  });

  test('is several files, one below the other, columns by their names', async () => {
    const sources = [
      await textRows(file('1.csv', 'a,b\n1,x\n2,y\n')),
      await textRows(file('2.ndjson', '{"b": "z", "a": 3}\n{"a": null, "b": "x"}\n')),
    ];
    const table = await memoryTable(stackedSources('all', sources));
    expect(table.columns).toEqual([
      ['1', '2', '3', ''],
      ['x', 'y', 'z', 'x'],
    ]);
    const other = await textRows(file('3.csv', 'a,c\n1,2\n'));
    expect(() => stackedSources('all', [...sources, other])).toThrow(
      /3\.csv has a column "c" where .*1\.csv has "a", "b"/,
    );
  });

  test('leaves nothing on the disk, whatever goes wrong', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('chainrule-'));
    const wrong = file('wrong.csv', `a,b\n${'1,2\n'.repeat(100_000)}1\n`);
    await expect(diskTable(await textRows(wrong))).rejects.toThrow(
      'line 100002: found 1 cell where the header names 2',
    );
    const controller = new AbortController();
    const watch = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(diskTable(await textRows(wrong), { watch })).rejects.toThrow(/abort/);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('chainrule-'))).toEqual(before);
  });

  test.each([
    ['array.json', '[{"a": 1}]', /is one JSON array, which cannot be read piece by piece/],
    [
      'late.ndjson',
      `${'{"a": 1}\n'.repeat(1001)}{"a": 1, "b": 2}\n`,
      /line 1002 has a key "b" that none of the first 1000/,
    ],
    ['none.csv', 'a,b\n', /has a header \("a", "b"\) but no rows/],
    ['empty.csv', '', /is empty/],
    ['zip.csv', 'PK\u0003\u0004', /is a ZIP archive/],
    ['cut.csv.gz', gzipSync('a,b\n1,2\n').subarray(0, 20), /is a gzip file that is damaged or cut short/],
    ['bytes.csv', Uint8Array.of(0x61, 0x0a, 0xff, 0x0a), /is not UTF-8 text/],
  ])('%s is refused', async (name, content, sentence) => {
    const reading = async () => diskTable(await textRows(file(name, content)));
    await expect(reading()).rejects.toThrow(sentence);
  });
});

describe('training on a stream', () => {
  const body = Array.from({ length: 5000 }, (_, i) => {
    const [x, y] = [((i * 37) % 101) / 101, ((i * 53) % 89) / 89];
    return `${x},${y},${i % 7},${x > y ? 'more' : 'less'}`;
  });
  const path = file('two.csv', `x,y,w,c\n${body.join('\n')}\n`);
  const net = network([dense(4, 'tanh'), dense(2, 'softmax')], { input: 2, loss: 'logLikelihood', seed: 1 });

  async function streamed(weights?: string) {
    const { held, disk, split } = await bothWays(path, 'c');
    const { preprocessing } = fitPreprocessing(held, split.training, { targets: ['c'], ignore: ['w'] });
    const parts = await diskSamples(disk, preprocessing, split, { seed: 1, dtype: 'F64', weights });
    disk.close();
    const memory = subset(datasetFromTable(preprocessing, held, { weights }), split.training);
    return { memory, training: parts.training };
  }
  const backend = referenceBackend();

  test('takes the same steps as training in memory, where neither shuffles', async () => {
    for (const weights of [undefined, 'w']) {
      const { memory, training } = await streamed(weights);
      const options = { epochs: 2, batch: 32, shuffle: false, backend };
      const [held, read] = [await fit(net, memory, options), await fit(net, training, options)];
      expect(read.network.parameters).toEqual(held.network.parameters);
      expect(read.history.map(({ loss, steps }) => [loss, steps])).toEqual(
        held.history.map(({ loss, steps }) => [loss, steps]),
      );
    }
  });

  test('depends on the seed alone, and goes on from where it stood', async () => {
    const { training } = await streamed();
    const run = (options: object) =>
      fit(net, training, { epochs: 2, batch: 32, seed: 5, backend, noise: 0.1, ...options });
    const whole = await run({});
    expect((await run({})).network.parameters).toEqual(whole.network.parameters);
    expect((await run({ seed: 6 })).network.parameters).not.toEqual(whole.network.parameters);
    const half = await run({ epochs: 1 });
    expect((await run({ resume: half.state })).network.parameters).toEqual(whole.network.parameters);
  });

  test('is refused by what needs all samples at once', async () => {
    const { training } = await streamed();
    const { lbfgs } = await import('../train/index.ts');
    await expect(fit(net, training, { optimizer: lbfgs() })).rejects.toThrow(/lbfgs sees all samples at once/);
  });
});
