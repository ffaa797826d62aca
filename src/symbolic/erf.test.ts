// The error function against tabulated values (Abramowitz & Stegun 7.1; DLMF 7.23).
import { expect, test } from 'vitest';
import { erf } from './erf.ts';

test.each([
  [0, 0],
  [1e-10, 1.1283791670955126e-10],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [2.5, 0.999593047982555],
  [3, 0.9999779095030014],
  [4, 0.9999999845827421],
  [6, 1],
  [40, 1],
])('erf(%f) is %f to 1e-14, and odd', (x, value) => {
  expect(Math.abs(erf(x) - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value));
  expect(erf(-x)).toBe(-erf(x));
});

test('its two formulas meet at 2.5 without a jump', () => {
  const [below, above] = [erf(2.5 - 1e-9), erf(2.5)];
  const slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-6.25);
  expect(Math.abs(above - below - slope * 1e-9)).toBeLessThan(1e-15);
});

test('is no number for what is none', () => expect(erf(Number.NaN)).toBeNaN());
