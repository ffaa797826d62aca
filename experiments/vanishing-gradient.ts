// Chapter 5: why deep networks are hard to train: the gradient gets smaller from layer to layer on its way back.
import { dense, fitEpochs, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { line, number } from './figures.ts';

/** The length of a layer's change of biases. */
function distance(before: ArrayLike<number>, after: ArrayLike<number>): number {
  return Math.hypot(...Array.from(before, (value, j) => after[j] - value));
}

export const vanishingGradient = experiment({
  id: 'vanishing-gradient',
  chapter: '5',
  title: { en: 'The vanishing gradient', zh: '消失的梯度' },
  question: {
    en: 'How fast does each hidden layer learn: how large is ‖∂C/∂b‖, at the start and as training goes on?',
    zh: '每个隐藏层学得多快：一开始和训练过程中，‖∂C/∂b‖ 有多大？',
  },
  setting: { training: 1_000, depths: [2, 3, 4], units: 30, learningRate: 0.1, epochs: 500 },
  quick: { epochs: 40 },
  measures: {
    two1: number({ en: 'first of 2 hidden layers, at the start', zh: '2 个隐藏层中的第一层，开始时' }, 0.07),
    two2: number({ en: 'second of 2', zh: '第二层' }, 0.31),
    three1: number({ en: 'first of 3', zh: '3 个隐藏层中的第一层' }, 0.012),
    three2: number({ en: 'second of 3', zh: '第二层' }, 0.06),
    three3: number({ en: 'third of 3', zh: '第三层' }, 0.283),
    four1: number({ en: 'first of 4', zh: '4 个隐藏层中的第一层' }, 0.003),
    four2: number({ en: 'second of 4', zh: '第二层' }, 0.017),
    four3: number({ en: 'third of 4', zh: '第三层' }, 0.07),
    four4: number({ en: 'fourth of 4', zh: '第四层' }, 0.285),
    ratio: number({
      en: 'fourth over first of 4, mean of the whole training',
      zh: '第四层与第一层之比，整个训练的平均',
    }),
  },
  async run({ seed, digits, signal, backend }, { training, depths, units, learningRate, epochs }) {
    const { training: data } = await digits(training);
    /** Per hidden layer, ‖∂C/∂b‖ over all digits before each step: a step of plain descent is −η times it. */
    const normsOf = async (depth: number): Promise<number[][]> => {
      const layers = Array.from({ length: depth }, () => dense(units, 'sigmoid', { initializer: 'scaledNormal' }));
      const output = dense(10, 'sigmoid', { initializer: 'scaledNormal' });
      const net = network([...layers, output], { input: 784, loss: 'crossEntropy', seed });
      const norms: number[][] = layers.map(() => []);
      let before = net.parameters;
      const options = { optimizer: sgd({ learningRate }), batch: training, epochs, signal, backend };
      for await (const { network: now } of fitEpochs(net, data, options)) {
        for (const [l, list] of norms.entries()) {
          const name = `layers.${l}.bias`;
          list.push(distance(before[name].data, now.parameters[name].data) / learningRate);
        }
        before = now.parameters;
      }
      return norms;
    };
    const [two, three, four] = [await normsOf(depths[0]), await normsOf(depths[1]), await normsOf(depths[2])];
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      figures: {
        two1: two[0][0],
        two2: two[1][0],
        three1: three[0][0],
        three2: three[1][0],
        three3: three[2][0],
        four1: four[0][0],
        four2: four[1][0],
        four3: four[2][0],
        four4: four[3][0],
        ratio: mean(four[3]) / mean(four[0]),
      },
      curves: Object.fromEntries(four.map((norms, l) => [`layer${l + 1}`, norms])),
    };
  },
  claims: [
    {
      says: {
        en: 'every hidden layer learns more slowly than the next one, at the start',
        zh: '一开始，每个隐藏层都比后一层学得慢',
      },
      holds: ({ two1, two2, three1, three2, three3, four1, four2, four3, four4 }) =>
        two1 < two2 && three1 < three2 && three2 < three3 && four1 < four2 && four2 < four3 && four3 < four4,
    },
    {
      says: {
        en: 'the first of four at least twenty times more slowly than the fourth',
        zh: '四层中的第一层比第四层至少慢二十倍',
      },
      holds: ({ four1, four4 }) => four4 > 20 * four1,
    },
    {
      says: { en: 'and it stays so while training goes on', zh: '训练过程中也一直如此' },
      holds: ({ ratio }) => ratio > 5,
    },
  ],
  charts: [
    {
      title: { en: 'Speed of learning of four hidden layers', zh: '四个隐藏层的学习速度' },
      x: { en: 'epoch (a step on all digits)', zh: '轮次（全部数字一步）' },
      y: { en: '‖∂C/∂b‖', zh: '‖∂C/∂b‖' },
      log: 'y',
      lines: [
        line('layer4', 'fourth', '第四层'),
        line('layer3', 'third', '第三层'),
        line('layer2', 'second', '第二层'),
        line('layer1', 'first', '第一层'),
      ],
    },
  ],
  sees: {
    en: 'Each layer back costs a factor w σ′, and σ′ is at most 1/4: the first layers of a deep network hardly learn.',
    zh: '每往回一层就乘上一个 w σ′，而 σ′ 最多 1/4：深网络的前几层几乎学不动。',
  },
});
