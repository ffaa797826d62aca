// Chapter 5: why deep networks are hard to train: the gradient gets smaller from layer to layer on its way back.
import { dense, fitEpochs, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { line, number } from './figures.ts';

/** ‖∂C/∂b‖ at the start: the book's first and second hidden layer of two, and so on. */
const printed = {
  two1: 0.07,
  two2: 0.31,
  three1: 0.012,
  three2: 0.06,
  three3: 0.283,
  four1: 0.003,
  four2: 0.017,
  four3: 0.07,
  four4: 0.285,
};

/** The length of a layer's change of biases. */
function distance(before: ArrayLike<number>, after: ArrayLike<number>): number {
  return Math.hypot(...Array.from(before, (value, j) => after[j] - value));
}

export const vanishingGradient = experiment({
  id: 'vanishing-gradient',
  chapter: '5',
  title: { en: 'The vanishing gradient', zh: '梯度消失' },
  question: {
    en: 'How fast does each hidden layer learn: how large is ‖∂C/∂b‖, at the start and as training goes on?',
    zh: '每个隐藏层学得多快：一开始和训练过程中，‖∂C/∂b‖ 有多大？',
  },
  setting: { training: 1_000, depths: [2, 3, 4], units: 30, learningRate: 0.1, epochs: 500 },
  quick: { epochs: 40 },
  measures: {
    two1: number({ en: 'first of 2 hidden layers, at the start', zh: '2 个隐藏层中的第一层，开始时' }, printed.two1),
    two2: number({ en: 'second of 2', zh: '2 个隐藏层中的第二层' }, printed.two2),
    three1: number({ en: 'first of 3', zh: '3 个隐藏层中的第一层' }, printed.three1),
    three2: number({ en: 'second of 3', zh: '3 个隐藏层中的第二层' }, printed.three2),
    three3: number({ en: 'third of 3', zh: '3 个隐藏层中的第三层' }, printed.three3),
    four1: number({ en: 'first of 4', zh: '4 个隐藏层中的第一层' }, printed.four1),
    four2: number({ en: 'second of 4', zh: '4 个隐藏层中的第二层' }, printed.four2),
    four3: number({ en: 'third of 4', zh: '4 个隐藏层中的第三层' }, printed.four3),
    four4: number({ en: 'fourth of 4', zh: '4 个隐藏层中的第四层' }, printed.four4),
    early: number({
      en: 'fourth over first of 4, the least of the first 40 epochs',
      zh: '4 个隐藏层中第四层与第一层之比，前 40 轮中最小的',
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
    const ratios = four[3].map((norm, epoch) => norm / four[0][epoch]);
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
        early: Math.min(...ratios.slice(0, 40)),
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
      of: 'full',
      says: { en: 'and throughout the first forty epochs', zh: '前四十轮也一直如此' },
      holds: ({ early }) => early > 20,
    },
    {
      of: 'full',
      says: {
        en: "each norm is within a factor of 2 of the book's",
        zh: '每个范数与书中的之比在 1/2 到 2 之间',
      },
      holds: (figures) =>
        (Object.keys(printed) as (keyof typeof printed)[]).every(
          (name) => Math.abs(Math.log2(figures[name] / printed[name])) < 1,
        ),
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
    en: 'Each layer back costs a factor w σ′, and σ′ is at most 1/4: the first layers of a deep network hardly learn. After about a hundred epochs all four stand on a plateau and learn equally slowly.',
    zh: '每往回一层就乘上一个 w σ′，而 σ′ 最多 1/4：深层网络的前几层几乎学不动。约一百轮后四层都停在平台上，学得一样慢。',
  },
});
