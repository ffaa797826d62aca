import { describe, expect, test } from 'vitest';
import {
  classNames,
  imagePreprocessing,
  inputNames,
  inputShape,
  inputWidth,
  isMultiLabel,
  outputNames,
  outputWidth,
  type Preprocessing,
  parsePreprocessing,
  targetNames,
  taskOf,
} from './preprocessing.ts';

const number = { kind: 'number', name: 'x', offset: 1, scale: 2, fill: 1 } as const;
const category = { kind: 'category', name: '__proto__', levels: ['a', null], unseen: ['b'] } as const;
const classes = { kind: 'classes', name: 'y', classes: ['no', 'yes'], numeric: false } as const;
const table: Preprocessing = { kind: 'table', inputs: [number, category], target: classes };
const image = imagePreprocessing([1, 28, 28], ['0', '1']);

test('widths, names and tasks of each kind', () => {
  expect([inputWidth(table), inputShape(table), inputNames(table)]).toEqual([3, [3], ['x', '__proto__']]);
  expect([outputWidth(table), classNames(table), targetNames(table), taskOf(table)]).toEqual([
    2,
    ['no', 'yes'],
    ['y'],
    'classification',
  ]);
  expect([inputWidth(image), inputShape(image), outputWidth(image), taskOf(image)]).toEqual([
    784,
    [1, 28, 28],
    2,
    'classification',
  ]);
  const labels: Preprocessing = { ...table, target: { kind: 'labels', names: ['p', 'q'] } };
  expect([isMultiLabel(labels), classNames(labels), outputNames(labels), taskOf(labels)]).toEqual([
    true,
    undefined,
    ['p', 'q'],
    'classification',
  ]);
  const numbers: Preprocessing = {
    ...table,
    target: { kind: 'numbers', columns: [{ name: 'y', offset: 0, scale: 1 }] },
  };
  expect([taskOf(numbers), isMultiLabel(numbers), targetNames(numbers)]).toEqual(['regression', false, ['y']]);
});

test('survives a file', () => {
  for (const preprocessing of [table, image]) {
    expect(parsePreprocessing(JSON.parse(JSON.stringify(preprocessing)), 'm')).toEqual(preprocessing);
  }
});

describe('preprocessing from a damaged file is refused, naming the field', () => {
  test.each([
    [
      { ...table, inputs: [{ ...number, scale: 0 }] },
      'm.safetensors: the field "preprocessing.inputs.0.scale" is not as expected (too small)',
    ],
    [
      { ...table, inputs: [{ ...number, scale: null }] },
      '"preprocessing.inputs.0.scale" is not as expected (invalid type)',
    ],
    [{ ...table, inputs: [] }, '"preprocessing.inputs"'],
    [{ ...table, inputs: [number, number] }, '"preprocessing.inputs"'],
    [{ ...table, extra: 1 }, '"preprocessing.extra" is not as expected (unrecognized keys)'],
    [{ ...table, target: { ...classes, classes: ['a', 'a'] } }, '"preprocessing.target.classes"'],
    [{ ...table, target: { kind: 'other' } }, '"preprocessing.target.kind"'],
    [{ ...image, shape: [1, 28] }, '"preprocessing.shape"'],
    [{ ...image, shape: [1, 28, -1] }, '"preprocessing.shape.2"'],
    [null, '"preprocessing"'],
  ])('%#', (value, sentence) => {
    expect(() => parsePreprocessing(value, 'm.safetensors')).toThrow(sentence);
  });
});
