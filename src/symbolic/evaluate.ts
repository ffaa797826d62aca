// The value of an expression, and the rewriting of its indices and elements.
import { offsetOf, random, sizeOf } from '../memory/index.ts';
import { erf } from './erf.ts';
import type { Draw, Element, Expression, Index, NamedFunction } from './expression.ts';

/** Where an expression finds its numbers. */
export interface Values {
  element(element: Element): number;
  /** m, the number of samples in the batch */
  readonly samples: number;
}

const functions: Record<NamedFunction, (x: number) => number> = {
  exp: Math.exp,
  ln: Math.log,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  erf,
};

/** The value of an expression whose indices are all numbers, in float64. */
export function evaluate(expression: Expression, values: Values): number {
  const value = (e: Expression) => evaluate(e, values);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'element':
      return values.element(expression);
    case 'samples':
      return values.samples;
    case 'kronecker':
      return expression.left === expression.right ? 1 : 0;
    case 'add':
      return expression.terms.reduce((total, term) => total + value(term), 0);
    case 'multiply':
      return expression.factors.reduce((product, factor) => product * value(factor), 1);
    case 'divide':
      return value(expression.above) / value(expression.below);
    case 'negate':
      return -value(expression.of);
    case 'power':
      return value(expression.base) ** value(expression.exponent);
    case 'call':
      return functions[expression.name](value(expression.of));
    case 'sum':
      return expandSum(expression, values.samples).reduce((total, term) => total + value(term), 0);
    case 'cases':
      return value(holds(expression, value) ? expression.ifTrue : expression.ifFalse);
    case 'argmax':
      return expression.positions[largest(expression.terms.map(value))];
    case 'draw':
      return drawn(expression, value(expression.step));
    case 'derivative':
      return value(expression.body);
  }
}

/** Where the largest value is: the first place of several, or that of the first that is no number. */
function largest(values: readonly number[]): number {
  const wrong = values.findIndex(Number.isNaN);
  return wrong >= 0 ? wrong : values.indexOf(Math.max(...values));
}

function drawn({ seed, stream, first, shape, index, sample }: Draw, step: number): number {
  const position = first + Number(sample) * sizeOf(shape) + offsetOf(shape, index.map(Number));
  return random(seed, stream, step).bits(position) / 2 ** 32;
}

/** Whether the condition of a `cases` expression is met. */
export function holds(
  expression: Extract<Expression, { kind: 'cases' }>,
  value: (expression: Expression) => number,
): boolean {
  const [left, right] = [value(expression.left), value(expression.right)];
  switch (expression.relation) {
    case '>':
      return left > right;
    case '≥':
      return left >= right;
    case '=':
      return left === right;
  }
}

/** The terms of a sum, its index replaced by 0, 1, … */
export function expandSum(expression: Extract<Expression, { kind: 'sum' }>, samples: number): Expression[] {
  const count = expression.count === 'samples' ? samples : expression.count;
  return Array.from({ length: count }, (_, i) => substituteIndex(expression.body, expression.over, i));
}

/** The same expression with one index letter replaced. */
export function substituteIndex(expression: Expression, letter: string, by: Index): Expression {
  return rewrite(expression, { index: (index) => (index === letter ? by : index) });
}

/** What to change in an expression. */
export interface Rewriting {
  /** A new index for each index that no sum runs over. */
  index?(index: Index): Index;
  /** A new expression for each element, after its indices; the named ends of a derivative stay elements. */
  element?(element: Element): Expression;
  /** New factors for each product, before they are rewritten themselves. */
  factors?(factors: readonly Expression[]): readonly Expression[];
}

/** The same expression with its indices and elements replaced. */
export function rewrite(expression: Expression, rewriting: Rewriting): Expression {
  const map = (e: Expression) => rewrite(e, rewriting);
  const index = (i: Index) => rewriting.index?.(i) ?? i;
  const element = (e: Element): Element =>
    rewriting.index === undefined
      ? e
      : { ...e, index: e.index.map(index), sample: e.sample === null ? null : index(e.sample) };
  switch (expression.kind) {
    case 'number':
    case 'samples':
      return expression;
    case 'kronecker':
      return { ...expression, left: index(expression.left), right: index(expression.right) };
    case 'element': {
      const indexed = element(expression);
      return rewriting.element?.(indexed) ?? indexed;
    }
    case 'multiply':
      return { ...expression, factors: (rewriting.factors?.(expression.factors) ?? expression.factors).map(map) };
    case 'sum':
      return { ...expression, body: rewrite(expression.body, withoutBound(rewriting, expression.over)) };
    case 'draw':
      return {
        ...expression,
        step: map(expression.step),
        index: expression.index.map(index),
        sample: index(expression.sample),
      };
    case 'derivative':
      return { ...expression, of: element(expression.of), by: element(expression.by), body: map(expression.body) };
    default:
      return mapParts(expression, map);
  }
}

/** The same expression with each expression that it is directly made of replaced. */
export function mapParts(expression: Expression, map: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'add':
    case 'argmax':
      return { ...expression, terms: expression.terms.map(map) };
    case 'multiply':
      return { ...expression, factors: expression.factors.map(map) };
    case 'divide':
      return { ...expression, above: map(expression.above), below: map(expression.below) };
    case 'negate':
    case 'call':
      return { ...expression, of: map(expression.of) };
    case 'power':
      return { ...expression, base: map(expression.base), exponent: map(expression.exponent) };
    case 'cases':
      return {
        ...expression,
        left: map(expression.left),
        right: map(expression.right),
        ifTrue: map(expression.ifTrue),
        ifFalse: map(expression.ifFalse),
      };
    case 'sum':
    case 'derivative':
      return { ...expression, body: map(expression.body) };
    case 'draw':
      return { ...expression, step: map(expression.step) };
    case 'number':
    case 'samples':
    case 'kronecker':
    case 'element':
      return expression;
  }
}

/** The letter a sum runs over is the sum's own: the same letter outside means another index. */
function withoutBound({ index: change, ...rest }: Rewriting, over: string): Rewriting {
  if (change === undefined) return rest;
  return { ...rest, index: (index) => (index === over ? index : change(index)) };
}

/** The elements an expression reads, each once, in the order they are met. */
export function elementsOf(expression: Expression): Element[] {
  const found = new Map<string, Element>();
  rewrite(expression, {
    element(element) {
      found.set(`${element.slot}/${element.sample}/${element.index.join(',')}`, element);
      return element;
    },
  });
  return [...found.values()];
}
