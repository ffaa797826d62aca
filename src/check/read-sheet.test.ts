// The texts that sheets come in.
import { describe, expect, it } from 'vitest';
import { longestSheet, readSheet } from './read-sheet.ts';

const entries = [
  { quantity: 'net_h1', value: '0.3775' },
  { quantity: 'layers.0.weight.grad[0,1]', value: '' },
  { quantity: 'dE/dw5', value: '3/7' },
];
const settings = { network: 'example:mazur', learningRate: 0.5, notation: 'mazur', inputs: [[0.05, 0.1]] };

describe('a sheet', () => {
  it.each([
    [
      'as CSV',
      `# network: example:mazur
# learning rate: 0.5
# notation: mazur
# input: 0.05, 0.1
quantity,value
net_h1,0.3775
"layers.0.weight.grad[0,1]",
dE/dw5,3/7
`,
    ],
    [
      'as CSV with semicolons, brackets unquoted, a BOM, Windows line ends and columns of its own',
      '\uFEFF# network: example:mazur\r\n# lr: 0.5\r\n# notation: mazur\r\n# inputs: [[0.05, 0.1]]\r\nquantity;note;value\r\nnet_h1;x;0.3775\r\nlayers.0.weight.grad[0,1];;\r\ndE/dw5;;3/7\r\n',
    ],
    [
      'as a Markdown table',
      `# Exercise 3

- network: example:mazur
- learning rate: 0.5
- notation: mazur
- input: 0.05, 0.1

Fill in the last column.

| quantity | value |
|:---|---:|
| net_h1 | 0.3775 |
| \`layers.0.weight.grad[0,1]\` | |
| $dE/dw5$ | 3/7 |
`,
    ],
    [
      'as lines with =',
      `network: example:mazur
η = 0.5
notation: mazur
input: 0.05, 0.1
Forward pass
net_h1 = 0.15*0.05 + 0.2*0.1 + 0.35 = 0.3775
layers.0.weight.grad[0,1] =
dE/dw5 = 3/7;
`,
    ],
    [
      'in Chinese, full-width',
      `# 网络：example:mazur
# 学习率：0.5
# 记法：mazur
# 输入：0.05，0.1
量，值
net_h1，0.3775
layers.0.weight.grad[0,1]，
dE/dw5，3/7
`,
    ],
    [
      'as JSON',
      JSON.stringify({
        ...settings,
        answers: { net_h1: '0.3775', 'layers.0.weight.grad[0,1]': null, 'dE/dw5': '3/7' },
      }),
    ],
    [
      'as JSON in a list',
      JSON.stringify({ network: 'example:mazur', lr: 0.5, notation: 'mazur', input: [0.05, 0.1], entries }),
    ],
  ])('%s', (_, text) => {
    expect(readSheet(text, 'sheet')).toEqual({ ...settings, entries });
  });

  it('of a student’s program as it prints, with colons or spaces', () => {
    expect(readSheet('net_h1: 0.3775\nout_h1 0.59327\n', 'out').entries).toEqual([
      { quantity: 'net_h1', value: '0.3775' },
      { quantity: 'out_h1', value: '0.59327' },
    ]);
  });

  it('with its network, optimizer and batch on it', () => {
    const text = `# network: {"input": [1], "layers": [{"type": "dense", "units": 1}]}
# optimizer: momentum momentum=0.8
# inputs: [[1], [2]]
# targets: [[0], [1]]
# steps: 2
quantity,value
loss,1
`;
    expect(readSheet(text, 'sheet')).toMatchObject({
      network: { input: [1], layers: [{ type: 'dense', units: 1 }] },
      optimizer: { name: 'momentum', settings: { momentum: 0.8 } },
      inputs: [[1], [2]],
      targets: [[0], [1]],
      steps: 2,
    });
  });
});

describe('what is no sheet is refused', () => {
  it.each([
    ['nothing', ' \n', 'sheet is empty'],
    ['prose', 'Dear teacher,\nmy dog ate it.\n', 'sheet is no worksheet'],
    ['JSON of something else', '[1, 2]', 'entry 1 has no "quantity"'],
    ['broken JSON', '{"a": ', 'sheet is not valid JSON'],
    ['a line that is no entry', 'net_h1 = 1\nwe see that 3 is a number here\n', 'sheet, line 2 is'],
    ['a row with too many cells', 'quantity,value\nnet_h1,0,3775\n', 'sheet, line 2 has 3 cells where 2 are expected'],
    ['a setting of the wrong kind', '# learning rate: fast\nnet_h1 = 1\n', 'sheet, line 1: learning rate is'],
  ])('%s', (_, text, sentence) => {
    expect(() => readSheet(text, 'sheet')).toThrow(sentence);
  });

  it('a text longer than any sheet', () => {
    expect(() => readSheet('a'.repeat(longestSheet + 1), 'sheet')).toThrow('more than a worksheet can have');
  });
});
