// The samples' gradients added up and not divided by how many there are.
import { meanLoss } from '../../kernels/index.ts';
import { type Expression, type MatrixExpression, matrix, multiply, samples } from '../../symbolic/index.ts';
import { isGradient, mutants } from '../mutate.ts';
import { scaled } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

const sum = {
  element: (mean: Expression) =>
    mean.kind === 'divide' && mean.below.kind === 'samples' ? mean.above : multiply(samples, mean),
  matrix: (mean: MatrixExpression) => matrix.apply('Σ', mean.kind === 'mean' ? mean.of : mean),
};

/** Σ over the batch, of the gradients alone or of the loss as well, where the mean belongs. */
export const batchSumInsteadOfMean: Misconception = {
  id: 'batch-sum-instead-of-mean',
  mutate(program) {
    const summed = (withLoss: boolean) =>
      mutants(
        program,
        (call) =>
          isGradient(call) || (withLoss && call.kernel === meanLoss)
            ? { ...call, kernel: scaled(call.kernel, 'Sum', (count) => count, sum) }
            : undefined,
        withLoss ? 'gradients and loss' : 'gradients',
      );
    return [...summed(false), ...summed(true)];
  },
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} adds up the samples of the batch without dividing by how many they are: ${wrong}. The loss of a batch is the mean over its samples, and so is its gradient: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 把小批量中各样本的值相加，却没有除以样本数：${wrong}。小批量的损失是各样本损失的平均，梯度也是平均：${right}。`,
  },
};
