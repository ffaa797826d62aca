// The update without the learning rate.
import { defineKernel, type Kernel } from '../../kernels/index.ts';
import { type Expression, type MatrixExpression, rewrite } from '../../symbolic/index.ts';
import { isStep, mutants } from '../mutate.ts';
import { withoutInPlace } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** The rule of a step with 1 for its η. */
function withoutRate(kernel: Kernel): Kernel {
  return defineKernel({
    ...withoutInPlace(kernel),
    name: `${kernel.name}WithoutRate`,
    run: (out, inputs, attributes, count) =>
      kernel.run(out, { ...inputs, rate: { ...inputs.rate, data: Float64Array.of(1) } }, attributes, count),
    element: (index, inputs, attributes) => {
      const isRate = (factor: Expression) => factor.kind === 'element' && factor.slot === inputs.rate.slot;
      return rewrite(kernel.element(index, inputs, attributes), {
        factors: (factors) => factors.filter((factor) => !isRate(factor)),
      });
    },
    matrix: (inputs, attributes) => withoutFactor(kernel.matrix(inputs, attributes), inputs.rate),
  });
}

/** The formula without one slot's factor in its products. */
function withoutFactor(expression: MatrixExpression, slot: string): MatrixExpression {
  const without = (e: MatrixExpression) => withoutFactor(e, slot);
  switch (expression.kind) {
    case 'difference':
      return { ...expression, from: without(expression.from), take: without(expression.take) };
    case 'quotient':
      return { ...expression, above: without(expression.above) };
    case 'product':
      return {
        ...expression,
        factors: expression.factors.filter((factor) => factor.kind !== 'slot' || factor.slot !== slot),
      };
    default:
      return expression;
  }
}

/** w − g where w − ηg belongs. */
export const learningRateLeftOut: Misconception = {
  id: 'learning-rate-left-out',
  mutate: (program) =>
    mutants(program, (call) => (isStep(call) ? { ...call, kernel: withoutRate(call.kernel) } : undefined)),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `The learning rate is missing in ${quantity}: it was computed as ${wrong}. The gradient gives the direction of the step and the learning rate its length: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 漏乘了学习率，算成了 ${wrong}。梯度只给出方向，步长由学习率决定：${right}。`,
  },
};
