import { expect, test } from 'vitest';
import { withPlainNumbers } from './commas.ts';
import { tableOf } from './table.ts';

const rewritten = (cells: readonly string[], delimiter?: string) =>
  withPlainNumbers(tableOf('t', ['x'], [cells]), delimiter).columns[0];

test('commas are decimal marks or separate thousands, whichever fits the whole column', () => {
  expect(rewritten(['3,5', '4', '', '-1.234,5'])).toEqual(['3.5', '4', '', '-1234.5']);
  expect(rewritten(['1,234', 'NA', '1,234,567.25'])).toEqual(['1234', 'NA', '1234567.25']);
  expect(rewritten(['1,234', '0,125', '7,5'])).toEqual(['1.234', '0.125', '7.5']);
});

test('where either would fit, commas are decimal marks unless they separate the cells', () => {
  expect(rewritten(['1,234', '5'], ';')).toEqual(['1.234', '5']);
  expect(rewritten(['1,234', '5'], ',')).toEqual(['1,234', '5']);
  expect(rewritten(['1,234', '5'])).toEqual(['1,234', '5']);
});

test('texts with commas, and columns of both kinds, are left alone', () => {
  for (const cells of [
    ['a,b', '1,5'],
    ['1,5', '1.5'],
    ['1,234.5', '1.234,5'],
    ['1.5', 'x'],
  ])
    expect(rewritten(cells, ';')).toBe(cells);
});
