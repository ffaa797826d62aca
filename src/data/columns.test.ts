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

test('a comma that may be a decimal mark or separate thousands is an error, not a category', () => {
  expect(() => typeColumn('x', ['7', '1,234'], here)).toThrow(
    'data.csv, line 3, column "x": found "1,234", a number written with a comma, which may stand for a decimal point or separate thousands; write 1234.5 for it, or name the column as a category (--category x).',
  );
});

describe('dates', () => {
  const days = (...cells: string[]) => {
    const typed = typeColumn('d', cells, here);
    return typed.kind === 'number' && typed.date ? [...typed.values] : undefined;
  };

  test('are days since 1970, whichever way they are written', () => {
    expect(days('1970-01-02', '', '2000-02-29')).toEqual([1, Number.NaN, 11016]);
    expect(days('1970/1/2', '2.1.1970', '1970年1月2日')).toEqual([1, 1, 1]);
    expect(days('1970-01-01T12:00', '1970-01-01 18:00:00+06:00')).toEqual([0.5, 0.5]);
    expect(days('1969-12-31 23:59:59.5Z')?.[0]).toBeCloseTo(-0.5 / 86_400, 12);
  });

  test('agree with the calendar of JavaScript on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
        const text = new Date(day * 86_400_000).toISOString();
        fc.pre(/^\d{4}-/.test(text));
        expect(days(text.slice(0, 10), text)).toEqual([day, day]);
      }),
    );
  });

  test('that do not exist, or whose day and month may be swapped, are texts', () => {
    for (const text of ['2023-02-29', '2023-13-01', '3/4/2024', '2024-01-01 24:00', '2024-01/01'])
      expect(days(text)).toBeUndefined();
  });
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

  test('true and false are the same however programs spell them', () => {
    expect(typeColumn('x', ['True', 'FALSE', 'true', 'maybe'], here)).toMatchObject({
      categories: ['false', 'maybe', 'true'],
    });
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
