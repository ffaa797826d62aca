// Delimited text: what is read of it, what is refused, and that another parser reads the same.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typeColumn } from './columns.ts';
import { parseCsv } from './csv.ts';
import { detectDelimiter } from './delimited.ts';
import { column, readAsNumbers } from './table.ts';

const read = parseCsv;

describe('CSV', () => {
  test('reads a byte order mark, CRLF, quoted delimiters, line breaks and quotation marks', () => {
    const table = read('\uFEFFname,"c,d"\r\n"a ""b""","x\r\ny"\r\n\r\n花, 2 \r\n', 't.csv');
    expect(table.names).toEqual(['name', 'c,d']);
    expect(table.columns).toEqual([
      ['a "b"', '花'],
      ['x\r\ny', '2'],
    ]);
    expect(table.lines).toEqual(Uint32Array.of(2, 5));
  });

  test.each([',', ';', '\t', '|'])('finds the delimiter %j', (delimiter) => {
    const table = read(`a b${delimiter}c\n1${delimiter}2`, 't');
    expect(table.names).toEqual(['a b', 'c']);
    expect(table.rowCount).toBe(1);
  });

  test('keeps empty first and last cells between tabs', () => {
    expect(read('a\tb\tc\n\t1\t\n', 't').columns).toEqual([[''], ['1'], ['']]);
  });

  test('reads mixed and lone line ends', () => {
    expect(read('a,b\r\n1,2\n3,4\r5,6', 't').columns[0]).toEqual(['1', '3', '5']);
  });

  test('takes awkward names', () => {
    const table = read('__proto__,constructor,"q""uote","com,ma","new\nline",花瓣\n1,2,3,4,5,6\n', 't');
    expect(table.names).toEqual(['__proto__', 'constructor', 'q"uote', 'com,ma', 'new\nline', '花瓣']);
    expect(column(table, '__proto__')).toEqual(['1']);
    expect(table.lines).toEqual(Uint32Array.of(3));
  });

  test.each([
    ['', 't.csv is empty; a table needs a line of column names and at least one row.'],
    ['\uFEFF \n\n', 't.csv is empty'],
    ['a,b\n', 't.csv has a header ("a", "b") but no rows; add at least one row below it.'],
    [
      'a,b\n"x\ny",1\n1,2,3\n',
      't.csv, line 4: found 3 cells where the header names 2 columns; mend the row, or put cells that contain "," in quotation marks.',
    ],
    ['a,b\n1\n', 't.csv, line 2: found 1 cell where the header names 2 columns'],
    [
      'a,b\n1,2\n"x,3\n4,5\n',
      't.csv, line 3: a quoted cell is still open where the file ends; close the quotation mark',
    ],
    ['a,b\n1,x"y\n', 't.csv, line 2: a quotation mark stands in the middle of a cell'],
    ['a,b\n"x"y,1\n', 't.csv, line 2: a quotation mark stands in the middle of a cell'],
    ['a,a\n1,2\n', 't.csv has two columns named "a"'],
    ['a,,b\n1,2,3\n', 't.csv has no name for column 2'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(() => read(text, 't.csv')).toThrow(sentence);
  });
});

test('an open quotation mark does not swallow the rest of a long file', () => {
  const text = `a,b\r\n"1\r\n1",2\r\n"${'x,y\r\n'.repeat(300_000)}"`;
  expect(() => parseCsv(text, 't.csv')).toThrow('t.csv, line 4: the row has more than 1048576 characters');
});

test('a delimiter may be named, and must be one character', () => {
  expect(parseCsv('a:b\n1:2\n', 't', { delimiter: ':' }).columns).toEqual([['1'], ['2']]);
  expect(() => parseCsv('a', 't', { delimiter: '' })).toThrow('delimiter is ""; it must be one character');
});

test('the delimiter on which two lines agree goes before the commonest', () => {
  expect(detectDelimiter('price, EUR;amount\n3;4\n')).toBe(';');
  expect(detectDelimiter('"a;b;c",d\n')).toBe(',');
  expect(detectDelimiter('name;note\nx;"a, b, c"\n')).toBe(';');
  expect(detectDelimiter('one\n')).toBe(',');
});

test('whatever is written as quoted CSV is read back, with the right line numbers', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ';', ' ', '花', '|') });
  const rows = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }));
  fc.assert(
    fc.property(rows, (cells) => {
      const header = cells[0].map((_, i) => `c${i}`).join(',');
      const written = cells.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
      // A single empty cell is a blank line, which is skipped.
      fc.pre(cells.every((row) => row.length > 1 || row[0] !== ''));
      const table = parseCsv(`${header}\n${written.join('\n')}\n`, 't', { delimiter: ',' });
      expect(cells.map((_, row) => table.columns.map((column) => column[row]))).toEqual(cells);
      let line = 2;
      const lines = written.map((text) => {
        const start = line;
        line += text.split(/\r\n|\n/).length;
        return start;
      });
      expect([...(table.lines === undefined ? [] : Array.from(table.lines))]).toEqual(lines);
    }),
  );
});

/** The rows that csv-parse reads, less blank lines; undefined where it refuses the text or rows differ in length. */
function recordsOf(text: string, delimiter: string): string[][] | undefined {
  try {
    const record_delimiter = ['\r\n', '\n', '\r'];
    const all = parse(text, { delimiter, bom: true, trim: true, relax_column_count: true, record_delimiter });
    const records = all.filter((record) => record.length > 1 || record[0] !== '');
    return records.every(({ length }) => length === records[0].length) ? records : undefined;
  } catch {
    return undefined;
  }
}

const awkward = fc.constantFrom(
  ...['1', '-2.5', '.5', '5.', '007', '+3', '1e3', '-0', '1234567890.12345678', '1e999', 'NA', '?', '', 'nan', '1_0'],
  ...[
    ' 4 ',
    '\u00a05',
    '"6"',
    ' "7" ',
    '"8""',
    '""',
    '"',
    'a',
    '花',
    '"x\n""y"',
    '"1\r\n"',
    '0x1F',
    '1,5',
    'null',
    'Infinity',
  ],
);

test('csv-parse reads the same cells, and typing the texts gives the same numbers', () => {
  const delimiters = fc.constantFrom(',', ';', '\t');
  const cells = fc.array(fc.tuple(awkward, awkward, awkward), { maxLength: 8 });
  const ends = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
  let compared = 0;
  fc.assert(
    fc.property(delimiters, cells, ends, fc.boolean(), (delimiter, rows, end, ended) => {
      const text = [['a', 'b', 'c'], ...rows].map((row) => row.join(delimiter)).join(end) + (ended ? end : '');
      const records = recordsOf(text, delimiter);
      if (records === undefined || records[0].length !== 3 || records.length < 2) {
        expect(() => parseCsv(text, 't', { delimiter })).toThrow(/^t(?:, line \d+: | has a header )/);
        return;
      }
      compared++;
      const table = parseCsv(text, 't', { delimiter });
      for (const [i, name] of table.names.entries()) {
        const texts = records.slice(1).map((record) => record[i]);
        const numbers = readAsNumbers(table, name);
        if (numbers === undefined && texts.some((one) => one.includes(','))) continue;
        expect(table.columns[i]).toEqual(texts);
        const typed = () => typeColumn(name, texts, table);
        const plain = (() => {
          try {
            const found = typed();
            return found.kind === 'number' && !found.date ? found.values : undefined;
          } catch {
            return undefined;
          }
        })();
        expect(numbers).toEqual(plain);
      }
    }),
    { numRuns: 3000 },
  );
  expect(compared).toBeGreaterThan(500);
});

test('a mistake far down is found wherever the text is cut', () => {
  const lines = Array.from({ length: 70_000 }, (_, i) => `${i},${i / 8},${i % 3 === 0 ? '' : i}`);
  lines[68_000] = '1,"so, so",2';
  const table = parseCsv(`a,b,c\n${lines.join('\n')}`, 't');
  expect(readAsNumbers(table, 'b')).toBeUndefined();
  expect(table.columns[1].slice(67_998, 68_002)).toEqual(['8499.75', '8499.875', 'so, so', '8500.125']);
  expect(readAsNumbers(table, 'c')?.subarray(69_998)).toEqual(Float64Array.of(69_998, Number.NaN));
  expect(table.columns[2][69_998]).toBe('69998');
});

test('text without quotation marks is split into the rows that the parser gives', () => {
  const cell = fc
    .array(fc.constantFrom('a', '1', ' ', '.', 'é', '\u00a0', '\f', '#'), { maxLength: 4 })
    .map((all) => all.join(''));
  const row = fc.tuple(cell, cell, cell);
  const end = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(row, end), { minLength: 1 }), fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
      const body = rows.map(([cells, after]) => cells.join(delimiter) + after).join('');
      const read = (header: string) =>
        parseCsv(`\uFEFF${header.replaceAll(',', delimiter)}\n${body}`, 't', { delimiter });
      expect(read('x,y,z')).toEqual(read('"x",y,z'));
    }),
  );
});
