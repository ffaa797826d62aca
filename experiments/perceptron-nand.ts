// Chapter 1: a perceptron computes NAND, NANDs add, and sigmoid neurons with large weights do the same.
import { dense, type Network, network, predict } from 'chainrule';
import { experiment } from './experiment.ts';
import { line, number } from './figures.ts';

const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** A neuron with weights −2, −2 and bias 3, all times c. */
function neuron(activation: 'step' | 'sigmoid', c: number): Network {
  const parameters = { 'layers.0.weight': [[-2 * c, -2 * c]], 'layers.0.bias': [3 * c] };
  return network([dense(1, activation)], { input: 2, parameters });
}

const nand = (x: number, y: number): number => predict(neuron('step', 1), [[x, y]])[0][0];

/** Figure of the book: sum and carry of two bits, from NANDs alone. */
function halfAdder(x: number, y: number): { sum: number; carry: number } {
  const both = nand(x, y);
  return { sum: nand(nand(x, both), nand(both, y)), carry: nand(both, both) };
}

export const perceptronNand = experiment({
  id: 'perceptron-nand',
  chapter: '1',
  title: { en: 'Perceptrons compute', zh: '感知机能够计算' },
  question: {
    en: 'Can perceptrons compute anything? And do sigmoid neurons become perceptrons as their weights and biases grow?',
    zh: '感知机能计算任何东西吗？权重和偏置增大时，S 型神经元会变成感知机吗？',
  },
  setting: { factors: [1, 2, 5, 10, 20, 50] },
  quick: {},
  seeds: 1,
  measures: {
    nand: number(
      { en: 'rows of the truth table of NAND that are right, of 4', zh: '与非真值表中正确的行数（共 4 行）' },
      4,
    ),
    adder: number({ en: 'sums of two bits that are right, of 4', zh: '两位相加中正确的个数（共 4 个）' }, 4),
    gap: number({
      en: 'largest difference between sigmoid neuron and perceptron, weights × 50',
      zh: '权重放大 50 倍时 S 型神经元与感知机的最大差',
    }),
  },
  run(_, { factors }) {
    const differences = factors.map((c) => {
      const outputs = predict(neuron('sigmoid', c), inputs);
      return Math.max(...inputs.map(([x, y], i) => Math.abs(outputs[i][0] - nand(x, y))));
    });
    const added = inputs.filter(([x, y]) => {
      const { sum, carry } = halfAdder(x, y);
      return 2 * carry + sum === x + y;
    });
    return {
      figures: {
        nand: inputs.filter(([x, y]) => nand(x, y) === (x === 1 && y === 1 ? 0 : 1)).length,
        adder: added.length,
        gap: differences[differences.length - 1],
      },
      curves: { factors, differences },
    };
  },
  claims: [
    {
      says: { en: 'NAND and the half-adder have their truth tables', zh: '与非门和半加器的真值表都正确' },
      holds: ({ nand, adder }) => nand === 4 && adder === 4,
    },
    {
      says: { en: 'with large weights the sigmoid neuron is the perceptron', zh: '权重很大时 S 型神经元就是感知机' },
      holds: ({ gap }) => gap < 1e-9,
    },
  ],
  charts: [
    {
      title: { en: 'A sigmoid neuron becomes a perceptron', zh: 'S 型神经元变成感知机' },
      x: { en: 'factor c of weights and bias', zh: '权重和偏置的倍数 c' },
      y: { en: 'largest difference', zh: '最大差' },
      log: 'both',
      lines: [{ ...line('differences', 'sigmoid − step', 'S 型 − 阶跃'), over: 'factors' }],
    },
  ],
  sees: {
    en: 'Since NAND is universal, networks of perceptrons are; and the smooth neuron loses nothing, but can learn.',
    zh: '与非门是通用的，所以感知机网络也是；平滑的神经元什么也没失去，却能够学习。',
  },
});
