// Tables of every kind through the command line: the same model whatever file they come in, and messy ones as they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { messyTables } from './messy-tables.ts';
import { runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const run = (...args: string[]) => runIn(folder, args);
const quick = ['--target', 'y', '--epochs', '2', '--quiet'];

/** A table with a column of each type, as CSV. */
const mixed = `n,day,open,color,y\n${Array.from({ length: 60 }, (_, i) => `${(i * 7) % 11}.${i % 10},2024-02-${String(1 + (i % 29)).padStart(2, '0')},${i % 3 === 0},${['red', '', 'blue'][i % 3]},${i % 4}.5\n`).join('')}`;

/** The model file's bytes after a training. */
async function model(...args: string[]): Promise<string> {
  const { err, status } = await run('train', ...args, ...quick, '--out', 'm.safetensors');
  expect(err).toBe('');
  expect(status).toBe(0);
  return readFileSync(at('m.safetensors'), 'latin1');
}

beforeAll(async () => {
  writeFileSync(at('mixed.csv'), mixed);
  const connection = await (await DuckDBInstance.create()).connect();
  // Typed as other programs type it: a date, booleans, a float, nulls.
  await connection.run(
    `CREATE TABLE mixed AS SELECT n::DOUBLE AS n, day::DATE AS day, open::BOOLEAN AS open, nullif(color, '') AS color, y::FLOAT AS y FROM read_csv('${at('mixed.csv')}', all_varchar = true)`,
  );
  await connection.run(`COPY mixed TO '${at('mixed.parquet')}' (FORMAT parquet)`);
  await connection.run(`COPY mixed TO '${at('mixed.ndjson')}' (FORMAT json)`);
  await connection.run(`COPY (SELECT * FROM mixed LIMIT 25) TO '${at('part-1.parquet')}' (FORMAT parquet)`);
  await connection.run(`COPY (SELECT y, open, n, day, color FROM mixed OFFSET 25) TO '${at('part-2.csv')}' (HEADER)`);
  await connection.run(`COPY (SELECT {'a': 1} AS s, 1 AS y) TO '${at('nested.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
});

describe('one table', () => {
  test('gives the same bytes from CSV, Parquet, NDJSON, several files and a query', async () => {
    const expected = await model('mixed.csv');
    for (const same of [['mixed.parquet'], ['mixed.ndjson'], ['part-*'], ['mixed.csv', '--sql', 'select * from data;']])
      expect(await model(...same)).toBe(expected);
  });

  test('may be joined with another in a query', async () => {
    writeFileSync(at('extra.csv'), `color,z\nred,1\nblue,2\n`);
    const sql = 'select data.*, z from data join extra using (color) order by n, day, y';
    expect(await model('mixed.csv', '--table', 'extra=extra.csv', '--sql', sql)).toContain('\\"name\\":\\"z\\"');
  });
});

describe('--sql', () => {
  test.each<[string, RegExp]>([
    ["select * from read_text('/etc/hostname')", /reaches for a file, the network or a setting/],
    ["select * from 'mixed.parquet'", /reaches for a file, the network or a setting/],
    ["select * from read_csv('https://example.org/x.csv')", /cannot be run|reaches for/],
    ["select * from glob('/etc/*')", /reaches for a file, the network or a setting/],
    [
      "select * from query('select * from read_blob(''/etc/hostname'')')",
      /reaches for a file, the network or a setting/,
    ],
    ["select * from query_table('/etc/hostname')", /cannot be run|reaches for/],
    ["select n, y in (select content from read_text('/etc/hostname')) as y from data", /reaches for a file/],
    ["export database 'out'", /not one SELECT|reaches for/],
    ["copy data to 'out.csv'", /reaches for a file|not one SELECT/],
    ["attach 'x.db'", /not one SELECT|reaches for/],
    ["set memory_limit = '100GB'", /not one SELECT|reaches for/],
    ['install httpfs', /not one SELECT|reaches for/],
    ['select 1; drop table data', /not one SELECT/],
    ['drop table data', /not one SELECT/],
    ['selec', /--sql cannot be run: .*syntax error/],
    ['select nothing from data', /--sql cannot be run: .*nothing/],
    ['select * from data where n > 1e9', /gives no rows/],
    ['select [n] as l, y from data', /column "l" holds double\[\]/],
  ])('refuses %s', async (sql, sentence) => {
    const { out, err, status } = await run('train', 'mixed.csv', '--sql', sql, ...quick);
    expect([out, status]).toEqual(['', 2]);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

test('files that cannot be used are refused in one sentence', async () => {
  writeFileSync(at('damaged.parquet'), 'PAR1 and nothing');
  writeFileSync(at('other.csv'), 'a,b\n1,2\n');
  for (const [name, sentence] of [
    ['damaged.parquet', /damaged\.parquet cannot be read/],
    ['nested.parquet', /nested\.parquet, column "s" holds struct/],
    ['none-*.csv', /none-\*\.csv matches no file/],
    ['[mo]*e[dr]*.csv', /other\.csv has a column "a" where .*mixed\.csv has|mixed\.csv has .* where .*other\.csv/],
  ] as const) {
    const { err, status } = await run('train', name, ...quick);
    expect([name, status]).toEqual([name, 2]);
    expect(err).toMatch(sentence);
  }
});

/** A messy table with the types that DuckDB gives its columns, as a Parquet file. */
async function asParquet(file: string): Promise<string> {
  const path = `${file}.parquet`;
  const connection = await (await DuckDBInstance.create()).connect();
  const european = file.startsWith('semicolons') ? ", decimal_separator = ',', thousands = '.'" : '';
  // Without booleans, for which it takes yes and no.
  const types = "auto_type_candidates = ['BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMPTZ', 'VARCHAR']";
  const reader = `read_csv('${at(file)}', header = true, ${types}, nullstr = ['', 'NA', '?']${european})`;
  await connection.run(`COPY (FROM ${reader}) TO '${at(path)}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}

describe('a messy table, with nothing said but the target,', () => {
  const train = (file: string, target: string) =>
    run('train', file, '--target', target, '--out', 'messy.safetensors', '--json');

  test.each(messyTables.map((table) => [table.file, table] as const))(
    '%s is learnt, predicts, and gives the same model from Parquet',
    async (file, { content, target, notice }) => {
      writeFileSync(at(file), file.endsWith('.gz') ? gzipSync(content) : content);
      const { out, err, status } = await train(file, target);
      expect([err, status]).toEqual([expect.stringMatching(notice ?? /./), 0]);
      const { test: score } = JSON.parse(out);
      if (score.r2 === undefined) expect(score.accuracy).toBeGreaterThan(score.baseline + 0.2);
      else
        expect([score.r2, score.baseline.r2]).toEqual([
          expect.toSatisfy((r2) => r2 > 0.95),
          expect.toSatisfy((r2) => r2 < 0.1),
        ]);
      const bytes = readFileSync(at('messy.safetensors'));

      const predicted = await run('predict', 'messy.safetensors', file, '--json');
      expect(predicted.err).toBe('');
      expect(JSON.parse(predicted.out).predictions.length).toBeGreaterThan(50);

      expect((await train(await asParquet(file), target)).status).toBe(0);
      expect(readFileSync(at('messy.safetensors')).equals(bytes)).toBe(true);
    },
  );
});

test('a data set that ships has its target, and is learnt', async () => {
  const { out, status } = await run('train', 'builtin:wine', '--quiet', '--json', '--out', 'wine.safetensors');
  expect(status).toBe(0);
  const { test: score } = JSON.parse(out);
  expect(score.accuracy).toBeGreaterThan(0.9);
  const { dataSets } = JSON.parse((await run('data', 'list', '--json')).out);
  expect(dataSets).toContainEqual(expect.objectContaining({ name: 'wine', here: true }));
});

describe('data describe', () => {
  test('tells types, ranges, missing values, the likely target and what training makes of each column', async () => {
    const { out, status } = await run('data', 'describe', 'mixed.parquet', '--json');
    expect(status).toBe(0);
    const { rows, columns, target, problem } = JSON.parse(out);
    expect([rows, target, problem]).toEqual([60, { name: 'y', reason: 'its name says so' }, null]);
    expect(columns).toMatchObject([
      { name: 'n', type: 'number', missing: 0, association: { measure: 'pearson' } },
      { name: 'day', type: 'date', range: { least: '2024-02-01', greatest: '2024-02-29' } },
      {
        name: 'open',
        type: 'boolean',
        commonest: [
          ['false', 40],
          ['true', 20],
        ],
      },
      {
        name: 'color',
        type: 'category',
        missing: 20,
        distinct: 2,
        becomes: '3 inputs, one a category: blue, red, missing',
      },
      {
        name: 'y',
        range: { least: 0.5, median: 2, mean: 2, greatest: 3.5 },
        becomes: 'the target: numbers, standard scaling',
      },
    ]);
  });

  test('says what training would refuse, and where', async () => {
    writeFileSync(
      at('slip.csv'),
      `x,y\n${Array.from({ length: 40 }, (_, i) => `${i === 7 ? 'oops' : i},${i % 2}\n`).join('')}`,
    );
    const { out } = await run('data', 'describe', 'slip.csv', '--target', 'y');
    expect(out).toMatch(/x +unclear/);
    expect(out).toMatch(/training would refuse it: slip\.csv, line 9, column "x": found "oops"/);
  });
});

describe('predictions', () => {
  const formulas = '=cmd(),"-1, two",@sum,plain'.split(/,(?! )/).map((text) => text.replaceAll('"', ''));
  beforeAll(async () => {
    const rows = Array.from({ length: 80 }, (_, i) => `${i % 4},"${formulas[i % 4]}"\n`);
    writeFileSync(at('formulas.csv'), `x,y\n${rows.join('')}`);
    const args = ['--target', 'y', '--category', 'x', '--out', 'formulas.safetensors', '--quiet'];
    expect((await run('train', 'formulas.csv', ...args)).status).toBe(0);
  });
  const predict = (...args: string[]) => run('predict', 'formulas.safetensors', 'formulas.csv', ...args);

  test('are the same from a CSV, a JSON and a Parquet file', async () => {
    for (const name of ['p.csv', 'p.json', 'p.parquet']) {
      const { out, err, status } = await predict('--out', name);
      expect([out, err, status]).toEqual(['', `80 predictions written to ${name}.\n`, 0]);
    }
    const { predictions } = JSON.parse(readFileSync(at('p.json'), 'utf8'));
    expect(predictions.slice(0, 4).map(({ label }: { label: string }) => label)).toEqual(formulas);
    const [header, first] = readFileSync(at('p.csv'), 'utf8').split('\n');
    expect(header).toBe(
      'prediction,"probability of -1, two",probability of =cmd(),probability of @sum,probability of plain',
    );
    expect(first).toBe(['=cmd()', ...Object.values(predictions[0].probabilities)].join(','));
    const connection = await (await DuckDBInstance.create()).connect();
    const rows = (await connection.runAndReadAll(`FROM '${at('p.parquet')}'`)).getRowsJS();
    connection.closeSync();
    expect(rows).toEqual(
      predictions.map((one: { label: string; probabilities: object }) => [
        one.label,
        ...Object.values(one.probabilities),
      ]),
    );
  });

  test('that would be formulas are escaped where asked for', async () => {
    await predict('--out', 'e.csv', '--escape-formulas');
    const cells = readFileSync(at('e.csv'), 'utf8').split('\n').slice(1, 5);
    expect(cells.map((line) => line.split(/,0|,[1-9]/)[0])).toEqual(["'=cmd()", '"\'-1, two"', "'@sum", 'plain']);
  });

  test('are refused to a file of another kind before anything is read', async () => {
    const { err, status } = await predict('--out', 'p.xlsx');
    expect([err, status]).toEqual([
      'error: --out is "p.xlsx"; give a file whose name ends in .csv, .tsv, .json, .parquet.\n',
      2,
    ]);
    expect((await predict('--escape-formulas')).err).toContain('--escape-formulas is for a file of predictions');
  });
});
