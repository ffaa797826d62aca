// A value is written where it belongs in a sheet, in whatever way the sheet is written, and all else stays.

import { readSheet } from 'chainrule/check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './find-lines.ts';
import { textOfLines, valuesOn, withValue } from './sheet-lines.ts';

/** A sheet with 0.5 in its first blank, and a further 0,6 for b. */
function filled(text: string): string {
  const found = linesOf(text, readSheet(text, 'the sheet'), ({ quantity }) =>
    quantity === 'zebra' ? undefined : quantity,
  );
  const name = [...valuesOn(found).keys()][0];
  return textOfLines(withValue(withValue(found, name, '0.5'), 'b', '0,6'));
}

describe('a sheet that is filled in', () => {
  it.each([
    [
      'lines',
      '# mine\nhello\nnet_h1 = 1/2 = 0.3\nzebra = 3\n\nbye\n',
      '# mine\nhello\nnet_h1 = 1/2 = 0.5\nzebra = 3\nb = 0,6\n\nbye\n',
    ],
    ['a line without a value', 'net_h1 =\n', 'net_h1 = 0.5\nb = 0,6\n'],
    [
      'cells',
      'name,value\n"layers.0.weight.grad[0,1]","0,3"\n# end\n',
      'name,value\n"layers.0.weight.grad[0,1]",0.5\nb,"0,6"\n# end\n',
    ],
    ['an empty cell', 'step;name;value\n1;net_h1;\n', 'step;name;value\n1;net_h1;0.5\n1;b;"0,6"\n'],
    ['cells without a header', '# mine\nnet_h1,0.3\nzebra,3\n', '# mine\nnet_h1 = 0.5\nzebra,3\nb = 0,6\n'],
    [
      'a table',
      '7 is prose\n| name | value |\n|---|---|\n| net_h1 | |\n\n8 too',
      '7 is prose\n| name | value |\n|---|---|\n| net_h1 |0.5 |\n| b |"0,6" |\n\n8 too',
    ],
    [
      'JSON',
      '{"network":"example:mazur","answers":{"net_h1":0.3}}',
      '# network: example:mazur\nquantity,value\nnet_h1,0.5\nb,"0,6"\n',
    ],
    [
      'a value that also stands behind it',
      'name,value,note\nnet_h1,0.3,not 0.3\n# end',
      'quantity,value\nnet_h1,0.5\nb,"0,6"\n',
    ],
  ])('keeps its other lines: %s', (_, text, expected) => {
    expect(filled(text)).toBe(expected);
  });
});
