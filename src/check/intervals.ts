// Interval arithmetic over expression trees: all values a formula can take while its quantities stay within theirs.
import { type Element, type Expression, erf, evaluate, expandSum, type NamedFunction } from '../symbolic/index.ts';

/** All numbers from `low` to `high`. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Where an expression finds the ranges of its quantities. */
export interface Ranges {
  element(element: Element): Interval;
  /** m, the number of samples in the batch */
  readonly samples: number;
}

const everything: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** The interval of one number. */
export const point = (value: number): Interval => ({ low: value, high: value });

/** The smallest interval around both. */
export const hull = (a: Interval, b: Interval): Interval => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
});

/** What both share; undefined where they are apart. */
export function intersection(a: Interval, b: Interval): Interval | undefined {
  const [low, high] = [Math.max(a.low, b.low), Math.min(a.high, b.high)];
  return low <= high ? { low, high } : undefined;
}

/** How far a number is from an interval; 0 inside. */
export const distance = ({ low, high }: Interval, value: number): number => Math.max(0, low - value, value - high);

/** The middle of an interval. */
export const middle = ({ low, high }: Interval): number => (low === high ? low : low + (high - low) / 2);

/** Contains every value of the expression for quantities within their ranges; its sums may be written out or not. */
export function enclose(expression: Expression, ranges: Ranges): Interval {
  const of = (e: Expression) => enclose(e, ranges);
  switch (expression.kind) {
    case 'number':
      return point(expression.value);
    case 'samples':
      return point(ranges.samples);
    case 'kronecker':
      return point(expression.left === expression.right ? 1 : 0);
    case 'element':
      return ranges.element(expression);
    case 'add':
      return expression.terms.map(of).reduce(sum, point(0));
    case 'sum':
      return expandSum(expression, ranges.samples).map(of).reduce(sum, point(0));
    case 'multiply':
      return expression.factors.map(of).reduce(product, point(1));
    case 'divide':
      return product(of(expression.above), reciprocal(of(expression.below)));
    case 'negate':
      return negative(of(expression.of));
    case 'power':
      return raised(of(expression.base), of(expression.exponent));
    case 'call':
      return functions[expression.name](of(expression.of));
    case 'cases':
      return chosen(expression, of);
    case 'argmax':
      return largest(expression.terms.map(of), expression.positions);
    case 'draw':
      return point(evaluate(expression, { element: (e) => middle(ranges.element(e)), samples: ranges.samples }));
    case 'derivative':
      return of(expression.body);
  }
}

/** Bounds moved outward by some units in the last place, by as much as float64's arithmetic may have rounded them. */
function outward(low: number, high: number, units = 1): Interval {
  const [down, up] = [units * Math.abs(low) * Number.EPSILON, units * Math.abs(high) * Number.EPSILON];
  // ∞ − ∞ is no number: nothing is known of such a bound.
  return {
    low: Number.isNaN(low) ? Number.NEGATIVE_INFINITY : Number.isFinite(low) ? low - down : low,
    high: Number.isNaN(high) ? Number.POSITIVE_INFINITY : Number.isFinite(high) ? high + up : high,
  };
}

const sum = (a: Interval, b: Interval): Interval => outward(a.low + b.low, a.high + b.high);

const negative = ({ low, high }: Interval): Interval => ({ low: -high, high: -low });

function product(a: Interval, b: Interval): Interval {
  // 0 · ∞ is 0 here: a bound that is exactly 0 stays so, however large the other factor.
  const times = (x: number, y: number) => (x === 0 || y === 0 ? 0 : x * y);
  const corners = [times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)];
  return outward(Math.min(...corners), Math.max(...corners));
}

function reciprocal({ low, high }: Interval): Interval {
  return low <= 0 && high >= 0 ? everything : outward(1 / high, 1 / low);
}

function raised(base: Interval, exponent: Interval): Interval {
  const fixed = exponent.low === exponent.high ? exponent.low : undefined;
  if (fixed !== undefined && Number.isInteger(fixed)) {
    if (fixed < 0) return reciprocal(raised(base, point(-fixed)));
    const ends = [base.low ** fixed, base.high ** fixed];
    const least = fixed % 2 === 0 && base.low < 0 && base.high > 0 ? 0 : Math.min(...ends);
    return widened(least, Math.max(...ends));
  }
  if (base.low < 0) return everything;
  const corners = [base.low, base.high].flatMap((b) => [b ** exponent.low, b ** exponent.high]);
  return widened(Math.min(...corners), Math.max(...corners));
}

/** For functions that float64 libraries give to within a few units in the last place. */
const widened = (low: number, high: number): Interval => outward(low, high, 4);

const rising =
  (f: (x: number) => number) =>
  ({ low, high }: Interval): Interval =>
    widened(f(low), f(high));

const functions: Record<NamedFunction, (of: Interval) => Interval> = {
  exp: rising(Math.exp),
  // A logarithm of less than 0 does not exist; of an interval that reaches below, the rest counts.
  ln: rising((x) => Math.log(Math.max(x, 0))),
  tanh: rising(Math.tanh),
  sqrt: rising((x) => Math.sqrt(Math.max(x, 0))),
  sign: ({ low, high }) => ({ low: Math.sign(low), high: Math.sign(high) }),
  erf: rising(erf),
  abs: ({ low, high }) => ({
    low: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
    high: Math.max(Math.abs(low), Math.abs(high)),
  }),
};

/** The case that holds, or both where either may. */
function chosen(
  { left, relation, right, ifTrue, ifFalse }: Extract<Expression, { kind: 'cases' }>,
  of: (e: Expression) => Interval,
): Interval {
  const [l, r] = [of(left), of(right)];
  const surely = { '>': l.low > r.high, '≥': l.low >= r.high, '=': l.low === r.high && l.high === r.low };
  const never = { '>': l.high <= r.low, '≥': l.high < r.low, '=': l.high < r.low || l.low > r.high };
  if (surely[relation]) return of(ifTrue);
  return never[relation] ? of(ifFalse) : hull(of(ifTrue), of(ifFalse));
}

/** The positions of all terms that may be the largest. */
function largest(terms: readonly Interval[], positions: readonly number[]): Interval {
  const floor = Math.max(...terms.map(({ low }) => low));
  return terms.flatMap(({ high }, i) => (high >= floor ? [point(positions[i])] : [])).reduce(hull);
}
