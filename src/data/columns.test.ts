import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryColumn, isMissing, numberColumn, typeColumn } from './columns.ts';

const here = { source: 'data.csv', lines: Array.from({ length: 1000 }, (_, i) => i + 2) };
const twenty = Array.from({ length: 20 }, (_, i) => `${i}.5`);

describe('numbers', () => {
  test('are read in every usual spelling, missing ones as NaN', () => {
    const typed = typeColumn('x', ['1', ' -2.5 ', '+3e-2', '.5', '6.', 'NA', '', '?', 'null'], here);
    expect(typed).toMatchObject({ kind: 'number', integer: false, missing: 4 });
    if (typed.kind === 'number') expect([...typed.values.slice(0, 5)]).toEqual([1, -2.5, 0.03, 0.5, 6]);
  });

  test('are integers when all of them are', () => {
    expect(typeColumn('x', ['1', '2.0', 'NA'], here)).toMatchObject({ kind: 'number', integer: true });
    expect(typeColumn('x', ['', 'NA'], here)).toMatchObject({ kind: 'number', integer: false, missing: 2 });
  });

  test.each(['NaN', 'nan', 'Inf', '-inf', 'Infinity', '1e999'])(
    'refuse %s, naming row and column and a remedy',
    (cell) => {
      expect(() => typeColumn('x', ['1', cell], here)).toThrow(
        `data.csv, line 3, column "x": found "${cell}" where a finite number is expected; write a number such as 1.5, or leave the cell empty if the value is missing.`,
      );
    },
  );

  test('survive writing and reading', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const typed = typeColumn('x', values.map(String), here);
        expect(typed.kind === 'number' && Array.from(typed.values, (value) => value + 0)).toEqual(
          values.map((value) => value + 0),
        );
      }),
    );
  });

  test('that are not in decimal are text', () => {
    expect(typeColumn('x', ['0x10', '0b1', '1_000'], here).kind).toBe('category');
  });
});

test('stray text in a column of numbers is an error, not a category', () => {
  const cells = [...twenty, '12 years'];
  expect(() => typeColumn('my age', cells, here)).toThrow(
    'data.csv, line 22, column "my age": found "12 years" in a column where 20 of 21 cells are numbers; mend the cell, leave it empty if the value is missing, or name the column as a category (--category "my age").',
  );
  expect(typeColumn('x', ['1', '2', 'b'], here).kind).toBe('category');
  expect(typeColumn('x', [...Array(30).fill('1'), 'b'], here).kind).toBe('category');
});

test('numbers written with a comma are an error, not a category', () => {
  expect(() => typeColumn('x', ['3,5', '4', '1.234,5'], here)).toThrow(
    'line 2, column "x": found "3,5", a number written with a comma',
  );
});

describe('categories', () => {
  test('are trimmed, sorted by code unit and coded, missing ones −1', () => {
    expect(typeColumn('x', ['b', ' a', 'B', 'NA', 'a '], here)).toEqual({
      kind: 'category',
      name: 'x',
      categories: ['B', 'a', 'b'],
      codes: Int32Array.of(2, 1, 0, -1, 1),
      missing: 1,
    });
  });

  test('may look like numbers or like parts of an object', () => {
    expect(categoryColumn('x', ['10', '9', '__proto__', 'constructor']).categories).toEqual([
      '10',
      '9',
      '__proto__',
      'constructor',
    ]);
  });

  test('sodium and "none" are not missing', () => {
    expect([isMissing('Na'), isMissing('none'), isMissing(' NA ')]).toEqual([false, false, true]);
  });
});

test('a column known to be numbers refuses text', () => {
  expect(() => numberColumn('x', ['1', 'b'], { source: 't.json' })).toThrow(
    't.json, row 2, column "x": found "b" where a finite number is expected',
  );
});
