// What the fixture of scikit-learn's numbers cannot say: ties, outputs that are no probabilities, and properties.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetFromArrays } from '../data/index.ts';
import { placeOf, rocAuc } from './metrics-ranks.ts';
import { report } from './metrics-report.ts';

const classes = (labels: number[], classNames: string[]) =>
  datasetFromArrays(
    labels.map(() => [0]),
    labels,
    { task: 'classification', classNames },
  );

describe('ROC AUC', () => {
  const outcomes = fc.array(fc.record({ output: fc.integer({ min: 0, max: 6 }), has: fc.boolean() }), {
    maxLength: 40,
  });

  test('is the share of pairs in the right order, equal outputs counting half', () => {
    fc.assert(
      fc.property(outcomes, (samples) => {
        const of = (kind: boolean) => samples.filter(({ has }) => has === kind).map(({ output }) => output);
        const pairs = of(true).flatMap((a) => of(false).map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const found = rocAuc(
          samples.map(({ output }) => output),
          samples.map(({ has }) => has),
        );
        if (pairs.length === 0) expect(found).toBeNull();
        else expect(found).toBeCloseTo(pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length, 12);
      }),
    );
  });

  test('of outputs that are not numbers comes to an end', () => {
    expect(rocAuc([Number.NaN, Number.NaN, 1], [true, false, true])).toBeTypeOf('number');
  });
});

test('of equal outputs the first class comes first, as in the answer; an output that is no number comes last', () => {
  expect([0, 1, 2].map((k) => placeOf([0.5, 0.5, 0], 0, 3, k))).toEqual([0, 1, 2]);
  expect(placeOf([Number.NaN, 1], 0, 2, 0)).toBe(1);
});

test('top-k goes as far as asked, and the first place is the accuracy', () => {
  const data = classes([0, 1, 2, 2], ['a', 'b', 'c']);
  const outputs = Float64Array.of(0.4, 0.4, 0.2, 0.5, 0.3, 0.2, 0.2, 0.3, 0.5, 0.6, 0.3, 0.1);
  expect(report(data, outputs)).toMatchObject({ accuracy: 0.5, topK: [0.5, 0.75, 1] });
  expect(report(data, outputs, { topK: 2 })).toMatchObject({ topK: [0.5, 0.75] });
  expect(() => report(data, outputs, { topK: 0 })).toThrow('topK is 0; it must be at least 1.');
});

test('outputs beyond 0 … 1 have no log loss, and all else', () => {
  const found = report(classes([0, 1, 1], ['no', 'yes']), Float64Array.of(1.5, -0.5, 0, 1, 2, 1));
  expect(found).toMatchObject({ logLoss: null, accuracy: 2 / 3, rocAuc: 1 });
});

test('classes and labels go by their names', () => {
  expect(report(classes([0, 1], ['no', 'yes']), Float64Array.of(0.2, 0.9))).toMatchObject({
    classes: [
      { name: 'no', support: 1 },
      { name: 'yes', support: 1 },
    ],
  });
});

test('a report says what is wrong with its arguments', () => {
  const data = classes([0, 1], ['a', 'b']);
  expect(() => report(data, new Float64Array(6))).toThrow(
    'there are 6 outputs for 2 samples with targets of 2 numbers; give one row of outputs per sample.',
  );
  const none = { count: 0, classes: 2, labels: new Uint32Array() };
  const empty = { ...data, samples: { ...data.samples, targets: none } };
  expect(() => report(empty, new Float64Array())).toThrow('a report needs samples, and there are none');
});
