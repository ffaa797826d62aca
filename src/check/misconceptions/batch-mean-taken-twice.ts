// The batch's gradients divided by the number of samples twice.
import { divide, type Expression, type MatrixExpression, matrix, samples } from '../../symbolic/index.ts';
import { isGradient, mutants } from '../mutate.ts';
import { scaled } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

const meanAgain = {
  element: (mean: Expression) => divide(mean, samples),
  matrix: (mean: MatrixExpression) => matrix.mean(mean),
};

/** 1/m² Σ over the batch where 1/m Σ belongs. */
export const batchMeanTakenTwice: Misconception = {
  id: 'batch-mean-taken-twice',
  mutate: (program) =>
    mutants(program, (call) =>
      isGradient(call) ? { ...call, kernel: scaled(call.kernel, 'Twice', (count) => 1 / count, meanAgain) } : undefined,
    ),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} was divided by the number of samples twice: ${wrong}. The mean over the batch is taken once, either in the errors of the outputs or in the gradients, not in both: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 被样本数除了两次：${wrong}。对小批量只取一次平均，要么在输出误差处取，要么在梯度处取，不能两处都取：${right}。`,
  },
};
