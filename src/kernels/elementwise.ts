// A pair of kernels made from a function of one number: a = f(z), and dz = da ⊙ f′(z).
import { derivative as derivativeFactor, type Expression, matrix, multiply } from '../symbolic/index.ts';
import { defineKernel, type Kernel, width } from './kernel.ts';

/** A function of one number with its derivative, each as arithmetic and as an expression. */
export interface ScalarFunction {
  readonly name: string;
  /** f(z) */
  value(z: number): number;
  /** f′(z), which may use a = f(z) */
  derivative(z: number, a: number): number;
  /** f(z) as an expression */
  expression(z: Expression): Expression;
  /** f′(z) as an expression of z or of a = f(z) */
  derivativeExpression(z: Expression, a: Expression): Expression;
}

/** a = f(z), element by element. */
export function elementwiseForward(f: ScalarFunction): Kernel<'z'> {
  return defineKernel({
    name: f.name,
    inputs: ['z'],
    perSample: true,
    inPlace: ['z'],
    shape: ({ z }) => z.shape,
    run(out, { z }, _attributes, samples) {
      const count = samples * width(z);
      for (let i = 0; i < count; i++) out[i] = f.value(z.data[i]);
    },
    element: (index, { z }) => f.expression(z.at(...index)),
    matrix: ({ z }) => matrix.apply(f.name, z),
  });
}

/** dz = da ⊙ f′(z), element by element. */
export function elementwiseBackward(f: ScalarFunction): Kernel<'da' | 'z' | 'a'> {
  return defineKernel({
    name: `${f.name}Backward`,
    inputs: ['da', 'z', 'a'],
    perSample: true,
    inPlace: ['da'],
    shape: ({ z }) => z.shape,
    run(out, { da, z, a }, _attributes, samples) {
      const count = samples * width(z);
      for (let i = 0; i < count; i++) out[i] = da.data[i] * f.derivative(z.data[i], a.data[i]);
    },
    element(index, { da, z, a }) {
      const [zi, ai] = [z.at(...index), a.at(...index)];
      return multiply(da.at(...index), derivativeFactor(ai, zi, f.derivativeExpression(zi, ai)));
    },
    matrix: ({ da, z }) => matrix.hadamard(da, matrix.apply(`${f.name}′`, z)),
  });
}
