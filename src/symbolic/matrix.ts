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

/** What stands around a formula: nothing that binds; a product or the upper side of a quotient; what binds tighter. */
type Around = 'nothing' | 'product' | 'tighter';

/** One line of text: `W · x + b`. */
export function showMatrix(expression: MatrixExpression, around: Around = 'nothing'): string {
  const join = (terms: readonly MatrixExpression[], sign: string, inside: Around) =>
    terms.map((term) => showMatrix(term, inside)).join(sign);
  const group = (text: string, grouped: boolean) => (grouped ? `(${text})` : text);
  switch (expression.kind) {
    case 'slot':
      return expression.slot;
    case 'scalar':
      return String(expression.value);
    case 'sum':
      return group(join(expression.terms, ' + ', 'nothing'), around !== 'nothing');
    case 'difference': {
      const take = showMatrix(expression.take, isSum(expression.take) ? 'tighter' : 'nothing');
      return group(`${showMatrix(expression.from)} − ${take}`, around !== 'nothing');
    }
    case 'product':
      return group(join(expression.factors, ' · ', 'product'), around === 'tighter');
    case 'hadamard':
      return group(join(expression.factors, ' ⊙ ', 'tighter'), around !== 'nothing');
    case 'quotient': {
      const [above, below] = [showMatrix(expression.above, 'product'), showMatrix(expression.below, 'tighter')];
      return group(`${above} / ${below}`, around === 'tighter');
    }
    case 'transpose':
      return `${showMatrix(expression.of, 'tighter')}ᵀ`;
    case 'power':
      return `${showMatrix(expression.base, 'tighter')}^${showMatrix(expression.exponent, 'tighter')}`;
    case 'apply':
      return `${expression.name}(${join(expression.of, ', ', 'nothing')})`;
    case 'mean':
      return `mean(${showMatrix(expression.of)})`;
  }
}

const isSum = ({ kind }: MatrixExpression) => kind === 'sum' || kind === 'difference';
