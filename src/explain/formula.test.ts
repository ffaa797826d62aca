// Formulas broken into lines: nothing lost, nothing wider than asked, brackets broken last.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { beside, broken, chained, enclosed, type Formula, flat, indentStep, listed, whole, within } from './formula.ts';
import { columns } from './wrap.ts';

const sumOf = (...terms: readonly Formula[]) =>
  chained(terms.map((term, i) => enclosed(i === 0 ? '' : ' + ', term, '')));
const productOf = (...factors: readonly Formula[]) =>
  chained(factors.map((factor, i) => enclosed(i === 0 ? '' : ' · ', factor, '')));
const names = (text: string) => [...text].map((letter) => whole(letter.repeat(4)));

test('a sum is broken before its signs, not within its products', () => {
  const formula = sumOf(productOf(...names('ab')), productOf(...names('cd')), productOf(...names('ef')));
  expect(broken(formula, 28, columns)).toEqual([
    { text: 'aaaa · bbbb + cccc · dddd', level: 0 },
    { text: '+ eeee · ffff', level: 1 },
  ]);
});

test('what goes on within brackets is set in further than what goes on after them', () => {
  const formula = productOf(enclosed('(', within(sumOf(...names('abc'))), ')'), ...names('de'));
  expect(broken(formula, 13, columns)).toEqual([
    { text: '(aaaa + bbbb', level: 0 },
    { text: '+ cccc)', level: 2 },
    { text: '· dddd', level: 1 },
    { text: '· eeee', level: 1 },
  ]);
});

test('a list is broken behind its commas', () => {
  expect(broken(listed(names('abc'), ', '), 11, columns).map(({ text }) => text)).toEqual(['aaaa, bbbb,', 'cccc']);
});

test('broken lines together are the formula, and none is wider than asked unless it is one fragment', () => {
  const { tree } = fc.letrec<{ tree: Formula }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.stringMatching(/^[a-z]{1,9}$/).map(whole),
      fc.array(tie('tree'), { minLength: 1, maxLength: 5 }).map((terms) => sumOf(...terms)),
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((factors) => productOf(...factors)),
      tie('tree').map((inner) => enclosed('(', within(inner), ')')),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.integer({ min: 20, max: 80 }), (formula, width) => {
      const rows = broken(formula, width, columns);
      const letters = (text: string) => text.replaceAll(' ', '');
      expect(letters(rows.map(({ text }) => text).join(''))).toBe(letters(flat(formula)));
      const widest = Math.max(...formula.map(({ text }) => columns(text)));
      for (const { text, level } of rows)
        expect(columns(text) + indentStep * level).toBeLessThanOrEqual(Math.max(width, widest + indentStep * level));
    }),
  );
});

test('texts of several rows meet at their middle rows', () => {
  expect(beside('x = ', '⎡1⎤\n⎣2⎦', ' · ', '⎡3⎤\n⎢4⎥\n⎣5⎦')).toBe('          ⎡3⎤\nx = ⎡1⎤ · ⎢4⎥\n    ⎣2⎦   ⎣5⎦');
});
