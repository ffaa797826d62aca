// Rows of raw data as samples: every kind of column and target, each number what training's own preparing makes of it.
import { describe, expect, it } from 'vitest';
import { encodeInputs, encodeTargets, type TablePreprocessing, tableOf } from '../data/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { explain, renderText } from './index.ts';
import { batchOf, preparedSamples } from './prepared.ts';

const table = tableOf(
  'paint.csv',
  ['size', 'colour', 'price', 'dear', 'kept'],
  [
    ['4', '', '10'],
    ['red', 'blue', ''],
    ['3', '5', '8'],
    ['no', 'yes', 'no'],
    ['1', '0', '1'],
  ],
);
const inputs: TablePreprocessing['inputs'] = [
  { kind: 'number', name: 'size', offset: 6, scale: 4, fill: 5 },
  { kind: 'category', name: 'colour', levels: ['blue', 'red', null], unseen: [] },
];
const targets = {
  classes: { kind: 'classes', name: 'dear', classes: ['no', 'yes'], numeric: false },
  numbers: { kind: 'numbers', columns: [{ name: 'price', offset: 5, scale: 2 }] },
  labels: { kind: 'labels', names: ['kept'] },
} as const;

/** The samples of some rows, for a network that gives so many outputs. */
function prepared(target: TablePreprocessing['target'], units: number, rows: readonly number[]) {
  const net = network([dense(units, 'sigmoid')], { input: 4, seed: 1 });
  const preprocessing: TablePreprocessing = { kind: 'table', inputs, target };
  return { net, preprocessing, samples: preparedSamples(net, { table, preprocessing }, rows) };
}

describe('rows of a table', () => {
  it('are what encoding makes of them, in the order they were asked for', () => {
    const { preprocessing, samples } = prepared(targets.numbers, 1, [2, 0]);
    const { values } = encodeInputs(preprocessing, table);
    const encoded = encodeTargets(preprocessing, table);
    const batch = batchOf(samples);
    expect(batch.inputs).toEqual([Array.from(values.subarray(8, 12)), Array.from(values.subarray(0, 4))]);
    expect('values' in encoded && batch.targets.flat()).toEqual(
      'values' in encoded && [encoded.values[2], encoded.values[0]],
    );
    expect(samples.map(({ source, row }) => [source, row])).toEqual([
      ['paint.csv', 3],
      ['paint.csv', 1],
    ]);
  });

  it('say of each number which cell it is from and how', () => {
    const [first, second, third] = prepared(targets.numbers, 1, [0, 1, 2]).samples;
    expect(first.input[0]).toEqual({
      value: -0.5,
      column: 'size',
      raw: '4',
      how: { kind: 'scaled', offset: 6, scale: 4 },
    });
    expect(second.input[0]).toEqual({
      value: -0.25,
      column: 'size',
      raw: '',
      how: { kind: 'scaled', offset: 6, scale: 4, fill: 5 },
    });
    expect(third.input.slice(1)).toEqual(
      ['blue', 'red', null].map((level) => ({
        value: Number(level === null),
        column: 'colour',
        raw: '',
        how: { kind: 'level', level },
      })),
    );
    expect(first.target).toEqual([
      { value: -1, column: 'price', raw: '3', how: { kind: 'scaled', offset: 5, scale: 2 } },
    ]);
  });

  it('have classes as one output each, as one for two classes, and labels as they are', () => {
    const valuesOf = (target: TablePreprocessing['target'], units: number) =>
      prepared(target, units, [1]).samples[0].target.map(({ value, how }) => [
        value,
        how.kind === 'level' && how.level,
      ]);
    expect(valuesOf(targets.classes, 2)).toEqual([
      [0, 'no'],
      [1, 'yes'],
    ]);
    expect(valuesOf(targets.classes, 1)).toEqual([[1, 'yes']]);
    expect(valuesOf(targets.labels, 1)).toEqual([[0, '1']]);
  });

  it('are −1 and 1 for a loss that is made for those', () => {
    const net = network([dense(1)], { input: 4, seed: 1, loss: 'hinge' });
    const preprocessing: TablePreprocessing = { kind: 'table', inputs, target: targets.classes };
    expect(batchOf(preparedSamples(net, { table, preprocessing }, [0, 1])).targets).toEqual([[-1], [1]]);
  });

  it('that do not exist are refused with those that do', () => {
    expect(() => prepared(targets.numbers, 1, [0, 3])).toThrow('paint.csv has no row 4; it has rows 1 to 3.');
  });

  it('come first in a derivation, a column a heading', () => {
    const { net, samples } = prepared(targets.numbers, 1, [1]);
    const text = renderText(explain(net, { ...batchOf(samples), prepared: samples, learningRate: 1 }));
    expect(text.indexOf('size: missing; filled in with 5')).toBeLessThan(text.indexOf('Forward pass'));
    expect(text).toContain('x₁ = (5 − 6) / 4');
  });
});

describe('images', () => {
  const images = { source: 'i', shape: [2, 1, 2], values: Uint8Array.of(0, 255, 51, 102) };
  const labels = { source: 'l', shape: [2], values: Uint8Array.of(1, 0) };
  const net = network([dense(2, 'softmax')], { input: 2, seed: 1 });

  it('are bytes over 255, with the names of their classes', () => {
    const [second] = preparedSamples(net, { images, labels, classNames: ['cat', 'dog'] }, [1]);
    expect(second.input.map(({ value, raw, column }) => [value, raw, column])).toEqual([
      [51 / 255, '51', '[0,0,0]'],
      [102 / 255, '102', '[0,0,1]'],
    ]);
    expect(second.target.map(({ value, raw, how }) => [value, raw, how])).toEqual([
      [1, 'cat', { kind: 'level', level: 'cat' }],
      [0, 'cat', { kind: 'level', level: 'dog' }],
    ]);
  });
});
