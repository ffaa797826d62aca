import { describe, expect, test } from 'vitest';
import { column, place, quoted, selectRows, tableOf } from './table.ts';

describe('tableOf', () => {
  test('takes names that are awkward in objects, text and files', () => {
    const names = ['__proto__', 'constructor', 'a "b"', 'c,d', 'e\nf', '花瓣长度', 'toString'];
    const table = tableOf(
      't',
      names,
      names.map((_, i) => [`${i}`]),
    );
    names.forEach((name, i) => {
      expect(column(table, name)).toEqual([`${i}`]);
    });
  });

  test('refuses repeated and empty names', () => {
    expect(() => tableOf('t.csv', ['a', 'b', 'a'], [[], [], []])).toThrow(
      't.csv has two columns named "a" (columns 1 and 3); rename one of them, or add a header line if the first line is data.',
    );
    expect(() => tableOf('t.csv', ['a', ' '], [[], []])).toThrow(
      't.csv has no name for column 2; give every column a name in the header.',
    );
  });

  test('refuses columns of different lengths and a wrong number of columns', () => {
    expect(() => tableOf('t', ['a', 'b'], [['1'], []])).toThrow('column "b" has 0 cells where column "a" has 1');
    expect(() => tableOf('t', ['a', 'b'], [['1']])).toThrow('t has 1 columns where 2 are named');
  });
});

test('an unknown column names the nearest one and all there are', () => {
  const table = tableOf('iris.csv', ['petal_length', 'species'], [['1'], ['a']]);
  expect(() => column(table, 'specis')).toThrow(
    'iris.csv has no column "specis" (did you mean "species"?); its columns are "petal_length", "species".',
  );
  expect(() => column(table, '__proto__')).toThrow('iris.csv has no column "__proto__"');
});

test('selected rows keep their place in messages', () => {
  const table = tableOf('t', ['a'], [['x', 'y', 'z']]);
  const selected = selectRows(table, Uint32Array.of(2, 0));
  expect(selected.columns).toEqual([['z', 'x']]);
  expect(place(selected, 0)).toBe('t, row 3');
  expect(place(selectRows(selected, Uint32Array.of(1)), 0)).toBe('t, row 1');
  expect(place(selectRows({ ...table, lines: [2, 5, 6] }, Uint32Array.of(1)), 0)).toBe('t, line 5');
});

test('quoted text is one line of bounded length', () => {
  expect(quoted('a\nb"')).toBe('"a\\nb\\""');
  expect(quoted('x'.repeat(100))).toHaveLength(62);
});
