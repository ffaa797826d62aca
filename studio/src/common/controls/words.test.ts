// What a number field says that it takes.
import { expect, it } from 'vitest';
import { type Range, words } from './words.ts';

it.each<[Range, string, string]>([
  [{}, 'a finite number; 3 stays.', '有限的数；仍保留 3。'],
  [{ least: 1, most: 9, whole: true }, 'a whole number from 1 to 9; 3 stays.', ' 1 到 9 之间的整数；仍保留 3。'],
  [{ least: 0, below: 1 }, 'a number of at least 0 and below 1; 3 stays.', '不小于 0 且小于 1 的数；仍保留 3。'],
  [{ above: 0, most: 5 }, 'a number above 0 and at most 5; 3 stays.', '大于 0 且不大于 5 的数；仍保留 3。'],
  [{ most: 5 }, 'a number of at most 5; 3 stays.', '不大于 5 的数；仍保留 3。'],
])('%o', (range, english, chinese) => {
  expect(words.en.refused('x', false, range, '3')).toContain(english);
  expect(words.zh.refused('x', false, range, '3')).toContain(chinese);
});
