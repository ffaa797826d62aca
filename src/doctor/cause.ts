// Which operation of a formula gave the number that is not finite, and what the formula reads. Found in its symbolic form.
import { expand } from '../explain/expand.ts';
import { sampleIndex } from '../kernels/index.ts';
import { type Call, elementOf, type Plan } from '../plan/index.ts';
import { type Element, type Expression, elementsOf, evaluate, rewrite, type Values } from '../symbolic/index.ts';
import { type RecordedStep, valueIn } from './recorder.ts';

/** Why a number is not finite. */
export type Cause =
  /** It was given so: an input, a parameter or a state. */
  | { readonly kind: 'given' }
  /** What it was computed from was not finite already. */
  | { readonly kind: 'inherited' }
  /** A result beyond the greatest number; `operation` gave it. */
  | { readonly kind: 'overflow'; readonly operation: 'product' | 'sum' | 'quotient' | 'power' | 'exp' | 'result' }
  | { readonly kind: 'division'; readonly by: 0 }
  | { readonly kind: 'logarithm'; readonly of: number }
  | { readonly kind: 'other' };

/** The formula of one element with its sums written out. */
function formulaOf({ program }: Plan, call: Call, { index, sample }: Element, { rows }: RecordedStep): Expression {
  const form = elementOf(program, call, index);
  const own = sample === null ? form : rewrite(form, { index: (one) => (one === sampleIndex ? sample : one) });
  return expand(own, rows.length);
}

/** What an element was computed from: those that are not finite first, then the largest. */
export function inputsOf(plan: Plan, call: Call, element: Element, place: RecordedStep): Element[] {
  const rank = (one: Element) => {
    const size = Math.abs(valueIn(plan, place, one));
    return Number.isNaN(size) ? Number.POSITIVE_INFINITY : size;
  };
  const read = elementsOf(formulaOf(plan, call, element, place));
  return read.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
}

/** How many of the largest inputs are weighed against each other. */
const mostWeighed = 16;

/** The input without which the element would differ most; of factors of one product, the largest. */
export function mainInput(plan: Plan, call: Call, element: Element, place: RecordedStep): Element | undefined {
  const formula = formulaOf(plan, call, element, place);
  const value = valueIn(plan, place, element);
  const without = (left: Element) =>
    evaluate(formula, {
      element: (one) => (isSame(one, left) ? 0 : valueIn(plan, place, one)),
      samples: place.rows.length,
    });
  const weighed = inputsOf(plan, call, element, place)
    .filter(({ slot }) => slot !== 'learningRate' && slot !== 'step')
    // δ = ∂C/∂a ⊙ f′(z): what grows is the error handed back, never the slope.
    .filter(({ slot }) => call.inputs.da === undefined || slot === call.inputs.da)
    .slice(0, mostWeighed)
    .map((input) => {
      const change = Math.abs(value - without(input));
      return { input, change: Number.isNaN(change) ? 0 : change };
    });
  // Sorting is stable: equal changes stay in the order of size.
  return weighed.sort((a, b) => (a.change === b.change ? 0 : b.change - a.change))[0]?.input;
}

const isSame = (a: Element, b: Element) =>
  a.slot === b.slot && a.sample === b.sample && a.index.every((one, axis) => one === b.index[axis]);

/** The innermost operation whose result is not finite although its operands are. */
export function causeOf(plan: Plan, call: Call, element: Element, place: RecordedStep, greatest: number): Cause {
  const formula = formulaOf(plan, call, element, place);
  const read = elementsOf(formula);
  if (read.some((one) => !Number.isFinite(valueIn(plan, place, one)))) return { kind: 'inherited' };
  const values: Values = { element: (one) => valueIn(plan, place, one), samples: place.rows.length };
  // In float32 a result may be finite on paper, in float64, and yet beyond its greatest number.
  const finite = (e: Expression) => Math.abs(evaluate(e, values)) <= greatest;
  const broken = innermost(formula, finite);
  return broken === undefined ? { kind: 'overflow', operation: 'result' } : named(broken, values);
}

function innermost(expression: Expression, finite: (e: Expression) => boolean): Expression | undefined {
  if (finite(expression)) return undefined;
  for (const part of partsOf(expression)) {
    const inside = innermost(part, finite);
    if (inside !== undefined) return inside;
  }
  return expression;
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'add':
      return expression.terms;
    case 'multiply':
      return expression.factors;
    case 'divide':
      return [expression.above, expression.below];
    case 'negate':
    case 'call':
      return [expression.of];
    case 'power':
      return [expression.base, expression.exponent];
    case 'sum':
    case 'derivative':
      return [expression.body];
    case 'cases':
      return [expression.left, expression.right];
    default:
      return [];
  }
}

function named(expression: Expression, values: Values): Cause {
  switch (expression.kind) {
    case 'add':
    case 'sum':
      return { kind: 'overflow', operation: 'sum' };
    case 'multiply':
      return { kind: 'overflow', operation: 'product' };
    case 'power':
      return { kind: 'overflow', operation: 'power' };
    case 'divide':
      return evaluate(expression.below, values) === 0
        ? { kind: 'division', by: 0 }
        : { kind: 'overflow', operation: 'quotient' };
    case 'call':
      if (expression.name === 'exp') return { kind: 'overflow', operation: 'exp' };
      if (expression.name === 'ln') return { kind: 'logarithm', of: evaluate(expression.of, values) };
      return { kind: 'other' };
    default:
      return { kind: 'other' };
  }
}
