// A pair of kernels made from a loss that adds up over the outputs: its terms, and their derivatives by the activations.
import { type Expression, matrix } from '../symbolic/index.ts';
import { defineKernel, type Kernel, width } from './kernel.ts';

/** One output's share of a sample's loss, K outputs in all, with its derivative by the activation. */
export interface LossTerm {
  readonly name: string;
  /** The term of an output with activation a and target y. */
  value(a: number, y: number, outputs: number): number;
  /** Its derivative by a. */
  derivative(a: number, y: number, outputs: number): number;
  /** The term as an expression. */
  expression(a: Expression, y: Expression, outputs: number): Expression;
  /** Its derivative as an expression. */
  derivativeExpression(a: Expression, y: Expression, outputs: number): Expression;
}

/** terms_j = C(a_j, y_j) */
export function lossTerms(term: LossTerm): Kernel<'a' | 'y'> {
  return defineKernel({
    name: `${term.name}Terms`,
    inputs: ['a', 'y'],
    perSample: true,
    inPlace: ['a'],
    shape: ({ a }) => a.shape,
    run(out, { a, y }, _attributes, samples) {
      const outputs = width(a);
      for (let i = 0; i < samples * outputs; i++) out[i] = term.value(a.data[i], y.data[i], outputs);
    },
    element: (index, { a, y }) => term.expression(a.at(...index), y.at(...index), width(a)),
    matrix: ({ a, y }) => matrix.apply(term.name, a, y),
  });
}

/** da_j = ∂C_x/∂a_j (Nielsen's ∇_a C) */
export function lossGradient(term: LossTerm): Kernel<'a' | 'y'> {
  return defineKernel({
    name: `${term.name}Gradient`,
    inputs: ['a', 'y'],
    perSample: true,
    inPlace: ['a'],
    shape: ({ a }) => a.shape,
    run(out, { a, y }, _attributes, samples) {
      const outputs = width(a);
      for (let i = 0; i < samples * outputs; i++) out[i] = term.derivative(a.data[i], y.data[i], outputs);
    },
    element: (index, { a, y }) => term.derivativeExpression(a.at(...index), y.at(...index), width(a)),
    matrix: ({ a, y }) => matrix.apply(`${term.name}′`, a, y),
  });
}
