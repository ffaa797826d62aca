import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitFolds, splitRows } from './split.ts';

test('every row is in exactly one part, whatever the fractions', () => {
  const fraction = fc.double({ min: 0.1, max: 0.4, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 300 }), fraction, fraction, fc.nat(), (count, test, validation, seed) => {
      const parts = splitRows(count, { test, validation, seed });
      const all = [...parts.training, ...parts.validation, ...parts.test].sort((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
      expect(parts.test.length).toBe(Math.round(count * test));
      expect(parts.validation.length).toBe(Math.round((count - parts.test.length) * validation));
      expect([...parts.training]).toEqual([...parts.training].sort((a, b) => a - b));
    }),
  );
});

test('the seed alone decides', () => {
  const options = { test: 0.2, validation: 0.1, seed: 7 };
  expect(splitRows(150, options)).toEqual(splitRows(150, options));
  expect(splitRows(150, options).test).not.toEqual(splitRows(150, { ...options, seed: 8 }).test);
});

test('nothing held out leaves every row in order', () => {
  const parts = splitRows(3, { test: 0, validation: 0, seed: 1 });
  expect(parts).toEqual({ training: Uint32Array.of(0, 1, 2), validation: new Uint32Array(), test: new Uint32Array() });
});

test.each([
  [10, 1, 0, 'the test fraction is 1; it must be at least 0 and less than 1'],
  [10, -0.1, 0, 'the test fraction is -0.1'],
  [10, 0, Number.NaN, 'the validation fraction is NaN'],
  [2, 0.2, 0, 'the test part would be empty: 0.2 of 2 rows is less than half a row'],
  [1, 0.6, 0, 'no rows are left to train on: 1 of 1 are for testing and 0 for validation'],
  [0, 0, 0, 'no rows are left to train on'],
])('%i rows, test %d, validation %d: says what is wrong', (count, test, validation, sentence) => {
  expect(() => splitRows(count, { test, validation, seed: 1 })).toThrow(sentence);
});

const countsOf = (rows: Uint32Array, strata: readonly (number | string)[]) => {
  const counts = new Map<number | string, number>();
  for (const row of rows) counts.set(strata[row], (counts.get(strata[row]) ?? 0) + 1);
  return counts;
};

const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

describe('stratified', () => {
  const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 200 });

  test('parts are of the same sizes as without, and have their share of every class to within a row', () => {
    fc.assert(
      fc.property(labels, fc.nat(), (stratify, seed) => {
        const count = stratify.length;
        const options = { test: 0.2, validation: 0.25, seed };
        const [parts, plain] = [splitRows(count, { ...options, stratify }), splitRows(count, options)];
        expect([...parts.training, ...parts.validation, ...parts.test].sort((a, b) => a - b)).toEqual([...all(count)]);
        expect(parts.test.length).toBe(plain.test.length);
        expect(parts.validation.length).toBe(plain.validation.length);
        const [tested, trained] = [countsOf(parts.test, stratify), countsOf(parts.training, stratify)];
        for (const [label, has] of countsOf(all(count), stratify)) {
          expect(trained.get(label) ?? 0).toBeGreaterThan(0);
          if (has < 5) continue; // of so few, the row kept for training may tip the share
          expect(Math.abs((tested.get(label) ?? 0) - (has * parts.test.length) / count)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('goes by text as well', () => {
    const stratify = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 'yes' : 'no'));
    const parts = splitRows(30, { test: 0.1, validation: 0, seed: 3, stratify });
    expect(countsOf(parts.test, stratify)).toEqual(
      new Map([
        ['yes', 1],
        ['no', 2],
      ]),
    );
  });

  test('the seed decides which rows of a class', () => {
    const stratify = Array.from({ length: 60 }, (_, i) => i % 2);
    const part = (seed: number) => splitRows(60, { test: 0.5, validation: 0, seed, stratify }).test;
    expect(part(1)).toEqual(part(1));
    expect(part(1)).not.toEqual(part(2));
  });

  test('says what is wrong', () => {
    const options = { test: 0.5, validation: 0, seed: 1 };
    expect(() => splitRows(4, { ...options, stratify: [0, 1] })).toThrow(
      'stratify has 2 entries where there are 4 rows',
    );
    expect(() => splitRows(4, { ...options, stratify: [0, 1, 2, 3] })).toThrow(
      'the test part needs 2 of 4 rows, which would leave some of the 4 strata without a row to train on',
    );
  });
});

describe('folds', () => {
  const cases = fc.record({
    labels: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 10, maxLength: 120 }),
    folds: fc.integer({ min: 2, max: 10 }),
    seed: fc.nat(),
  });

  test('each row is held out once and trained on by all other folds; sizes, and of each class, differ by at most 1', () => {
    fc.assert(
      fc.property(cases, ({ labels, folds, seed }) => {
        const made = splitFolds(labels.length, { folds, seed, stratify: labels });
        const differ = (counts: number[]) => Math.max(...counts) - Math.min(...counts);
        expect(made.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...all(labels.length)]);
        for (const { training, test } of made) {
          expect([...training, ...test].sort((a, b) => a - b)).toEqual([...all(labels.length)]);
          expect(training).toEqual(training.slice().sort());
        }
        expect(differ(made.map(({ test }) => test.length))).toBeLessThanOrEqual(1);
        for (const label of new Set(labels)) {
          expect(differ(made.map(({ test }) => countsOf(test, labels).get(label) ?? 0))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('the seed alone decides', () => {
    expect(splitFolds(20, { folds: 4, seed: 1 })).toEqual(splitFolds(20, { folds: 4, seed: 1 }));
    expect(splitFolds(20, { folds: 4, seed: 1 })).not.toEqual(splitFolds(20, { folds: 4, seed: 2 }));
  });

  test.each([
    [10, 1, 'folds is 1 where there are 10 rows; it must be from 2 to the number of rows'],
    [3, 4, 'folds is 4 where there are 3 rows'],
    [3, 2.5, 'folds is 2.5; an integer is expected.'],
  ])('%i rows in %d folds: says what is wrong', (count, folds, sentence) => {
    expect(() => splitFolds(count, { folds, seed: 1 })).toThrow(sentence);
  });
});
