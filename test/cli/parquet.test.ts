// Parquet as other programs write it: several row groups, dictionaries, decimals, long integers, times, and what is no cell.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

/** A number for each row, and how each type writes it. */
const rows = Array.from({ length: 5000 }, (_, i) => ({ i, u: ((i * 37) % 101) / 8 }));
const text = (value: string, i: number, every: number) => (i % every === 0 ? '' : value);
const csv = `price,long,wide,single,byte,moment,open,shade,y\n${rows
  .map(({ i, u }) =>
    [
      text((u * 100).toFixed(2), i, 50),
      text(`${9007199254740993n + BigInt(i)}`, i, 40),
      `${10n ** 30n + BigInt(i)}`,
      text(String(Math.fround((i % 10) / 10)).slice(0, 3), i, 30),
      `${i % 100}`,
      `2024-03-${String(1 + (i % 28)).padStart(2, '0')} 06:30:00`,
      text(String(i % 3 === 0), i, 25),
      text(['dark', 'light', 'grey, or so'][i % 3].replace(/.*,.*/, '"$&"'), i, 20),
      u > 6 ? 'yes' : 'no',
    ].join(','),
  )
  .join('\n')}\n`;

beforeAll(async () => {
  writeFileSync(at('typed.csv'), csv);
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `CREATE TABLE typed AS SELECT price::DECIMAL(12, 2) AS price, long::BIGINT AS long, wide::HUGEINT AS wide, single::FLOAT AS single, byte::UTINYINT AS byte, moment::TIMESTAMP AS moment, open::BOOLEAN AS open, shade, y FROM read_csv('${at('typed.csv')}', all_varchar = true)`,
  );
  await connection.run(
    `COPY typed TO '${at('typed.parquet')}' (FORMAT parquet, ROW_GROUP_SIZE 2048, DICTIONARY_SIZE_LIMIT 10000, COMPRESSION zstd)`,
  );
  for (const [name, value] of [
    ['list', '[1, 2]'],
    ['struct', "{'a': 1}"],
    ['map', "MAP {'a': 1}"],
    ['blob', "'x'::BLOB"],
  ])
    await connection.run(
      `COPY (SELECT ${value} AS "own ${name}", 1 AS y) TO '${at(`${name}.parquet`)}' (FORMAT parquet)`,
    );
  connection.closeSync();
});

test('gives the model that the same values as CSV give', async () => {
  const models = [];
  for (const name of ['typed.csv', 'typed.parquet']) {
    const args = ['train', name, '--target', 'y', '--epochs', '1', '--quiet', '--out', 'm.safetensors'];
    const { err, status } = await runIn(folder, args);
    expect([err, status]).toEqual(['', 0]);
    models.push(readFileSync(at('m.safetensors'), 'latin1'));
  }
  expect(models[1]).toBe(models[0]);
});

test.each(['list', 'struct', 'map', 'blob'])('a column of the kind %s is refused by its name', async (name) => {
  const { err, status } = await runIn(folder, ['train', `${name}.parquet`, '--target', 'y']);
  expect(status).toBe(2);
  expect(err).toMatch(new RegExp(`${name}\\.parquet, column "own ${name}" holds .*take the column apart with --sql`));
});
