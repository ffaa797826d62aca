// Numbers as they are shown, and as a reader then has them.
import { expect, test } from 'vitest';
import { formatGiven, formatNumber, shownNumber, shownStep } from './numbers.ts';

const text = { decimals: 9, format: 'text' } as const;

test.each([
  [0.3775, '0.377500000'],
  [-0.038098237, '−0.038098237'],
  [1.2345e-7, '1.234500000e-7'],
  [1e-17, '1.000000000e-17'],
  [0, '0'],
  [-0, '0'],
  [3, '3'],
  [1e21, '1e+21'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('a computed %d is shown as %s', (value, shown) => expect(formatNumber(value, text)).toBe(shown));

test.each([
  [0.05, '0.05'],
  [0.1 + 0.2, '0.3'],
  [1 / 3, '0.333333333'],
  [1e-8, '1e-8'],
  [0.00001, '0.00001'],
  [-2.5, '−2.5'],
])('a given %d is shown as %s', (value, shown) => expect(formatGiven(value, text)).toBe(shown));

test('LaTeX writes powers of ten and infinity as mathematics does', () => {
  const latex = { decimals: 3, format: 'latex' } as const;
  expect(formatNumber(0.0000012345, latex)).toBe('1.234 \\times 10^{-6}');
  expect(formatNumber(Number.NEGATIVE_INFINITY, latex)).toBe('-\\infty');
});

test('a shown number is what was shown, known to half a step of its last digit', () => {
  for (const value of [0.123456789123, 1.5e-7, -42.1, 7]) {
    expect(Math.abs(shownNumber(value, text) - value)).toBeLessThanOrEqual(shownStep(value, text) / 2);
  }
  expect(shownStep(0.5, text)).toBeCloseTo(1e-9, 20);
  expect(shownStep(1.5e-7, text)).toBeCloseTo(1e-16, 25);
});
