import { expect, test } from 'vitest';
import { parseJsonTable } from './json.ts';

test('rows of objects become columns in the order first seen, absent keys and null missing', () => {
  const table = parseJsonTable('[{"a": 1.5, "b": "x"}, {"b": null, "__proto__": true, "a": -2}]', 't.json');
  expect(table.names).toEqual(['a', 'b', '__proto__']);
  expect(table.columns).toEqual([
    ['1.5', '-2'],
    ['x', ''],
    ['', 'true'],
  ]);
});

test.each([
  ['[{"a": 1}, 3]', 't.json, row 2 is "3"; every row must be an object'],
  ['[{"a": [1]}]', 't.json, row 1, column "a" holds "[1]"; a cell must be a number, text, true, false or null.'],
  ['{"a": 1}', 't.json holds no array'],
  ['[]', 't.json holds an empty array'],
  ['[{"a": 1}', 't.json is not valid JSON'],
])('says what is wrong with %s', (text, sentence) => {
  expect(() => parseJsonTable(text, 't.json')).toThrow(sentence);
});
