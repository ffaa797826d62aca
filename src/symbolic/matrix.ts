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
  | { readonly kind: 'negate'; readonly of: MatrixExpression }
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
  slot: (slot: string): MatrixExpression => ({ kind: 'slot', slot }),
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
  negate: (of: Term): MatrixExpression => ({ kind: 'negate', of: lift(of) }),
  transpose: (of: Term): MatrixExpression => ({ kind: 'transpose', of: lift(of) }),
  power: (base: Term, exponent: Term): MatrixExpression => ({
    kind: 'power',
    base: lift(base),
    exponent: lift(exponent),
  }),
  apply: (name: string, ...of: readonly Term[]): MatrixExpression => ({ kind: 'apply', name, of: of.map(lift) }),
  mean: (of: Term): MatrixExpression => ({ kind: 'mean', of: lift(of) }),
} as const;

/** The formulas that a formula is directly made of. */
export function matrixParts(expression: MatrixExpression): readonly MatrixExpression[] {
  switch (expression.kind) {
    case 'slot':
    case 'scalar':
      return [];
    case 'sum':
      return expression.terms;
    case 'product':
    case 'hadamard':
      return expression.factors;
    case 'difference':
      return [expression.from, expression.take];
    case 'quotient':
      return [expression.above, expression.below];
    case 'power':
      return [expression.base, expression.exponent];
    case 'apply':
      return expression.of;
    case 'negate':
    case 'transpose':
    case 'mean':
      return [expression.of];
  }
}

/** The same formula with each formula that it is directly made of replaced. */
export function mapMatrix(
  expression: MatrixExpression,
  map: (part: MatrixExpression) => MatrixExpression,
): MatrixExpression {
  switch (expression.kind) {
    case 'slot':
    case 'scalar':
      return expression;
    case 'sum':
      return { ...expression, terms: expression.terms.map(map) };
    case 'difference':
      return { ...expression, from: map(expression.from), take: map(expression.take) };
    case 'product':
    case 'hadamard':
      return { ...expression, factors: expression.factors.map(map) };
    case 'quotient':
      return { ...expression, above: map(expression.above), below: map(expression.below) };
    case 'power':
      return { ...expression, base: map(expression.base), exponent: map(expression.exponent) };
    case 'apply':
      return { ...expression, of: expression.of.map(map) };
    case 'negate':
    case 'transpose':
    case 'mean':
      return { ...expression, of: map(expression.of) };
  }
}

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
    case 'negate':
      return group(`−${showMatrix(expression.of, 'product')}`, around !== 'nothing');
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
