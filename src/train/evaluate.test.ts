// Scores against hand-computed ones, on networks so small that their outputs are known.
import { describe, expect, test } from 'vitest';
import { evaluate, predict, predictRows } from '../../test/exact.ts';
import { datasetFromArrays } from '../data/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';

/** Hands its inputs through, so that outputs can be chosen. */
const identity = (width: number, options = {}) =>
  network([dense(width, 'linear', { bias: false })], {
    input: width,
    parameters: {
      'layers.0.weight': Array.from({ length: width }, (_, j) =>
        Array.from({ length: width }, (_, k) => Number(j === k)),
      ),
    },
    ...options,
  });

describe('classification', () => {
  const outputs = [
    [0.9, 0.1, 0.0],
    [0.2, 0.7, 0.1],
    [0.8, 0.1, 0.1],
    [0.1, 0.2, 0.7],
    [0.4, 0.4, 0.2],
  ];
  const truth = ['a', 'b', 'b', 'c', 'a'];

  test('accuracy and the confusion of true with predicted class, a tie going to the first', () => {
    const { samples, ...scores } = evaluate(identity(3), { inputs: outputs, targets: truth });
    expect(samples).toBe(5);
    expect(scores).toMatchObject({
      accuracy: 4 / 5,
      confusion: [
        [2, 0, 0],
        [1, 1, 0],
        [0, 0, 1],
      ],
    });
  });

  test('the loss is the mean over samples of one-hot targets', () => {
    const squares = [0.02, 0.14, 0.64 + 0.81 + 0.01, 0.14, 0.36 + 0.16 + 0.04];
    const expected = squares.reduce((sum, square) => sum + square / 2, 0) / 5;
    expect(evaluate(identity(3), { inputs: outputs, targets: truth }).loss).toBeCloseTo(expected, 14);
  });

  test('one output for two classes: above ½ is the second', () => {
    const inputs = [[0.2], [0.5], [0.51], [0.9]];
    expect(evaluate(identity(1), { inputs, targets: ['no', 'no', 'no', 'yes'] })).toMatchObject({
      accuracy: 3 / 4,
      confusion: [
        [2, 1],
        [0, 1],
      ],
    });
  });

  test('several labels of their own: the share of labels that are right, and no confusion', () => {
    const data = datasetFromArrays(
      [
        [0.9, 0.8],
        [0.1, 0.6],
      ],
      [
        [1, 1],
        [0, 0],
      ],
      { task: 'classification' },
    );
    const scores = evaluate(identity(2), data);
    expect(scores).toMatchObject({ accuracy: 3 / 4 });
    expect(scores).not.toHaveProperty('confusion');
  });
});

describe('regression', () => {
  test('R², RMSE and MAE of one target', () => {
    // errors 1, −1, 0; the mean of y is 3, Σ(y − 3)² = 8
    const scores = evaluate(identity(1), { inputs: [[2], [2], [5]], targets: [[1], [3], [5]] });
    expect(scores).toMatchObject({ r2: 1 - 2 / 8, rmse: Math.sqrt(2 / 3), mae: 2 / 3 });
  });

  test('R² is averaged over targets, the errors are taken over all', () => {
    const inputs = [
      [1, 10],
      [2, 10],
    ];
    const targets = [
      [1, 9],
      [2, 11],
    ];
    expect(evaluate(identity(2), { inputs, targets })).toMatchObject({ r2: 0.5, rmse: Math.sqrt(0.5), mae: 0.5 });
  });

  test('a target that is always the same has R² 1 where it is met, else 0', () => {
    expect(evaluate(identity(1), { inputs: [[2], [2]], targets: [[2], [2]] })).toMatchObject({ r2: 1 });
    expect(evaluate(identity(1), { inputs: [[2], [3]], targets: [[2], [2]] })).toMatchObject({ r2: 0 });
  });
});

test('penalties are part of the loss, once', () => {
  const data = { inputs: [[1, 2]], targets: [[1, 4]] };
  expect(evaluate(identity(2), data).loss).toBe(2);
  expect(evaluate(identity(2, { l2: 0.5, l1: 0.25 }), data).loss).toBeCloseTo(2 + 0.25 * 2 + 0.25 * 2, 14);
});

test('data of more than one evaluation batch come to the same as their parts', () => {
  const inputs = Array.from({ length: 600 }, (_, i) => [Math.sin(i)]);
  const targets = inputs.map(([x]) => [x * x]);
  const whole = evaluate(identity(1, { l2: 0.1 }), { inputs, targets });
  const parts = [inputs.slice(0, 100), inputs.slice(100)].map((part) =>
    evaluate(identity(1, { l2: 0.1 }), { inputs: part, targets: part.map(([x]) => [x * x]) }),
  );
  expect(whole.samples).toBe(600);
  expect(whole.loss).toBeCloseTo((100 * parts[0].loss + 500 * parts[1].loss) / 600, 12);
});

describe('predictions', () => {
  test('come one row for each input, in order, and none for none', () => {
    const inputs = Array.from({ length: 300 }, (_, i) => [i, -i]);
    expect(predict(identity(2), inputs)).toEqual(inputs.map(([a, b]) => [a, b + 0]));
    expect(predict(identity(2), [])).toEqual([]);
  });

  test('of samples in their held form come row after row', () => {
    const { samples } = datasetFromArrays(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      { task: 'regression' },
    );
    expect([...predictRows(identity(2), samples)]).toEqual([1, 2, 3, 4]);
  });

  test('of inputs that do not fit are an error', () => {
    expect(() => predict(identity(2), [[1, 2, 3]])).toThrow(
      expect.objectContaining({
        code: 'bad-shape',
        message: 'input 0 has 3 entries where 2 are expected; its shape must be [2].',
      }),
    );
  });
});
