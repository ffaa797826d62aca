// Matrix formulas as text: parentheses exactly where they are needed.
import { expect, test } from 'vitest';
import { type MatrixExpression, matrix, showMatrix } from './matrix.ts';

test.each<[string, MatrixExpression]>([
  ['W · x + b', matrix.sum(matrix.product('W', 'x'), 'b')],
  ['Wᵀ · δ', matrix.product(matrix.transpose('W'), 'δ')],
  ['da ⊙ σ′(z)', matrix.hadamard('da', matrix.apply('σ′', 'z'))],
  ['w − η · g', matrix.difference('w', matrix.product('η', 'g'))],
  ['mean(δ · xᵀ)', matrix.mean(matrix.product('δ', matrix.transpose('x')))],
  ['(1 − 0.9) · g', matrix.product(matrix.difference(1, 0.9), 'g')],
  ['a − (b − c)', matrix.difference('a', matrix.difference('b', 'c'))],
  ['m / (1 − 0.9^t)', matrix.quotient('m', matrix.difference(1, matrix.power(0.9, 't')))],
  ['−a · b', matrix.negate(matrix.product('a', 'b'))],
  ['−(a + b)', matrix.negate(matrix.sum('a', 'b'))],
  ['(−a) ⊙ b', matrix.hadamard(matrix.negate('a'), 'b')],
  ['(a + b)ᵀ', matrix.transpose(matrix.sum('a', 'b'))],
  ['f(a + b, c)', matrix.apply('f', matrix.sum('a', 'b'), 'c')],
  ['a / (b · c)', matrix.quotient('a', matrix.product('b', 'c'))],
  ['(a · b)ᵀ', matrix.transpose(matrix.product('a', 'b'))],
  ['(a · b)^2', matrix.power(matrix.product('a', 'b'), 2)],
  ['a · b / c', matrix.quotient(matrix.product('a', 'b'), 'c')],
  ['(Wᵀ · δ) ⊙ f', matrix.hadamard(matrix.product(matrix.transpose('W'), 'δ'), 'f')],
  ['W · (a ⊙ b)', matrix.product('W', matrix.hadamard('a', 'b'))],
])('%s', (text, expression) => expect(showMatrix(expression)).toBe(text));
