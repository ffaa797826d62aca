import { describe, expect, test } from 'vitest';
import { type FitPreprocessingOptions, fitPreprocessing } from './fit-preprocessing.ts';
import { type Table, tableOf } from './table.ts';

const every = (table: Table) => Uint32Array.from({ length: table.rowCount }, (_, i) => i);
const flowers = tableOf(
  'f.csv',
  ['length', 'color', 'seeds', 'species'],
  [
    ['1', '3', '', '2', '5'],
    ['red', 'blue', 'red', 'NA', 'red'],
    ['3', '3', '3', '3', '3'],
    ['a', 'b', 'a', 'b', 'a'],
  ],
  [2, 3, 4, 5, 6],
);

function fitColumns(columns: Record<string, readonly string[]>, options: FitPreprocessingOptions, rows?: Uint32Array) {
  const table = tableOf('t.csv', Object.keys(columns), Object.values(columns));
  return fitPreprocessing(table, rows ?? every(table), options);
}

describe('inputs', () => {
  test('are fitted on the training rows alone', () => {
    const { preprocessing, notices } = fitPreprocessing(flowers, Uint32Array.of(0, 1, 2, 3), {
      targets: ['species'],
      scale: 'minmax',
    });
    expect(preprocessing.inputs).toEqual([
      { kind: 'number', name: 'length', offset: 1, scale: 2, fill: 2 },
      { kind: 'category', name: 'color', levels: ['blue', 'red', null], unseen: [] },
      { kind: 'number', name: 'seeds', offset: 3, scale: 1, fill: 3 },
    ]);
    expect(notices).toEqual([
      'Column "length" has 1 missing value, filled with the training mean 2.',
      'Column "color" has 1 missing value, taken as a category of its own.',
      'Column "seeds" is the same in every training row, so nothing can be learned from it.',
    ]);
  });

  test('do not change with the rows held out', () => {
    const rows = Uint32Array.of(0, 1);
    const options: FitPreprocessingOptions = { targets: ['y'] };
    const a = fitColumns({ x: ['1', '2', '3'], c: ['p', 'q', 'p'], y: ['0.5', '2', '3'] }, options, rows);
    const b = fitColumns({ x: ['1', '2', '900'], c: ['p', 'q', 'p'], y: ['0.5', '2', '-70'] }, options, rows);
    expect(a).toEqual(b);
  });

  test('a category met only in rows held out has no input, and that is said', () => {
    const { preprocessing, notices } = fitPreprocessing(flowers, Uint32Array.of(0, 2, 1, 4), {
      targets: ['species'],
      ignore: ['length'],
    });
    expect(preprocessing.inputs[0]).toEqual({
      kind: 'category',
      name: 'color',
      levels: ['blue', 'red'],
      unseen: [null],
    });
    expect(notices).toContain('Column "color": no training row has "missing", so the network learns nothing about it.');
  });

  test('numbers may be named as categories', () => {
    const { preprocessing } = fitPreprocessing(flowers, every(flowers), {
      targets: ['species'],
      categories: ['seeds'],
      ignore: ['length', 'color'],
    });
    expect(preprocessing.inputs).toEqual([{ kind: 'category', name: 'seeds', levels: ['3'], unseen: [] }]);
  });

  test('a column of many categories that are nearly all different is pointed out', () => {
    const names = Array.from({ length: 30 }, (_, i) => `row ${Math.max(i, 1)}`);
    const { notices } = fitColumns({ near: names, y: names.map((_, i) => `${i % 2}.5`) }, { targets: ['y'] });
    expect(notices).toEqual([
      'Column "near" has 29 categories in 30 training rows, each an input of its own; if it identifies rows, leave it out (--ignore near).',
    ]);
  });

  test('a column without any value is refused', () => {
    expect(() => fitColumns({ x: ['', 'NA'], z: ['1', '2'], y: ['a', 'b'] }, { targets: ['y'] })).toThrow(
      'column "x" has no value in any training row; leave it out (--ignore x).',
    );
  });
});

describe('the task', () => {
  const x = ['1', '2', '3', '4'];
  test.each<[string, Record<string, string[]>, Partial<FitPreprocessingOptions>, object, number]>([
    [
      'text is classes',
      { y: ['b', 'a', 'b', 'a'] },
      {},
      { kind: 'classes', name: 'y', classes: ['a', 'b'], numeric: false },
      0,
    ],
    [
      'few integers are classes, and it is said',
      { y: ['10', '2.0', '-1', '2'] },
      {},
      { kind: 'classes', name: 'y', classes: ['-1', '2', '10'], numeric: true },
      1,
    ],
    [
      'few integers are numbers if asked for',
      { y: ['1', '3', '1', '3'] },
      { task: 'regression' },
      { kind: 'numbers', columns: [{ name: 'y', offset: 2, scale: 1 }] },
      0,
    ],
    [
      'fractions are numbers',
      { y: ['1.5', '3.5', '1.5', '3.5'] },
      { scaleTarget: 'minmax' },
      { kind: 'numbers', columns: [{ name: 'y', offset: 1.5, scale: 2 }] },
      0,
    ],
    [
      'fractions are classes if asked for',
      { y: ['1.5', '3', '1.50', '3'] },
      { task: 'classification' },
      { kind: 'classes', name: 'y', classes: ['1.5', '3'], numeric: true },
      0,
    ],
    [
      'numbers named as categories keep their spelling',
      { y: ['01', '1', '01', '1'] },
      { categories: ['y'] },
      { kind: 'classes', name: 'y', classes: ['01', '1'], numeric: false },
      0,
    ],
    [
      'several columns of 0 and 1 are labels',
      { y: ['0', '1', '0', '1'], z: ['1', '1', '0', '0'] },
      {},
      { kind: 'labels', names: ['y', 'z'] },
      1,
    ],
    [
      'several columns of 0 and 1 are numbers if asked for',
      { y: ['0', '1', '0', '1'], z: ['1', '1', '0', '0'] },
      { task: 'regression', scaleTarget: 'none' },
      {
        kind: 'numbers',
        columns: [
          { name: 'y', offset: 0, scale: 1 },
          { name: 'z', offset: 0, scale: 1 },
        ],
      },
      0,
    ],
    [
      'several columns of integers are numbers',
      { y: ['0', '1', '0', '1'], z: ['2', '4', '2', '4'] },
      {},
      {
        kind: 'numbers',
        columns: [
          { name: 'y', offset: 0.5, scale: 0.5 },
          { name: 'z', offset: 3, scale: 1 },
        ],
      },
      0,
    ],
    [
      'a constant target is pointed out',
      { y: ['1.5', '1.5', '1.5', '1.5'] },
      {},
      { kind: 'numbers', columns: [{ name: 'y', offset: 1.5, scale: 1 }] },
      1,
    ],
  ])('%s', (_, columns, options, target, notices) => {
    const fitted = fitColumns({ x, ...columns }, { targets: Object.keys(columns), ...options });
    expect(fitted.preprocessing.target).toEqual(target);
    expect(fitted.notices).toHaveLength(notices);
  });

  test('integers are classes up to 20 distinct values', () => {
    const integers = (count: number) => Array.from({ length: 60 }, (_, i) => `${i % count}`);
    const kind = (count: number) =>
      fitColumns({ x: integers(7), y: integers(count) }, { targets: ['y'] }).preprocessing.target.kind;
    expect([kind(20), kind(21)]).toEqual(['classes', 'numbers']);
  });

  test('a class outside the training rows is kept, and it is said', () => {
    const { preprocessing, notices } = fitColumns(
      { x, y: ['a', 'b', 'a', 'c'] },
      { targets: ['y'] },
      Uint32Array.of(0, 1, 2),
    );
    expect(preprocessing.target).toMatchObject({ classes: ['a', 'b', 'c'] });
    expect(notices).toEqual(['No training row has the class "c" of "y", so the network cannot learn it.']);
  });

  test.each<[Record<string, string[]>, FitPreprocessingOptions, string]>([
    [
      { y: ['a', 'a', 'a', 'a'] },
      { targets: ['y'] },
      't.csv: the target "y" has a single class, "a", in all 4 training rows',
    ],
    [{ y: ['7', '7', '7', '7'] }, { targets: ['y'] }, 'the target "y" has a single class, "7"'],
    [
      { y: ['a', '', 'b', 'a'] },
      { targets: ['y'] },
      't.csv, row 2: the target "y" is missing; fill it in or remove the row.',
    ],
    [{ y: ['1', '2', 'NA', '4'] }, { targets: ['y'] }, 't.csv, row 3: the target "y" is missing'],
    [
      { y: ['1', 'b', '3', '4'] },
      { targets: ['y'], task: 'regression' },
      't.csv, row 2: the target "y" is "b", and regression needs numbers; mend the column or use --task classification.',
    ],
    [
      { y: ['1', '2', '3', '4'], z: ['a', 'b', 'a', 'b'] },
      { targets: ['y', 'z'] },
      't.csv, row 1: the target "z" is "a", and several targets must all be numbers',
    ],
    [
      { y: ['1', '2', '3', '4'], z: ['0', '1', '0', '1'] },
      { targets: ['y', 'z'], task: 'classification' },
      'several targets ("y", "z") can be classified only as labels of 0 and 1',
    ],
    [
      { y: x },
      { targets: ['y'], categories: ['y'], task: 'regression' },
      'the target "y" is named as a category, but its task needs numbers',
    ],
    [{ y: x }, { targets: [] }, 'no target is named; name a column to predict: "x", "y".'],
    [{ y: x }, { targets: ['Y'] }, 't.csv has no column "Y" (did you mean "y"?); its columns are "x", "y".'],
    [{ y: x }, { targets: ['y'], ignore: ['q'] }, 't.csv has no column "q"'],
    [{ y: x }, { targets: ['y'], categories: ['constructor'] }, 't.csv has no column "constructor"'],
    [{ y: x }, { targets: ['y', 'y'] }, 'the target "y" is named twice'],
    [{ y: x }, { targets: ['y'], ignore: ['y'] }, 'column "y" is both a target and ignored'],
    [{ y: x }, { targets: ['y'], ignore: ['x'] }, 't.csv has no input columns left'],
  ])('error %#: %o', (columns, options, sentence) => {
    expect(() => fitColumns({ x, ...columns }, options)).toThrow(sentence);
  });

  test('no training rows is an error', () => {
    expect(() => fitColumns({ x, y: x }, { targets: ['y'] }, new Uint32Array())).toThrow('t.csv has no training rows');
  });
});
