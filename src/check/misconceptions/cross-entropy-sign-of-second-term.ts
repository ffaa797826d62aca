// The cross-entropy with only its first term behind the minus.
import { lossTerms } from '../../kernels/index.ts';
import { crossEntropy } from '../../losses/cross-entropy.ts';
import { add, divide, ln, multiply, negate, subtract } from '../../symbolic/index.ts';
import { mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** −y ln a + (1 − y) ln(1 − a) */
const secondTermAdded = lossTerms({
  name: 'crossEntropySecondTermAdded',
  value: (a, y) => (y === 0 ? 0 : -y * Math.log(a)) + (y === 1 ? 0 : (1 - y) * Math.log(1 - a)),
  derivative: (a, y) => -y / a - (1 - y) / (1 - a),
  expression: (a, y) => add(negate(multiply(y, ln(a))), multiply(subtract(1, y), ln(subtract(1, a)))),
  derivativeExpression: (a, y) => subtract(negate(divide(y, a)), divide(subtract(1, y), subtract(1, a))),
});

/** In the loss alone: + before the second term, where both are negative. */
export const crossEntropySignOfSecondTerm: Misconception = {
  id: 'cross-entropy-sign-of-second-term',
  mutate: (program) =>
    mutants(program, (call) => (call.kernel === crossEntropy.terms ? { ...call, kernel: secondTermAdded } : undefined)),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the minus covers only the first term: ${wrong}. It stands before the whole bracket: ${right}. Both logarithms are negative, so a cross-entropy with the right signs is never below 0.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 里的负号只管住了第一项：${wrong}。负号应在整个括号之前：${right}。两个对数都是负的，符号正确的交叉熵不会小于 0。`,
  },
};
