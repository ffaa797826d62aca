// How large the numbers are that meet in an expression: what its rounding error is to be measured against.
import { type Expression, evaluate, expandSum, holds, type Values } from '../../src/symbolic/index.ts';

/**
 * Σ|terms|: the value with every term of every sum taken by its size, so that a difference of nearly equal numbers
 * is measured by those numbers. Where a function or quotient magnifies an error of its operand, so does this.
 */
export function magnitude(expression: Expression, values: Values): number {
  const size = (e: Expression) => magnitude(e, values);
  const value = (e: Expression) => evaluate(e, values);
  const total = (terms: readonly Expression[]) => terms.reduce((sum, term) => sum + size(term), 0);
  switch (expression.kind) {
    case 'add':
      return total(expression.terms);
    case 'sum':
      return total(expandSum(expression, values.samples));
    case 'multiply':
      return expression.factors.reduce((product, factor) => product * size(factor), 1);
    case 'divide':
      return (size(expression.above) * size(expression.below)) / value(expression.below) ** 2;
    case 'negate':
      return size(expression.of);
    case 'derivative':
      return size(expression.body);
    case 'power':
      return size(expression.base) ** Math.abs(value(expression.exponent));
    case 'call':
      return Math.abs(value(expression)) + size(expression.of) * steepness(expression.name, value(expression.of));
    case 'argmax':
    case 'draw':
      return Math.abs(value(expression));
    case 'cases':
      return size(holds(expression, value) ? expression.ifTrue : expression.ifFalse);
    // What has no parts: numbers, elements and the like.
    default:
      return Math.abs(value(expression));
  }
}

/** An upper bound of |f′(x)|. */
function steepness(name: Extract<Expression, { kind: 'call' }>['name'], x: number): number {
  switch (name) {
    case 'exp':
      return Math.exp(x);
    case 'ln':
      return 1 / x;
    case 'sqrt':
      return x === 0 ? 0 : 0.5 / Math.sqrt(x);
    case 'sign':
      return 0;
    case 'abs':
    case 'tanh':
      return 1;
    case 'erf':
      return 2 / Math.sqrt(Math.PI);
  }
}
