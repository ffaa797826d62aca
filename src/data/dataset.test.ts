import { describe, expect, test } from 'vitest';
import { datasetFromArrays } from './arrays.ts';
import { baseline } from './baseline.ts';
import { type Dataset, datasetFromIdx, datasetFromTable, subset } from './dataset.ts';
import { fitPreprocessing } from './fit-preprocessing.ts';
import { tableOf } from './table.ts';

const xor = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

describe('datasets from arrays', () => {
  test('rows of numbers are regression', () => {
    const dataset = datasetFromArrays(xor, [[0.5], [1], [1], [0]]);
    expect(dataset).toEqual({
      samples: {
        inputs: { count: 4, width: 2, values: Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1), scale: 1 },
        targets: { count: 4, width: 1, values: Float64Array.of(0.5, 1, 1, 0), scale: 1 },
      },
      inputShape: [2],
      task: 'regression',
    });
    expect(datasetFromArrays([1, 2], [3, 4]).inputShape).toEqual([1]);
  });

  test('one-hot rows, names and, if asked for, integers are classes', () => {
    const labels = { count: 2, classes: 2, labels: Uint32Array.of(1, 0) };
    const inputs = [[1], [2]];
    const made = [
      datasetFromArrays(inputs, [
        [0, 1],
        [1, 0],
      ]),
      datasetFromArrays(inputs, [1, 0], { task: 'classification' }),
    ];
    for (const dataset of made) {
      expect(dataset).toMatchObject({ task: 'classification', classNames: ['0', '1'], samples: { targets: labels } });
    }
    const named = datasetFromArrays(inputs, ['yes', 'no']);
    expect(named).toMatchObject({ classNames: ['no', 'yes'], samples: { targets: labels } });
  });

  test('rows of 0 and 1 are labels if asked for', () => {
    const targets = [[0], [1], [1], [0]];
    const dataset = datasetFromArrays(xor, targets, { task: 'classification' });
    expect(dataset.task).toBe('classification');
    expect(dataset.samples.targets).toMatchObject({ width: 1 });
  });

  test('nested inputs give their shape', () => {
    const image = [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ];
    expect(datasetFromArrays([image, image], [1.5, 2.5]).inputShape).toEqual([1, 2, 3]);
  });

  test.each<[() => Dataset, string]>([
    [() => datasetFromArrays([], []), 'inputs is empty'],
    [() => datasetFromArrays([[1]], [1, 2]), 'inputs has 1 samples where targets has 2'],
    [
      () => datasetFromArrays([...xor.slice(0, 3), [1, 2, 3, 4]], [1, 2, 3, 4]),
      'inputs[3] has 4 entries where 2 are expected',
    ],
    [() => datasetFromArrays([[1], [Number.NaN]], [1, 2]), 'inputs[1,0] is NaN'],
    [() => datasetFromArrays([[]], [1]), 'inputs[0] is empty'],
    [() => datasetFromArrays([[1], [2]], [[1], [1, 2]]), 'targets[1] has 2 entries where 1 are expected'],
    [() => datasetFromArrays([[1]], [[[1]]]), 'targets[0] is nested 2 deep'],
    [
      () => datasetFromArrays([[1], [2]], [0, 1.5], { task: 'classification' }),
      'targets[1] is 1.5; a class is an integer from 0, or a name.',
    ],
    [() => datasetFromArrays([[1], [2]], [0, -1], { task: 'classification' }), 'targets[1] is -1'],
    [() => datasetFromArrays([[1], [2]], [0, 0], { task: 'classification' }), 'targets have 1 class'],
    [
      () => datasetFromArrays([[1], [2]], ['a', 'b'], { classNames: ['a', 'c'] }),
      'targets[1] is "b", which is none of the class names ["a","c"]',
    ],
    [() => datasetFromArrays([[1], [2]], ['a', 'b'], { task: 'regression' }), 'regression needs numbers'],
    [
      () => datasetFromArrays([[1]], [[1, 2]], { task: 'classification' }),
      'targets[0,1] is 2; a row of labels holds 0 and 1 only',
    ],
  ])('error %#', (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

const images = { source: 'images', shape: [3, 1, 2], values: Uint8Array.of(0, 1, 2, 3, 4, 255) };
const labels = { source: 'labels', shape: [3], values: Uint8Array.of(2, 0, 1) };

test('a subset keeps bytes as bytes and the order asked for', () => {
  const dataset = datasetFromIdx(images, labels);
  const part = subset(dataset, Uint32Array.of(2, 0));
  expect(part.samples.inputs).toEqual({ count: 2, width: 2, values: Uint8Array.of(4, 255, 0, 1), scale: 1 / 255 });
  expect(part.samples.targets).toEqual({ count: 2, classes: 3, labels: Uint32Array.of(1, 2) });
  expect(part).toMatchObject({ inputShape: [1, 1, 2], classNames: ['0', '1', '2'], preprocessing: { kind: 'image' } });
  expect(() => subset(dataset, Uint32Array.of(0, 3))).toThrow(
    'rows[1] is 3 where the dataset has rows 0 to 2; name rows that it has.',
  );
});

test('images may have named classes', () => {
  expect(datasetFromIdx(images, labels, { classNames: ['x', 'y', 'z', 'unused'] }).samples.targets).toMatchObject({
    classes: 4,
  });
  expect(() => datasetFromIdx(images, labels, { classNames: ['x', 'y'] })).toThrow(
    'labels, label 0 (counting from 0) is 2 where 2 classes allow',
  );
});

describe('the baseline', () => {
  test('of classes is the majority of the training part', () => {
    const part = (names: string[]) =>
      datasetFromArrays(
        names.map(() => [1]),
        names,
        { classNames: ['a', 'b', 'c'] },
      );
    expect(baseline(part(['b', 'b', 'a']), part(['a', 'b', 'c', 'c']))).toEqual({
      kind: 'majority',
      label: 1,
      accuracy: 0.25,
    });
  });

  test('of numbers is the training mean, measured in their own units', () => {
    const table = tableOf(
      't',
      ['x', 'y'],
      [
        ['1', '2', '3', '4'],
        ['10.5', '20.5', '10', '30'],
      ],
    );
    const training = Uint32Array.of(0, 1);
    const { preprocessing } = fitPreprocessing(table, training, { targets: ['y'] });
    const dataset = datasetFromTable(preprocessing, table);
    const found = baseline(subset(dataset, training), subset(dataset, Uint32Array.of(2, 3)));
    // mean 15.5; errors −5.5 and 14.5; test mean 20, deviations ∓10
    if (found.kind !== 'mean') throw new Error('expected a mean');
    expect(found.values[0]).toBeCloseTo(15.5, 12);
    expect(found.mae).toBeCloseTo(10, 12);
    expect(found.rmse).toBeCloseTo(Math.sqrt((5.5 ** 2 + 14.5 ** 2) / 2), 12);
    expect(found.r2).toBeCloseTo(1 - (5.5 ** 2 + 14.5 ** 2) / 200, 12);
  });

  test('of labels is the commoner answer to each', () => {
    const rows = (targets: number[][]) =>
      datasetFromArrays(
        targets.map(() => [1]),
        targets,
        { task: 'classification' },
      );
    const training = rows([
      [1, 0],
      [1, 0],
      [0, 0],
      [1, 1],
    ]);
    const test = rows([
      [1, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(baseline(training, test)).toEqual({
      kind: 'majorityLabels',
      labels: [1, 0],
      accuracy: expect.closeTo(4 / 6, 12),
    });
  });

  test('needs parts of the same data', () => {
    const classes = datasetFromArrays([[1], [2]], ['a', 'b']);
    const numbers = datasetFromArrays([[1], [2]], [1.5, 2]);
    expect(() => baseline(classes, numbers)).toThrow('the two datasets have different targets');
    expect(() => baseline(numbers, subset(numbers, new Uint32Array()))).toThrow(
      'the parts have 2 and 0; give at least one each',
    );
  });
});
