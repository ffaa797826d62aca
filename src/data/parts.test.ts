import { expect, test } from 'vitest';
import { datasetFromArrays } from './arrays.ts';
import { prepareTable, splitDataset } from './parts.ts';
import { tableOf } from './table.ts';

const numbers = Array.from({ length: 50 }, (_, i) => String(i * i));
const table = tableOf('t.csv', ['x', 'w', 'y'], [numbers, numbers.map(() => '2'), numbers]);

test('a table is prepared with statistics of its training rows alone', () => {
  const {
    training,
    validation,
    test: held,
    rows,
    preprocessing,
  } = prepareTable(table, {
    targets: ['y'],
    test: 0.2,
    validation: 0.25,
    seed: 3,
    scaleTarget: 'none',
  });
  expect([training, validation, held].map((part) => part?.samples.inputs.count)).toEqual([30, 10, 10]);
  const mean = rows.training.reduce((sum, row) => sum + row * row, 0) / 30;
  expect(preprocessing.inputs[0]).toMatchObject({ name: 'x', offset: expect.closeTo(mean, 8) });
  expect(held?.samples.targets).toMatchObject({ values: Float64Array.from(rows.test, (row) => row * row) });
});

test('a column of weights is no input, and counts in training alone', () => {
  const { training, validation, preprocessing } = prepareTable(table, {
    targets: ['y'],
    weights: 'w',
    validation: 0.1,
  });
  expect(preprocessing.inputs.map(({ name }) => name)).toEqual(['x']);
  expect(training.samples.weights).toEqual(new Float64Array(45).fill(2));
  expect(validation?.samples.weights).toBeUndefined();
});

test('a data set is cut into what was asked for, and every sample is in one part', () => {
  const dataset = datasetFromArrays(
    Array.from({ length: 10 }, (_, i) => [i]),
    Array.from({ length: 10 }, () => [0]),
  );
  const { training, validation, test: held, rows } = splitDataset(dataset, { test: 0.3 });
  expect([training.samples.inputs.count, validation, held?.samples.inputs.count]).toEqual([7, undefined, 3]);
  expect([...rows.training, ...rows.test].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
