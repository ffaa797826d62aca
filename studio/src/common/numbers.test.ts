// What is typed into number fields, and what they show.
import { expect, test } from 'vitest';
import { fieldNumber, typedNumber } from './numbers.ts';

test.each([
  ['0.4', 0.4],
  [' +12 ', 12],
  ['.5', 0.5],
  ['5.', 5],
  ['1E-3', 0.001],
  ['−2.5e−7', -2.5e-7],
  ['－１２．５', -12.5],
  ['1e999', Number.POSITIVE_INFINITY],
])('%s is a number', (text, value) => {
  expect(typedNumber(text)).toBe(value);
});

test.each(['', ' ', 'a lot', 'NaN', 'Infinity', '0x1f', '0b1', '0,4', '1 000', '1e', '.', '1.2.3', '--1'])(
  '“%s” is none',
  (text) => {
    expect(typedNumber(text)).toBeUndefined();
  },
);

test.each([0, -0.15, 1e-7, -2.5e-300, 1e22, 0.1 + 0.2])('what a field shows of %d is read as that', (value) => {
  expect(typedNumber(fieldNumber(value))).toBe(value);
});
