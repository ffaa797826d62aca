// Kernels made from kernels of the house, for wrong rules: the same operation with one thing changed. Nothing trains with them.
import type { Activation } from '../activations/activation.ts';
import { defineKernel, type Kernel, type Operand, width } from '../kernels/index.ts';
import { type Element, type Expression, type MatrixExpression, matrix, rewrite } from '../symbolic/index.ts';

/** out = x, for what the batch has one of. */
export const unchanged = defineKernel({
  name: 'unchanged',
  inputs: ['x'],
  perSample: false,
  shape: ({ x }) => x.shape,
  run(out, { x }) {
    out.set(x.data.subarray(0, width(x)));
  },
  element: (index, { x }) => x.at(...index),
  matrix: ({ x }) => matrix.sum(x),
});

/** dz = da ⊙ f′, with z put in where f′ is written with a: z(1 − z). */
export function derivativeAtWeightedInput({ backward }: Activation): Kernel<'da' | 'z' | 'a'> {
  return defineKernel({
    ...withoutInPlace(backward),
    name: `${backward.name}AtZ`,
    run: (out, { da, z }, attributes, count) => backward.run(out, { da, z, a: z }, attributes, count),
    element: (index, { da, z, a }, attributes) =>
      withElements(backward.element(index, { da, z, a }, attributes), a, (at) => ({ ...at, slot: z.slot })),
    matrix: ({ da, z }) => matrix.apply(backward.name, da, z, z),
  });
}

/** dz = da ⊙ f′(a): a taken for a weighted input, and the activation applied to it once more. */
export function derivativeAtActivation({ forward, backward, name }: Activation): Kernel<'da' | 'z' | 'a'> {
  return defineKernel({
    ...withoutInPlace(backward),
    name: `${backward.name}AtA`,
    run(out, { da, a }, attributes, count) {
      forward.run(out, { z: a }, attributes, count);
      backward.run(out, { da, z: a, a: { ...a, data: out } }, attributes, count);
    },
    element(index, { da, z, a }, attributes) {
      const again = (at: Element) => forward.element(at.index, { z: a }, attributes);
      return withElements(backward.element(index, { da, z, a }, attributes), a, again);
    },
    matrix: ({ da, a }) => matrix.hadamard(da, matrix.apply(`${name}′`, a)),
  });
}

/** Whether f′ is written with a = f(z), as in a(1 − a). */
export function derivativeReadsActivation({ backward }: Activation): boolean {
  const operand = (slot: string): Operand => ({
    slot,
    shape: [1],
    perSample: true,
    at: (...index) => ({ kind: 'element', slot, index, sample: null }),
  });
  let found = false;
  withElements(
    backward.element([0], { da: operand('da'), z: operand('z'), a: operand('a') }, {}),
    operand('a'),
    (at) => {
      found = true;
      return at;
    },
  );
  return found;
}

/** How a factor is put into a kernel's symbolic forms. */
interface Forms {
  readonly element: (form: Expression) => Expression;
  readonly matrix: (form: MatrixExpression) => MatrixExpression;
}

/** A kernel with its output multiplied by a factor, which may depend on how many samples there are. */
export function scaled(kernel: Kernel, name: string, factor: (samples: number) => number, forms: Forms): Kernel {
  return defineKernel({
    ...withoutInPlace(kernel),
    name: kernel.name + name,
    run(out, inputs, attributes, count) {
      kernel.run(out, inputs, attributes, count);
      for (let i = 0; i < out.length; i++) out[i] *= factor(count);
    },
    element: (index, inputs, attributes) => forms.element(kernel.element(index, inputs, attributes)),
    matrix: (inputs, attributes) => forms.matrix(kernel.matrix(inputs, attributes)),
  });
}

/** A kernel whose output lies beside its inputs, so that they can be read again. */
export function withoutInPlace<Port extends string>({ inPlace: _, ...kernel }: Kernel<Port>): Kernel<Port> {
  return kernel;
}

/** The expression with another one for each element of a slot. */
function withElements(expression: Expression, { slot }: Operand, by: (element: Element) => Expression): Expression {
  return rewrite(expression, { element: (element) => (element.slot === slot ? by(element) : element) });
}
