// Uphill: the step added where it is subtracted.
import { defineKernel, type Kernel } from '../../kernels/index.ts';
import { type Expression, elementsOf, matrix } from '../../symbolic/index.ts';
import { isStep, mutants } from '../mutate.ts';
import { withoutInPlace } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** The rule of a step with + before its η. */
function uphill(kernel: Kernel): Kernel {
  return defineKernel({
    ...withoutInPlace(kernel),
    name: `${kernel.name}Uphill`,
    run(out, inputs, attributes, count) {
      const rate = { ...inputs.rate, data: inputs.rate.data.map((eta) => -eta) };
      kernel.run(out, { ...inputs, rate }, attributes, count);
    },
    element(index, inputs, attributes) {
      const step = kernel.element(index, inputs, attributes);
      const reads = (term: Expression) => elementsOf(term).some(({ slot }) => slot === inputs.rate.slot);
      if (step.kind !== 'add') return step;
      return { ...step, terms: step.terms.map((term) => (term.kind === 'negate' && reads(term) ? term.of : term)) };
    },
    matrix(inputs, attributes) {
      const step = kernel.matrix(inputs, attributes);
      return step.kind === 'difference' ? matrix.sum(step.from, step.take) : step;
    },
  });
}

/** w + ηg where w − ηg belongs. */
export const addsTheGradient: Misconception = {
  id: 'adds-the-gradient',
  mutate: (program) =>
    mutants(program, (call) => (isStep(call) ? { ...call, kernel: uphill(call.kernel) } : undefined)),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `The update went along the gradient: ${quantity} was computed as ${wrong}. The gradient points to where the loss grows, so the step goes against it: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `更新时沿着梯度方向走了：${quantity} 算成了 ${wrong}。梯度指向损失增大的方向，参数应沿它的反方向移动：${right}。`,
  },
};
