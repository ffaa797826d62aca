// The error of the outputs taken as target minus output, and the update left as it is.
import { type Expression, type MatrixExpression, matrix, negate } from '../../symbolic/index.ts';
import { isLossGradient, mutants } from '../mutate.ts';
import { scaled } from '../mutate-kernels.ts';
import type { Misconception } from './misconception.ts';

/** −expression, with the minus carried to the difference inside: a − y becomes y − a. */
function opposite(expression: Expression): Expression {
  switch (expression.kind) {
    case 'negate':
      return expression.of;
    case 'divide':
      return { ...expression, above: opposite(expression.above) };
    case 'multiply': {
      const [last, ...others] = expression.factors.toReversed();
      return { ...expression, factors: [...others.toReversed(), opposite(last)] };
    }
    case 'add': {
      const [from, take] = expression.terms;
      const isDifference = expression.terms.length === 2 && take.kind === 'negate';
      return isDifference ? { ...expression, terms: [take.of, negate(from)] } : negate(expression);
    }
    default:
      return negate(expression);
  }
}

const reversed = { element: opposite, matrix: (form: MatrixExpression) => matrix.difference(0, form) };

/** δ from y − a, and still w − ηg. */
export const errorSignReversed: Misconception = {
  id: 'error-sign-reversed',
  mutate: (program) =>
    mutants(program, (call) => {
      if (!isLossGradient(program, call)) return undefined;
      return { ...call, kernel: scaled(call.kernel, 'Reversed', () => -1, reversed) };
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `${quantity} has the wrong sign: it was computed as ${wrong}, from target minus output. The derivative of the loss has output minus target: ${right}. With the sign reversed, subtracting η times the gradient makes the loss grow.`,
    zh: ({ quantity, right, wrong }) =>
      `${quantity} 的符号反了：算成了 ${wrong}，用的是“目标减输出”。损失的导数里应是“输出减目标”：${right}。符号一反，再减去 η 乘梯度，损失反而会增大。`,
  },
};
