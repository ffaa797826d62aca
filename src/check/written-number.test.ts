// Numbers as students write them.
import { describe, expect, it } from 'vitest';
import { readNumber } from './written-number.ts';

describe('a written number', () => {
  it.each([
    ['0.597', 0.597, 0.001],
    ['.597', 0.597, 0.001],
    ['-0.0380', -0.038, 0.0001],
    ['−0.0380', -0.038, 0.0001],
    ['0,597', 0.597, 0.001],
    ['１．２５', 1.25, 0.01],
    ['－０．０３８', -0.038, 0.001],
    ['0。597', 0.597, 0.001],
    ['０，５９７', 0.597, 0.001],
    ['3.81e-2', 0.0381, 0.0001],
    ['3.81E−2', 0.0381, 0.0001],
    ['3.81×10^-2', 0.0381, 0.0001],
    ['3.81 · 10^{-2}', 0.0381, 0.0001],
    ['3.5 × 10⁻⁵', 3.5e-5, 1e-6],
    ['≈ 0.60', 0.6, 0.01],
    ['约0.60', 0.6, 0.01],
    ['0.5968…', 0.5968, 0.0001],
    ['1,234,567', 1234567, 1],
    ['1,234.5', 1234.5, 0.1],
    ['12.5 %', 0.125, 0.001],
    ['120', 120, 1],
    ['1', 1, 0.1],
  ])('%s is %f to ±%f/2', (text, value, unit) => {
    const number = readNumber(text, 'it');
    expect(number.value).toBeCloseTo(value, 12);
    expect(number.unit).toBeCloseTo(unit, 12);
  });

  it.each([
    ['3/7', 3 / 7],
    ['-3/7', -3 / 7],
    ['３／７', 3 / 7],
    ['1⁄8', 1 / 8],
  ])('%s is an exact fraction', (text, value) => {
    expect(readNumber(text, 'it')).toMatchObject({ value, unit: 0 });
  });

  it.each(['abc', '0.5.9', '1/0', '--3', 'NaN', 'Infinity', '1e999', '0x10', '?'])('%s is none', (text) => {
    expect(() => readNumber(text, 'the value of net_h1')).toThrow(/^the value of net_h1 is ".*", which is no number; /);
  });

  it('with a comma that may separate decimals or thousands is refused, not guessed', () => {
    expect(() => readNumber('1,234', 'it')).toThrow('write 1.234 or 1234');
  });
});
