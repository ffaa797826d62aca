import { describe, expect, test } from 'vitest';
import { encodeInputs } from './encode.ts';
import { type FitPreprocessingOptions, fitPreprocessing } from './fit-preprocessing.ts';
import { cellOfInput } from './number-input.ts';
import { parsePreprocessing } from './preprocessing.ts';
import { tableOf } from './table.ts';

const count = 40;
const each = (cell: (i: number) => unknown) => Array.from({ length: count }, (_, i) => String(cell(i)));
const y = each((i) => `${i}.5`);

function fit(columns: Record<string, readonly string[]>, options: Partial<FitPreprocessingOptions> = {}) {
  const table = tableOf('t.csv', [...Object.keys(columns), 'y'], [...Object.values(columns), y]);
  const fitted = fitPreprocessing(
    table,
    Uint32Array.from({ length: count }, (_, i) => i),
    {
      targets: ['y'],
      ...options,
    },
  );
  // What a model file keeps of it is all there is.
  const preprocessing = parsePreprocessing(JSON.parse(JSON.stringify(fitted.preprocessing)), 'm');
  if (preprocessing.kind !== 'table') throw new Error('expected a table');
  const encoded = (...cells: string[]) => {
    const { values, width } = encodeInputs(preprocessing, tableOf('u.csv', Object.keys(columns), [cells]));
    return cells.map((_, row) => [...values.subarray(row * width, (row + 1) * width)]);
  };
  return { ...fitted, encoded };
}

describe('missing numbers', () => {
  const some = (missing: number) => each((i) => (i < missing ? '' : i % 5));
  test('get an input of their own from 10 missing values on', () => {
    expect(fit({ x: some(9) }).preprocessing.inputs).toHaveLength(1);
    const { preprocessing, notices, encoded } = fit({ x: some(10) }, { scale: 'none' });
    expect(preprocessing.inputs).toEqual([
      { kind: 'number', name: 'x', offset: 0, scale: 1, fill: 2 },
      { kind: 'number', name: 'x', offset: 0, scale: 1, fill: 0, missing: true },
    ]);
    expect(encoded('3', 'NA')).toEqual([
      [3, 0],
      [2, 1],
    ]);
    expect(notices).toEqual([
      'Column "x" has 10 missing values, filled with the training mean 2, and an input of its own says where they are missing.',
    ]);
  });

  test('get one always or never where that is asked for', () => {
    expect(fit({ x: some(1) }, { missingInputs: 'always' }).preprocessing.inputs).toHaveLength(2);
    expect(fit({ x: some(0) }, { missingInputs: 'always' }).preprocessing.inputs).toHaveLength(1);
    expect(fit({ x: some(30) }, { missingInputs: 'never' }).preprocessing.inputs).toHaveLength(1);
  });
});

describe('categories', () => {
  test('beyond the most are taken together, with those never seen and missing ones', () => {
    const { preprocessing, notices, encoded } = fit({ c: each((i) => 'aaaabbbccd'[i % 10]) }, { mostLevels: 3 });
    expect(preprocessing.inputs).toEqual([
      { kind: 'category', name: 'c', levels: ['a', 'b', 'other'], unseen: [], other: 'other' },
    ]);
    expect(encoded('a', 'd', 'never seen', '')).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 0, 1],
      [0, 0, 1],
    ]);
    expect(notices).toEqual([
      'Column "c" has 4 categories: the 2 commonest are inputs of their own, all others one together.',
    ]);
  });

  test('called "other" are among the others, and missing ones stay apart where training had some', () => {
    const cells = each((i) => ['other', 'other', 'a', 'b', 'c', ''][i % 6]);
    expect(fit({ c: cells }, { mostLevels: 3 }).preprocessing.inputs[0]).toMatchObject({
      levels: ['a', 'b', null, 'other'],
    });
  });

  test('with an order are numbers', () => {
    const order = ['small', 'medium', 'large'];
    const { preprocessing, encoded } = fit(
      { size: each((i) => order[i % 2]) },
      { orders: { size: order }, scale: 'minmax' },
    );
    expect(preprocessing.inputs).toEqual([{ kind: 'number', name: 'size', offset: 0, scale: 1, fill: 0.5, order }]);
    expect(encoded('small', 'large', '').flat()).toEqual([0, 2, 0.5]);
    expect(() => encoded('huge')).toThrow(
      'u.csv, row 1, column "size": found "huge", which has no place in the order "small", "medium", "large"',
    );
    expect(() => fit({ size: each(() => 'small') }, { orders: { size: ['small', 'small'] } })).toThrow(
      'the order of column "size" is "small", "small"; name at least two texts, each once.',
    );
  });
});

describe('dates', () => {
  test('are days, and are told as dates again', () => {
    const { preprocessing, notices, encoded } = fit(
      { d: each((i) => (i === 0 ? '' : '2024-01-31')) },
      { scale: 'none' },
    );
    const [input] = preprocessing.inputs;
    expect(input).toEqual({ kind: 'number', name: 'd', offset: 0, scale: 1, fill: 19_753, date: true });
    expect(encoded('2024-02-01', '').flat()).toEqual([19_754, 19_753]);
    if (input.kind === 'number') expect(cellOfInput(input, 19_754)).toBe('2024-02-01');
    expect(notices[0]).toBe('Column "d" has 1 missing value, filled with the training mean 2024-01-31.');
    expect(() => encoded('31/01/2024')).toThrow('found "31/01/2024" where a date is expected; write it as 2024-01-31');
  });

  test('to predict are classes, as other texts', () => {
    const table = tableOf('t', ['x', 'd'], [each((i) => i), each((i) => `2024-01-0${(i % 2) + 1}`)]);
    const { preprocessing } = fitPreprocessing(table, Uint32Array.of(0, 1, 2, 3), { targets: ['d'] });
    expect(preprocessing.target).toMatchObject({ kind: 'classes', classes: ['2024-01-01', '2024-01-02'] });
  });
});

describe('columns that name rows', () => {
  test.each(['id', 'customer_id', 'userId', 'Index', '编号'])('%s: integers that are all different', (name) => {
    const { preprocessing, notices } = fit({ [name]: each((i) => 1000 + i), x: each((i) => i % 3) });
    expect(preprocessing.inputs.map((input) => input.name)).toEqual(['x']);
    expect(notices[0]).toBe(
      `Column "${name}" has another value in every training row, as what names a row has: it is left out (--category ${name} keeps it).`,
    );
  });

  test.each<[string, Record<string, string[]>, Partial<FitPreprocessingOptions>]>([
    ['numbers by another name', { humid: each((i) => i) }, {}],
    ['one that repeats', { id: each((i) => i >> 1) }, {}],
    ['fractions', { id: each((i) => i + 0.5) }, {}],
    ['one that is asked for', { id: each((i) => `k${i}`) }, { categories: ['id'] }],
  ])('not %s', (_, columns, options) => {
    const { preprocessing } = fit({ ...columns, x: each((i) => i % 3) }, options);
    expect(preprocessing.inputs).toHaveLength(2);
  });

  test('texts that are all different, but not where nothing else is left', () => {
    const names = each((i) => `row ${i}`);
    expect(fit({ name: names, x: each((i) => i % 3) }).preprocessing.inputs).toHaveLength(1);
    expect(fit({ name: names }).preprocessing.inputs[0]).toMatchObject({ name: 'name', kind: 'category' });
  });
});

describe('in a table of a few rows', () => {
  const few = Array.from({ length: 19 }, (_, i) => i);
  const inputsOf = (rows: readonly number[], name: string, cell: (i: number) => string) => {
    const table = tableOf(
      't',
      [name, 'x', 'y'],
      [rows.map(cell), rows.map((i) => String(i % 3)), rows.map((i) => String(i % 2))],
    );
    const { preprocessing } = fitPreprocessing(table, Uint32Array.from(rows), { targets: ['y'] });
    return preprocessing.inputs.map((input) => [input.name, input.kind]);
  };

  test('texts are categories though they are all different', () => {
    for (const count of [3, 8, 19])
      expect(inputsOf(few.slice(0, count), 'city', (i) => `city ${i}`)).toEqual([
        ['city', 'category'],
        ['x', 'number'],
      ]);
  });

  test('numbers under a name that says so name rows', () => {
    expect(inputsOf(few.slice(0, 4), 'id', (i) => String(i))).toEqual([['x', 'number']]);
  });
});

describe('logarithms', () => {
  const skewed = each((i) => (i === 0 ? 1000 : i % 4));
  test('are taken of skewed columns where asked for, and undone for people', () => {
    const { preprocessing, notices } = fit({ skewed, even: each((i) => i % 7) }, { log: 'skewed' });
    const [first, second] = preprocessing.inputs;
    expect([first, second]).toMatchObject([{ log: true }, { name: 'even' }]);
    expect(second).not.toHaveProperty('log');
    expect(notices).toEqual(['Column "skewed" is skewed: its logarithm ln(1 + x) is taken.']);
    if (first.kind === 'number')
      expect(cellOfInput(first, (Math.log1p(1000) - first.offset) / first.scale)).toBeCloseTo(1000);
  });

  test('of negative numbers keep their sign', () => {
    const { encoded } = fit({ x: each((i) => i) }, { log: ['x'], scale: 'none' });
    expect(encoded('-3', '3').flat()).toEqual([-Math.log(4), Math.log(4)].map((value) => expect.closeTo(value, 12)));
  });
});

test('a column without spread is scaled all the same by quantiles', () => {
  expect(fit({ x: each(() => 7) }, { scale: 'quantile' }).preprocessing.inputs[0]).toEqual({
    kind: 'number',
    name: 'x',
    offset: 7,
    scale: 1,
    fill: 7,
  });
});
