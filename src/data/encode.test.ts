import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeInputs, encodeTargets, restoreTargets } from './encode.ts';
import { fitPreprocessing } from './fit-preprocessing.ts';
import { imagePreprocessing, inputWidth, type TablePreprocessing } from './preprocessing.ts';
import { scalings } from './scaling.ts';
import { selectRows, type Table, tableOf } from './table.ts';

const every = (table: Table) => Uint32Array.from({ length: table.rowCount }, (_, i) => i);
const preprocessing: TablePreprocessing = {
  kind: 'table',
  inputs: [
    { kind: 'number', name: 'length', offset: 1, scale: 2, fill: 5 },
    { kind: 'category', name: 'color', levels: ['blue', 'red'], unseen: ['green'] },
  ],
  target: { kind: 'classes', name: 'digit', classes: ['0', '1'], numeric: true },
};

test('numbers are scaled and filled, categories one-hot, whatever else the table holds', () => {
  const table = tableOf(
    't',
    ['color', 'extra', 'length'],
    [
      [' red', 'blue', 'green'],
      ['?', '?', '?'],
      ['3', 'NA', '-1'],
    ],
  );
  expect(encodeInputs(preprocessing, table)).toEqual({
    count: 3,
    width: 3,
    values: Float64Array.of(1, 0, 1, 2, 1, 0, -1, 0, 0),
    scale: 1,
  });
});

test('a missing category has an input if training rows had one', () => {
  const known: TablePreprocessing = {
    ...preprocessing,
    inputs: [{ kind: 'category', name: 'color', levels: ['red', null], unseen: [] }],
  };
  expect([...encodeInputs(known, tableOf('t', ['color'], [['', 'red', 'NA']])).values]).toEqual([0, 1, 1, 0, 0, 1]);
});

describe('cells that cannot be encoded are named', () => {
  const wrong = (length: string, color: string) => () =>
    encodeInputs(preprocessing, tableOf('p.csv', ['length', 'color'], [[length], [color]], [2]));
  test.each([
    [
      wrong('1', 'pink'),
      'p.csv, line 2, column "color": found the unknown category "pink"; the known categories are "blue", "red".',
    ],
    [
      wrong('1', ''),
      'p.csv, line 2, column "color": found a missing value, which the training rows never had; the known categories are "blue", "red".',
    ],
    [wrong('long', 'red'), 'p.csv, line 2, column "length": found "long" where a finite number is expected'],
    [wrong('NaN', 'red'), 'p.csv, line 2, column "length": found "NaN" where a finite number is expected'],
    [
      () => encodeInputs(preprocessing, tableOf('p.csv', ['lenght', 'color'], [['1'], ['red']])),
      'p.csv has no column "length" (did you mean "lenght"?), which the model was trained on; it needs the columns "length", "color".',
    ],
  ])('%#', (encode, sentence) => {
    expect(encode).toThrow(sentence);
  });
});

describe('targets', () => {
  const table = (...cells: string[]) => tableOf('t', ['digit'], [cells]);
  test('numeric classes are the same however they are written', () => {
    expect(encodeTargets(preprocessing, table('1', '1.0', '-0', '+0'))).toEqual({
      count: 4,
      classes: 2,
      labels: Uint32Array.of(1, 1, 0, 0),
    });
  });

  test('are refused where missing or unknown', () => {
    expect(() => encodeTargets(preprocessing, table('1', ''))).toThrow('t, row 2: the target "digit" is missing');
    expect(() => encodeTargets(preprocessing, table('1', '7'))).toThrow(
      't, row 2, column "digit": found the class "7", unknown to the model; its classes are "0", "1".',
    );
    const text: TablePreprocessing = {
      ...preprocessing,
      target: { kind: 'classes', name: 'digit', classes: ['a', 'b'], numeric: false },
    };
    expect(() => encodeTargets(text, table('a', 'NA'))).toThrow('t, row 2: the target "digit" is missing');
    const labels: TablePreprocessing = { ...preprocessing, target: { kind: 'labels', names: ['digit'] } };
    expect(() => encodeTargets(labels, table('1', '2'))).toThrow(
      't, row 2, column "digit": found 2 where a label is 0 or 1',
    );
    expect(() => encodeTargets(preprocessing, tableOf('t', ['other'], [['1']]))).toThrow('t has no column "digit"');
  });

  test('of images and classes are not scaled back', () => {
    const outputs = Float32Array.of(0.25, 0.75);
    expect(restoreTargets(preprocessing, outputs)).toEqual(Float64Array.from(outputs));
    expect(restoreTargets(imagePreprocessing([1, 1, 1], ['a', 'b']), outputs)).toEqual(Float64Array.from(outputs));
  });
});

test('a table too wide for memory is refused before it is made', () => {
  const levels = Array.from({ length: 20_000 }, (_, i) => `name ${i}`);
  const wide: TablePreprocessing = { ...preprocessing, inputs: [{ kind: 'category', name: 'id', levels, unseen: [] }] };
  expect(() => encodeInputs(wide, tableOf('t', ['id'], [levels]))).toThrow(
    't would become 20000 rows of 20000 inputs, more than fits in memory, 20000 of them for the categories of column "id"',
  );
});

/** Tables with awkward names, two columns of numbers and one of categories. */
const tables = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('__proto__', 'constructor', 'a"b', 'c,d', 'e\nf', '花瓣', 'x'), {
      minLength: 4,
      maxLength: 4,
    }),
    fc.array(
      fc.tuple(
        fc.integer({ min: -1000, max: 1000 }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.constantFrom('p', 'q', '__proto__', '花'),
        fc.double({ min: 0.1, max: 9.9, noNaN: true }),
      ),
      { minLength: 3, maxLength: 12 },
    ),
  )
  .map(([names, rows]) =>
    tableOf(
      't',
      names,
      names.map((_, i) => rows.map((row) => String(row[i]))),
    ),
  );

test('what was encoded can be told from the rows: scaling and one-hot are undone exactly enough', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(...scalings.filter((one) => one !== 'quantile')), (table, scale) => {
      const target = table.names[3];
      const { preprocessing: fitted } = fitPreprocessing(table, every(table), {
        targets: [target],
        scale,
        task: 'regression',
      });
      const { values, width } = encodeInputs(fitted, table);
      expect(width).toBe(inputWidth(fitted));
      for (let row = 0; row < table.rowCount; row++) {
        let at = row * width;
        // A column may have been left out.
        fitted.inputs.forEach((input) => {
          const cell = table.columns[table.names.indexOf(input.name)][row];
          if (input.kind === 'number') {
            expect(values[at] * input.scale + input.offset).toBeCloseTo(Number(cell), 8);
            at += 1;
          } else {
            const hot = [...values.subarray(at, at + input.levels.length)];
            expect(hot.filter((value) => value !== 0)).toEqual([1]);
            expect(input.levels[hot.indexOf(1)]).toBe(cell);
            at += input.levels.length;
          }
        });
      }
      const targets = encodeTargets(fitted, table);
      if (!('values' in targets)) throw new Error('expected numbers');
      const restored = restoreTargets(fitted, Float64Array.from(targets.values));
      table.columns[3].forEach((cell, row) => {
        expect(restored[row]).toBeCloseTo(Number(cell), 8);
      });
    }),
  );
});

test('neither the order of the columns nor others among them matter', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { preprocessing: fitted } = fitPreprocessing(table, every(table), {
        targets: [table.names[3]],
        task: 'regression',
      });
      const names = ['other', ...table.names].reverse();
      const columns = [table.columns[0], ...table.columns].reverse();
      const turned = tableOf('t', names, columns);
      expect(encodeInputs(fitted, turned)).toEqual(encodeInputs(fitted, table));
      expect(encodeTargets(fitted, turned)).toEqual(encodeTargets(fitted, table));
    }),
  );
});

test('encoding selected rows is selecting encoded rows', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { preprocessing: fitted } = fitPreprocessing(table, every(table), {
        targets: [table.names[3]],
        task: 'regression',
      });
      const { width, values } = encodeInputs(fitted, table);
      const last = table.rowCount - 1;
      expect(encodeInputs(fitted, selectRows(table, Uint32Array.of(last))).values).toEqual(values.slice(last * width));
    }),
  );
});
