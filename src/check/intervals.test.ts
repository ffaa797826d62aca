// Interval arithmetic: whatever values the quantities take within their ranges, the result lies in the enclosure.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  add,
  call,
  cases,
  divide,
  type Element,
  type Expression,
  evaluate,
  exp,
  ln,
  multiply,
  negate,
  power,
} from '../symbolic/index.ts';
import { enclose, type Interval } from './intervals.ts';

const x = (i: number): Element => ({ kind: 'element', slot: 'x', index: [i], sample: null });
const leaf = fc.oneof(
  fc.nat(2).map((i): Expression => x(i)),
  fc.constantFrom<Expression>({ kind: 'number', value: 1 }, { kind: 'number', value: -0.5 }),
);
const { tree } = fc.letrec<{ tree: Expression }>((tie) => {
  const pair = fc.tuple(tie('tree'), tie('tree'));
  return {
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      pair.map(([a, b]) => add(a, b)),
      pair.map(([a, b]) => multiply(a, negate(b))),
      pair.map(([a, b]) => divide(a, negate(add(0.5, power(b, 2))))),
      pair.map(([a, b]) => cases(a, '>', b, a, b)),
      tie('tree').map((a) => power(a, 2)),
      tie('tree').map((a) => power(a, 3)),
      tie('tree').map((a) => exp(call('tanh', a))),
      tie('tree').map((a) => call('sqrt', call('abs', a))),
      tie('tree').map((a) => ln(add(1, power(a, 2)))),
      tie('tree').map((a) => call('sign', call('erf', a))),
    ),
  };
});
const ranges = fc.array(
  fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  {
    minLength: 3,
    maxLength: 3,
  },
);
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });

it('contains every value', () => {
  fc.assert(
    fc.property(tree, ranges, shares, (form, given, within) => {
      const interval = (i: number): Interval => ({ low: given[i][0], high: given[i][0] + given[i][1] });
      const place = ({ index }: Element) => Number(index[0]);
      const { low, high } = enclose(form, { element: (e) => interval(place(e)), samples: 1 });
      const value = evaluate(form, {
        element: (e) =>
          Math.min(interval(place(e)).low + within[place(e)] * given[place(e)][1], interval(place(e)).high),
        samples: 1,
      });
      fc.pre(Number.isFinite(value));
      expect(low <= value && value <= high, `${value} in [${low}, ${high}]`).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

it('of one number is that number, but for the last places', () => {
  const form = divide(1, add(1, exp(negate(x(0)))));
  const { low, high } = enclose(form, { element: () => ({ low: 0.3775, high: 0.3775 }), samples: 1 });
  expect(high - low).toBeLessThan(1e-14);
  expect(low).toBeCloseTo(0.5932699921, 9);
});

it('of a divisor that may be 0 knows nothing', () => {
  const ranges = { element: () => ({ low: -1, high: 2 }), samples: 1 };
  expect(enclose(divide(1, x(0)), ranges)).toEqual({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
});
