// What a kernel computes, as data: expression trees over the elements of slots. Evaluation and printing live elsewhere.
import type { Shape, Stream } from '../memory/index.ts';

/** An index of an element: a number once chosen, a letter while it stands for any. */
export type Index = number | string;

/** One element of a slot; `sample` is null where the slot does not depend on the sample. */
export interface Element {
  readonly kind: 'element';
  readonly slot: string;
  readonly index: readonly Index[];
  readonly sample: Index | null;
}

/** The relations a condition may test. */
export type Relation = '>' | '≥' | '=';

/** The functions that appear by name. */
export type NamedFunction = 'exp' | 'ln' | 'tanh' | 'sqrt' | 'abs' | 'sign' | 'erf';

/** A uniform random number from 0 to below 1 for an element of a tensor, a function of what is named here. */
export interface Draw {
  readonly kind: 'draw';
  readonly seed: number;
  readonly stream: Stream;
  /** The number of the optimisation step. */
  readonly step: Expression;
  /** Where the tensor's numbers begin in the stream. */
  readonly first: number;
  /** The tensor's shape for one sample, the element's index in it, and its sample. */
  readonly shape: Shape;
  readonly index: readonly Index[];
  readonly sample: Index;
}

/** A scalar formula. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | Element
  | { readonly kind: 'samples' } // m, the number of samples in the batch
  | { readonly kind: 'kronecker'; readonly left: Index; readonly right: Index } // 1 where the indices agree, else 0
  | { readonly kind: 'add'; readonly terms: readonly Expression[] }
  | { readonly kind: 'multiply'; readonly factors: readonly Expression[] }
  | { readonly kind: 'divide'; readonly above: Expression; readonly below: Expression }
  | { readonly kind: 'negate'; readonly of: Expression }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: 'call'; readonly name: NamedFunction; readonly of: Expression }
  | { readonly kind: 'sum'; readonly over: string; readonly count: number | 'samples'; readonly body: Expression }
  | {
      readonly kind: 'cases';
      readonly left: Expression;
      readonly relation: Relation;
      readonly right: Expression;
      readonly ifTrue: Expression;
      readonly ifFalse: Expression;
    }
  | { readonly kind: 'argmax'; readonly terms: readonly Expression[]; readonly positions: readonly number[] }
  | Draw
  | {
      readonly kind: 'derivative';
      readonly of: Element;
      readonly by: Element;
      readonly body: Expression;
      /** Where the factor is −∂of/∂by: the body has the minus in it. */
      readonly negated?: true;
    };

type Term = Expression | number;

const lift = (term: Term): Expression => (typeof term === 'number' ? number(term) : term);

/** A constant. */
export const number = (value: number): Expression => ({ kind: 'number', value });

/** m, the number of samples in the batch. */
export const samples: Expression = { kind: 'samples' };

/** 1 where two indices agree, else 0 */
export const kronecker = (left: Index, right: Index): Expression => ({ kind: 'kronecker', left, right });

/** a + b + … */
export const add = (...terms: readonly Term[]): Expression => ({ kind: 'add', terms: terms.map(lift) });

/** a − b */
export const subtract = (a: Term, b: Term): Expression => add(a, negate(b));

/** a · b · … */
export const multiply = (...factors: readonly Term[]): Expression => ({ kind: 'multiply', factors: factors.map(lift) });

/** a / b */
export const divide = (above: Term, below: Term): Expression => ({
  kind: 'divide',
  above: lift(above),
  below: lift(below),
});

/** −a */
export const negate = (of: Term): Expression => ({ kind: 'negate', of: lift(of) });

/** base ^ exponent */
export const power = (base: Term, exponent: Term): Expression => ({
  kind: 'power',
  base: lift(base),
  exponent: lift(exponent),
});

/** f(a), for a function with a name of its own */
export const call = (name: NamedFunction, of: Term): Expression => ({ kind: 'call', name, of: lift(of) });

/** e^a */
export const exp = (of: Term): Expression => call('exp', of);

/** ln a */
export const ln = (of: Term): Expression => call('ln', of);

/** Σ over an index that runs from 0 to count − 1 */
export const sum = (over: string, count: number | 'samples', body: Expression): Expression => ({
  kind: 'sum',
  over,
  count,
  body,
});

/** `ifTrue` where the relation holds, else `ifFalse` */
export const cases = (left: Term, relation: Relation, right: Term, ifTrue: Term, ifFalse: Term): Expression => ({
  kind: 'cases',
  left: lift(left),
  relation,
  right: lift(right),
  ifTrue: lift(ifTrue),
  ifFalse: lift(ifFalse),
});

/** The position of the largest term; where several are largest, of the first */
export const argmax = (terms: readonly Expression[], positions: readonly number[]): Expression => ({
  kind: 'argmax',
  terms,
  positions,
});

/** A uniform random number for each element of a tensor */
export const draw = (of: Omit<Draw, 'kind'>): Expression => ({ kind: 'draw', ...of });

/** ∂of/∂by, a factor with a name of its own, and what it comes to */
export const derivative = (of: Element, by: Element, body: Expression): Expression => ({
  kind: 'derivative',
  of,
  by,
  body,
});
