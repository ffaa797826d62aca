// Values of expressions, and what rewriting may and may not touch.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf, evaluate, rewrite, substituteIndex, type Values } from './evaluate.ts';
import {
  add,
  call,
  cases,
  derivative,
  divide,
  type Element,
  type Expression,
  exp,
  type Index,
  kronecker,
  ln,
  multiply,
  negate,
  number,
  power,
  samples,
  subtract,
  sum,
} from './expression.ts';

const x = (...index: readonly Index[]): Element => ({ kind: 'element', slot: 'x', index, sample: null });
const perSample = (sample: Index, ...index: readonly Index[]): Element => ({ ...x(...index), sample });

/** x_j = 10 j, and 100 s more in sample s; 4 samples. */
const values: Values = {
  samples: 4,
  element: ({ index, sample }) => 10 * Number(index[0] ?? 0) + 100 * Number(sample ?? 0),
};
const value = (expression: Expression) => evaluate(expression, values);

describe('the value of', () => {
  test.each<[string, Expression, number]>([
    ['a sum of terms', add(1, x(2), samples), 25],
    ['a difference', subtract(x(1), 4), 6],
    ['a product', multiply(2, x(3), 0.5), 30],
    ['a quotient', divide(x(1), 4), 2.5],
    ['a power', power(x(1), 3), 1000],
    ['a negation', negate(x(1)), -10],
    ['a function', ln(exp(2)), 2],
    ['the sign', call('sign', negate(3)), -1],
    ['a sum over an index', sum('j', 4, x('j')), 60],
    ['a sum over the samples', sum('s', 'samples', perSample('s', 1)), 640],
    ['an empty sum', sum('j', 0, x('j')), 0],
    ['a sum in a sum', sum('j', 3, sum('k', 2, multiply(x('j'), x('k')))), 300],
    ['a Kronecker delta in a sum', sum('i', 3, multiply(kronecker('i', 2), x('i'))), 20],
    ['a named derivative', derivative(x(0), x(1), number(7)), 7],
    ['the case that holds', cases(x(1), '>', 0, 1, 2), 1],
    ['the other case at equality', cases(x(0), '>', 0, 1, 2), 2],
    ['≥ at equality', cases(x(0), '≥', 0, 1, 2), 1],
    ['= at equality', cases(x(0), '=', 0, 1, 2), 1],
  ])('%s', (_, expression, expected) => expect(value(expression)).toBe(expected));

  test('the branch not taken does not matter', () => {
    expect(value(cases(1, '>', 0, 5, divide(0, 0)))).toBe(5);
  });
});

describe('rewriting', () => {
  test('replaces an index everywhere, in samples and deltas too', () => {
    const form = add(perSample('j', 'j', 'k'), kronecker('j', 'k'), derivative(x('j'), x('k'), x('j')));
    expect(substituteIndex(form, 'j', 2)).toEqual(
      add(perSample(2, 2, 'k'), kronecker(2, 'k'), derivative(x(2), x('k'), x(2))),
    );
  });

  test("leaves a sum's own letter alone", () => {
    const form = multiply(x('k'), sum('k', 3, x('k')));
    expect(substituteIndex(form, 'k', 1)).toEqual(multiply(x(1), sum('k', 3, x('k'))));
    expect(value(sum('k', 3, sum('k', 3, x('k'))))).toBe(90);
  });

  test('replaces elements after their indices, but not the names in a derivative', () => {
    const form = sum('j', 2, derivative(x('j'), x(0), multiply(2, x('j'))));
    const replaced = rewrite(form, { index: (i) => (i === 0 ? 5 : i), element: ({ index }) => number(index.length) });
    expect(replaced).toEqual(sum('j', 2, derivative(x('j'), x(5), multiply(2, 1))));
  });

  test('with nothing to change gives an equal expression with the same value', () => {
    const leaf = fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((n) => number(n)),
      fc.nat(3).map((i) => x(i)),
    );
    const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => add(a, b)),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => multiply(a, negate(b))),
        tie('tree').map((body) => sum('j', 2, add(body, x('j')))),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => cases(a, '>', b, a, b)),
      ),
    }));
    fc.assert(
      fc.property(tree, (form) => {
        expect(rewrite(form, {})).toEqual(form);
        expect(value(rewrite(form, {}))).toBe(value(form));
      }),
    );
  });
});

test('the elements of an expression come once each, in the order they are met', () => {
  const form = add(x(1), multiply(x(0), x(1)), perSample('s', 1));
  expect(elementsOf(form)).toEqual([x(1), x(0), perSample('s', 1)]);
});
