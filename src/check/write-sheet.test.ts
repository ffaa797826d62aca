// What is written as a sheet reads back as that sheet.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheet, type Sheet, writeSheet } from './index.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const value = fc.oneof(number.map(String), fc.constantFrom('', '3/7', '-3.8×10^-2', '[0.1, 0.2]'));
const quantity = fc.constantFrom('net_h1', 'layers.0.weight[0,1]', 'after.1.loss', 'δ^2_1', '∂E/∂w5', 'w5+');
const entry = fc.record({ quantity, value });
const sheets: fc.Arbitrary<Sheet> = fc.record(
  {
    network: fc.oneof(fc.constantFrom('example:mazur', 'nets/mine.json'), fc.constant({ input: [2], layers: [] })),
    inputs: fc.array(fc.array(number, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    targets: fc.array(fc.array(number, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    learningRate: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    optimizer: fc.constantFrom(
      { name: 'sgd', settings: {} },
      { name: 'momentum', settings: { momentum: 0.8, learningRate: 0.1 } },
    ),
    steps: fc.integer({ min: 1, max: 20 }),
    notation: fc.constantFrom('mazur', 'xigua'),
    language: fc.constantFrom('en', 'zh'),
    student: fc.constantFrom('Ada', '李雷, 2班'),
    entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
  },
  { requiredKeys: ['entries'] },
);

describe('writeSheet', () => {
  it('writes what readSheet reads back', () => {
    fc.assert(
      fc.property(sheets, (sheet) => {
        expect(readSheet(writeSheet(sheet), 'sheet')).toEqual(sheet);
      }),
    );
  });
});
