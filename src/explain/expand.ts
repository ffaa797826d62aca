// Symbolic forms made concrete: sums written out, comparisons of indices decided, the mean over one sample dropped.
import { type Expression, expandSum, number } from '../symbolic/index.ts';

/** The expression with every sum written out for a batch of this size. */
export function expand(expression: Expression, samples: number): Expression {
  const inner = (e: Expression) => expand(e, samples);
  switch (expression.kind) {
    case 'samples':
      return number(samples);
    case 'kronecker':
      return number(expression.left === expression.right ? 1 : 0);
    case 'sum': {
      const terms = expandSum(expression, samples).map(inner).flatMap(termsOf);
      return terms.length === 1 ? terms[0] : { kind: 'add', terms };
    }
    case 'add':
      return { kind: 'add', terms: expression.terms.map(inner).flatMap(termsOf) };
    case 'multiply':
      return { kind: 'multiply', factors: expression.factors.map(inner).flatMap(factorsOf) };
    case 'divide':
      if (expression.below.kind === 'samples' && samples === 1) return inner(expression.above);
      return { ...expression, above: inner(expression.above), below: inner(expression.below) };
    case 'negate':
    case 'call':
      return { ...expression, of: inner(expression.of) };
    case 'power':
      return { ...expression, base: inner(expression.base), exponent: inner(expression.exponent) };
    case 'derivative':
      return { ...expression, body: inner(expression.body) };
    case 'cases':
      return {
        ...expression,
        left: inner(expression.left),
        right: inner(expression.right),
        ifTrue: inner(expression.ifTrue),
        ifFalse: inner(expression.ifFalse),
      };
    case 'argmax':
      return { ...expression, terms: expression.terms.map(inner) };
    case 'draw':
      return { ...expression, step: inner(expression.step) };
    case 'number':
    case 'element':
      return expression;
  }
}

const termsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === 'add' ? expression.terms : [expression];

const factorsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === 'multiply' ? expression.factors : [expression];
