// What a kernel computes on whole matrices, as data, and as one line of text.

/** A formula over whole slots. */
export type MatrixExpression =
  | { readonly kind: 'slot'; readonly slot: string }
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'sum'; readonly terms: readonly MatrixExpression[] }
  | { readonly kind: 'difference'; readonly from: MatrixExpression; readonly take: MatrixExpression }
  | { readonly kind: 'product'; readonly factors: readonly MatrixExpression[] }
  | { readonly kind: 'hadamard'; readonly factors: readonly MatrixExpression[] }
  | { readonly kind: 'quotient'; readonly above: MatrixExpression; readonly below: MatrixExpression }
  | { readonly kind: 'transpose'; readonly of: MatrixExpression }
  | { readonly kind: 'power'; readonly base: MatrixExpression; readonly exponent: MatrixExpression }
  | { readonly kind: 'apply'; readonly name: string; readonly of: readonly MatrixExpression[] }
  | { readonly kind: 'mean'; readonly of: MatrixExpression }; // over the samples of the batch

type Term = MatrixExpression | number | string;

const lift = (term: Term): MatrixExpression => {
  if (typeof term === 'number') return { kind: 'scalar', value: term };
  return typeof term === 'string' ? { kind: 'slot', slot: term } : term;
};

/** Builders; a string stands for the slot of that name. */
export const matrix = {
  sum: (...terms: readonly Term[]): MatrixExpression => ({ kind: 'sum', terms: terms.map(lift) }),
  difference: (from: Term, take: Term): MatrixExpression => ({
    kind: 'difference',
    from: lift(from),
    take: lift(take),
  }),
  product: (...factors: readonly Term[]): MatrixExpression => ({ kind: 'product', factors: factors.map(lift) }),
  hadamard: (...factors: readonly Term[]): MatrixExpression => ({ kind: 'hadamard', factors: factors.map(lift) }),
  quotient: (above: Term, below: Term): MatrixExpression => ({
    kind: 'quotient',
    above: lift(above),
    below: lift(below),
  }),
  transpose: (of: Term): MatrixExpression => ({ kind: 'transpose', of: lift(of) }),
  power: (base: Term, exponent: Term): MatrixExpression => ({
    kind: 'power',
    base: lift(base),
    exponent: lift(exponent),
  }),
  apply: (name: string, ...of: readonly Term[]): MatrixExpression => ({ kind: 'apply', name, of: of.map(lift) }),
  mean: (of: Term): MatrixExpression => ({ kind: 'mean', of: lift(of) }),
} as const;

/** One line of text: `W · x + b`. */
export function showMatrix(expression: MatrixExpression, tight = false): string {
  const inner = (e: MatrixExpression) => showMatrix(e, true);
  const group = (text: string) => (tight ? `(${text})` : text);
  switch (expression.kind) {
    case 'slot':
      return expression.slot;
    case 'scalar':
      return String(expression.value);
    case 'sum':
      return group(expression.terms.map((term) => showMatrix(term)).join(' + '));
    case 'difference':
      return group(`${showMatrix(expression.from)} − ${inner(expression.take)}`);
    case 'product':
      return expression.factors.map(inner).join(' · ');
    case 'hadamard':
      return expression.factors.map(inner).join(' ⊙ ');
    case 'quotient':
      return `${inner(expression.above)} / ${inner(expression.below)}`;
    case 'transpose':
      return `${inner(expression.of)}ᵀ`;
    case 'power':
      return `${inner(expression.base)}^${inner(expression.exponent)}`;
    case 'apply':
      return `${expression.name}(${expression.of.map((e) => showMatrix(e)).join(', ')})`;
    case 'mean':
      return `mean(${showMatrix(expression.of)})`;
  }
}
