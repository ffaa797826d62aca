import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitRows } from './split.ts';

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
