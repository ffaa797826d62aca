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

test('one object a line is a table too', () => {
  const table = parseJsonTable('{"a": 1, "b": "x"}\r\n\n{"b": "y, z", "a": "1,5"}\n', 't.ndjson');
  expect(table.columns).toEqual([
    ['1', '1.5'],
    ['x', 'y, z'],
  ]);
});

test.each([
  ['[{"a": 1}, 3]', 't.json, row 2 is "3"; every row must be an object'],
  ['[{"a": [1]}]', 't.json, row 1, column "a" holds "[1]"; a cell must be a number, text, true, false or null.'],
  ['3', 't.json holds no array'],
  ['{"a":\n1}', 't.json, line 1 is not a JSON object of its own'],
  ['{"a": 1}\n\n{"a": 2', 't.json, line 3 is not a JSON object of its own'],
  ['[]', 't.json holds an empty array'],
  ['[{"a": 1}', 't.json is not valid JSON'],
])('says what is wrong with %s', (text, sentence) => {
  expect(() => parseJsonTable(text, 't.json')).toThrow(sentence);
});
