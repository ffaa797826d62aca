// Minus signs taken through expressions: what they stand before changes its look and keeps its value. Knows no notation.
import { type Expression, mapParts, negate, number } from '../symbolic/index.ts';

/** −e with the minus inside: −(a − y) f′ becomes (y − a) f′, where (a − y) is the chain's first factor. */
export function negated(e: Expression): Expression {
  switch (e.kind) {
    case 'number':
      return number(e.value === 0 ? 0 : -e.value);
    case 'negate':
      return e.of;
    case 'add':
      return { ...e, terms: positiveFirst(e.terms.map(negated)) };
    case 'multiply': {
      const first = e.factors.findIndex(takesMinus);
      if (first < 0) return negate(e);
      return { ...e, factors: e.factors.map((factor, i) => (i === first ? negated(factor) : factor)) };
    }
    case 'divide':
      return takesMinus(e.above) || e.above.kind === 'add' ? { ...e, above: negated(e.above) } : negate(e);
    case 'cases':
      return { ...e, ifTrue: negated(e.ifTrue), ifFalse: negated(e.ifFalse) };
    case 'derivative':
      return lossFactor(e) ? { ...e, negated: true, body: flipped(e.body) } : negate(e);
    default:
      return negate(e);
  }
}

/** −e as y − a where e is a − y, also above a fraction; else with the minus in front. */
function flipped(e: Expression): Expression {
  if (e.kind === 'divide' && isDifference(e.above)) return { ...e, above: negated(e.above) };
  return isDifference(e) ? negated(e) : tidied(negate(e));
}

const isDifference = (e: Expression): boolean => e.kind === 'add' && e.terms.some(({ kind }) => kind === 'negate');

type Derivative = Extract<Expression, { kind: 'derivative' }>;

/** The factor that a chain begins with, which the field writes with the minus: −∂E/∂ŷ. */
const lossFactor = (e: Expression): e is Derivative =>
  e.kind === 'derivative' && e.of.slot === 'loss' && e.negated === undefined;

const takesMinus = (e: Expression): boolean =>
  e.kind === 'negate' ||
  lossFactor(e) ||
  (e.kind === 'add' && e.terms.every(({ kind }) => kind === 'negate')) ||
  (e.kind === 'multiply' && e.factors.some(takesMinus)) ||
  (e.kind === 'divide' && (takesMinus(e.above) || (e.above.kind === 'add' && e.above.terms.every(takesMinus))));

/** y − a rather than −a + y. */
function positiveFirst(terms: readonly Expression[]): Expression[] {
  const first = terms.findIndex(({ kind }) => kind !== 'negate');
  return first <= 0 || terms[0].kind !== 'negate' ? [...terms] : [terms[first], ...terms.filter((_, i) => i !== first)];
}

/** The same value with its minus signs as far out as they go, and pairs of them gone. */
export function tidied(expression: Expression): Expression {
  const e = mapParts(expression, tidied);
  switch (e.kind) {
    case 'negate':
      return e.of.kind === 'negate' ? e.of.of : e;
    case 'multiply': {
      const { minus, parts } = unsigned(e.factors);
      const factors = parts.flatMap((part) => (part.kind === 'multiply' ? part.factors : [part]));
      return minus ? negate({ ...e, factors }) : { ...e, factors };
    }
    case 'divide': {
      const { minus, parts } = unsigned([e.above, e.below]);
      const quotient: Expression = { ...e, above: parts[0], below: parts[1] };
      return minus ? negate(quotient) : quotient;
    }
    case 'add': {
      const terms = e.terms.flatMap((term) => (term.kind === 'add' ? term.terms : [term]));
      if (terms.length > 1 && terms.every(({ kind }) => kind === 'negate'))
        return negate({ ...e, terms: terms.map(negated) });
      return { ...e, terms };
    }
    case 'power':
      return e.base.kind === 'negate' && isEven(e.exponent) ? { ...e, base: e.base.of } : e;
    case 'call':
      if (e.of.kind !== 'negate' || (e.name !== 'abs' && e.name !== 'sign')) return e;
      return e.name === 'abs' ? { ...e, of: e.of.of } : negate({ ...e, of: e.of.of });
    case 'cases': {
      const branches = [e.ifTrue, e.ifFalse];
      const same =
        branches.some(({ kind }) => kind === 'negate') && branches.every((b) => b.kind === 'negate' || isZero(b));
      return same ? negate({ ...e, ifTrue: negated(e.ifTrue), ifFalse: negated(e.ifFalse) }) : e;
    }
    default:
      return e;
  }
}

/** The parts without their minus, and whether one is left over. */
function unsigned(parts: readonly Expression[]): { minus: boolean; parts: Expression[] } {
  const signs = parts.filter(({ kind }) => kind === 'negate').length;
  return { minus: signs % 2 === 1, parts: parts.map((part) => (part.kind === 'negate' ? part.of : part)) };
}

const isEven = (e: Expression): boolean => e.kind === 'number' && e.value % 2 === 0;

const isZero = (e: Expression): boolean => e.kind === 'number' && e.value === 0;
