// The ½ of the loss kept when it is differentiated.
import type { Kernel } from '../../kernels/index.ts';
import { halfMeanSquared } from '../../losses/half-mean-squared.ts';
import { quadratic } from '../../losses/quadratic.ts';
import { type Expression, type MatrixExpression, matrix, multiply } from '../../symbolic/index.ts';
import { isLossGradient, mutants } from '../mutate.ts';
import { scaled } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** The derivatives of the losses that have a ½. */
const withHalf: readonly Kernel[] = [quadratic.gradient, halfMeanSquared.gradient];

const half = {
  element: (form: Expression): Expression =>
    form.kind === 'divide' ? { ...form, below: multiply(2, form.below) } : multiply(0.5, form),
  matrix: (form: MatrixExpression) => matrix.product(0.5, form),
};

/** δ halved, because the 2 of the square was forgotten that cancels the ½; the loss right. */
export const lossFactorHalfKept: Misconception = {
  id: 'loss-factor-half-kept',
  mutate: (program) =>
    mutants(program, (call) =>
      isLossGradient(program, call) && withHalf.includes(call.kernel)
        ? { ...call, kernel: scaled(call.kernel, 'Half', () => 0.5, half) }
        : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} is half of what it should be: ${wrong}. The ½ in the loss is there to cancel the 2 that comes down when the square is differentiated, so none is left in the derivative: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 只有应有值的一半：${wrong}。损失里的 ½ 正是为了与平方求导产生的 2 相消，导数中不应再有 ½：${right}。`,
  },
};
