// The ½ of the loss left out from the beginning.
import { halfMeanSquared } from '../../losses/half-mean-squared.ts';
import { defineLoss, type Loss } from '../../losses/loss.ts';
import { meanSquared } from '../../losses/mean-squared.ts';
import { quadratic } from '../../losses/quadratic.ts';
import { multiply, power, subtract } from '../../symbolic/index.ts';
import { isLossGradient, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** Σ_j (a_j − y_j)² */
const sumOfSquares = defineLoss({
  name: 'sumOfSquares',
  value: (a, y) => (a - y) ** 2,
  derivative: (a, y) => 2 * (a - y),
  expression: (a, y) => power(subtract(a, y), 2),
  derivativeExpression: (a, y) => multiply(2, subtract(a, y)),
});

/** What is left of a loss without its ½. */
function withoutHalf(loss: Loss): Loss | undefined {
  if (loss.terms === quadratic.terms) return sumOfSquares;
  return loss.terms === halfMeanSquared.terms ? meanSquared : undefined;
}

/** Loss and δ doubled. */
export const lossFactorHalfDropped: Misconception = {
  id: 'loss-factor-half-dropped',
  mutate(program) {
    const loss = withoutHalf(program.network.loss);
    if (loss === undefined) return [];
    return mutants(program, (call) => {
      if (call.output === 'loss.terms') return { ...call, kernel: loss.terms };
      return isLossGradient(program, call) ? { ...call, kernel: loss.gradient } : undefined;
    });
  },
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} is twice what it should be: ${wrong}. The loss of this exercise has a factor ½ in front of the squares: ${right}. Without it the loss and every gradient are doubled.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 是应有值的两倍：${wrong}。本题的损失在平方前有系数 ½：${right}。漏掉它，损失和所有梯度都会变成两倍。`,
  },
};
