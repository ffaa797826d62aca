// The table of docs/notations.md against the notations themselves.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { batchNorm, conv2d, dense, dropout, flatten, maxPool2d } from '../../layers/index.ts';
import { network } from '../../network/index.ts';
import { adam } from '../../optimizers/index.ts';
import { compile } from '../../plan/index.ts';
import { SymbolWriter } from '../symbols.ts';
import * as notations from './index.ts';
import type { Notation } from './notation.ts';

const byName: Readonly<Record<string, Notation>> = notations;
const columns = ['nielsen', 'mazur', 'ng', 'indexed', 'residual', 'xigua'];

const small = compile(network([dense(2, 'sigmoid'), dense(2, 'sigmoid')], { input: 2, seed: 1, l2: 0.1 }), adam());
const layers = [conv2d(2, 3, 'relu'), batchNorm(), maxPool2d(2), flatten(), dropout(0.5), dense(2, 'softmax')];
const images = compile(network(layers, { input: [1, 12, 12], seed: 1 }), adam());

const document = readFileSync(new URL('../../../docs/notations.md', import.meta.url), 'utf8');
const [, one, batch, pictures] = document.split(/^\| quantity 量 .*\n/m);

/** The rows that begin with a quantity's name. */
const rowsOf = (part: string) =>
  [...part.split('\n\n')[0].matchAll(/^\| `(?:samples\.(\d+)\.)?([^`[]+)(?:\[([\d,]+)\])?` \|(.*)\|$/gm)].map(
    ([, sample, slot, index = '', cells]) => ({
      slot,
      index: index.split(',').filter(Boolean).map(Number),
      sample: sample === undefined ? null : Number(sample),
      symbols: cells
        .split('|')
        .slice(1)
        .map((cell) => cell.trim()),
    }),
  );

test.each([
  ['of one sample', one, small, 1, 17],
  ['of a batch', batch, small, 2, 10],
  ['of images', pictures, images, 1, 11],
] as const)('the table %s shows what is written', (_name, part, program, samples, count) => {
  const rows = rowsOf(part);
  expect(rows).toHaveLength(count);
  for (const { slot, index, sample, symbols } of rows) {
    const isWhole = index.length === 0 && program.slots.get(slot)?.shape.length !== 0;
    const written = columns.map((name) => {
      const writer = new SymbolWriter(program, byName[name], samples);
      return (isWhole ? writer.matrix(slot) : writer.of({ kind: 'element', slot, index, sample })).text;
    });
    expect(symbols, slot).toEqual(written);
  }
});

test('every notation of the house is in the tables', () => {
  expect(Object.keys(notations).sort()).toEqual([...columns].sort());
});
