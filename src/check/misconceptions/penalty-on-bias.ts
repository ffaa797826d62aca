// The penalty applied to the biases as well.
import { addScalars, l1Penalty, l2Penalty, penalizedGradient } from '../../kernels/index.ts';
import { type Call, type Program, slotOf } from '../../plan/index.ts';
import { mutants } from '../mutate.ts';
import type { Misconception, Mutant } from './misconception.ts';

/** g + c b for the biases, in the gradients alone or in the loss as well, where only weights are penalised. */
export const penaltyOnBias: Misconception = {
  id: 'penalty-on-bias',
  mutate: (program) => [...penalizing(program, false), ...penalizing(program, true)],
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the bias was penalised too: ${wrong}. The penalty keeps weights small; biases are left out of it, since a large bias does not make a neuron more sensitive to its inputs: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时偏置也加了惩罚：${wrong}。正则化只约束权重；偏置再大也不会让神经元对输入更敏感，所以不计入惩罚：${right}。`,
  },
};

function penalizing(program: Program, withLoss: boolean): readonly Mutant[] {
  const { l1, l2 } = program.network;
  if (l1 === 0 && l2 === 0) return [];
  const penalty = withLoss ? slotOf(program, 'loss.penalty').name : undefined;
  return mutants(
    program,
    (call) => {
      if (call.output === penalty) return withBiases(program, call);
      const bias = /^(.+\.bias)\.grad$/.exec(call.output)?.[1];
      if (bias === undefined) return undefined;
      const gradient = { ...call, output: `${call.output}.data` };
      const inputs = { gradient: gradient.output, weight: bias };
      return [gradient, { ...call, kernel: penalizedGradient, inputs, attributes: { l1, l2 } }];
    },
    withLoss ? 'gradients and loss' : 'gradients',
  );
}

/** The call that makes the whole penalty, of the weights, and those that add the biases' to it. */
function withBiases({ network }: Program, ofWeights: Call): readonly Call[] {
  const factors = [
    { kernel: l2Penalty, name: 'l2', factor: network.l2 },
    { kernel: l1Penalty, name: 'l1', factor: network.l1 },
  ].filter(({ factor }) => factor > 0);
  const parts = Object.keys(network.parameters)
    .filter((name) => name.endsWith('.bias'))
    .flatMap((bias) =>
      factors.map((penalty) => ({ ...penalty, bias, output: `loss.penalty.${bias}.${penalty.name}` })),
    );
  const { origin, output } = ofWeights;
  const sum = (i: number) => (i === parts.length ? output : `${output}.part.${i}`);
  return [
    { ...ofWeights, output: sum(0) },
    ...parts.flatMap(({ kernel, factor, bias, output: part }, i): Call[] => [
      { kernel, inputs: { weight: bias }, output: part, attributes: { factor }, origin },
      { kernel: addScalars, inputs: { x: sum(i), y: part }, output: sum(i + 1), attributes: {}, origin },
    ]),
  ];
}
