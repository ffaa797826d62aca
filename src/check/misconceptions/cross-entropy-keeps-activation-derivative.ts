// The cross-entropy's δ with the derivative of the sigmoid, which it cancels, still there.
import { sigmoid } from '../../activations/sigmoid.ts';
import { crossEntropy } from '../../losses/cross-entropy.ts';
import { quadratic } from '../../losses/quadratic.ts';
import { isLossGradient, mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** (a − y) f′(z) where a − y belongs. */
export const crossEntropyKeepsActivationDerivative: Misconception = {
  id: 'cross-entropy-keeps-activation-derivative',
  mutate(program) {
    const { loss, layers } = program.network;
    if (loss.terms !== crossEntropy.terms || layers.at(-1)?.activation?.backward !== sigmoid.backward) return [];
    return mutants(program, (call) =>
      isLossGradient(program, call) ? { ...call, kernel: quadratic.gradient } : undefined,
    );
  },
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} still has the activation's derivative in it: ${wrong}. That is the δ of the quadratic loss; the cross-entropy's own derivative has a(1 − a) below the line, which cancels it: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 里还留着激活函数的导数：${wrong}。那是二次损失的 δ；交叉熵的导数分母中有 a(1 − a)，正好与它约去：${right}。`,
  },
};
