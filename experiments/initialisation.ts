// Chapter 3: smaller initial weights.
import { type InitializerName, sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyChart, bestTest, line } from './figures.ts';

export const initialisation = experiment({
  id: 'initialisation',
  chapter: '3',
  title: { en: 'Weight initialisation', zh: '权重初始化' },
  question: {
    en: 'What is gained by drawing the first weights from N(0, 1/n), n the inputs of a neuron, instead of from N(0, 1)?',
    zh: '初始权重不取自 N(0, 1)，而取自 N(0, 1/n)（n 为神经元的输入个数），能得到什么？',
  },
  setting: { training: 50_000, hidden: [30, 100], lambda: 5, learningRate: 0.1, batch: 10, epochs: 30 },
  quick: { training: 5_000, lambda: 0.5, epochs: 6 },
  measures: {
    largeFirst: accuracy({ en: 'after 1 epoch, N(0, 1), 30 hidden', zh: '一轮后，N(0, 1)，30 个隐藏神经元' }, 87),
    smallFirst: accuracy({ en: 'after 1 epoch, N(0, 1/n), 30 hidden', zh: '一轮后，N(0, 1/n)，30 个隐藏神经元' }, 93),
    large: { ...bestTest({ en: 'N(0, 1), 30 hidden', zh: 'N(0, 1)，30 个隐藏神经元' }), published: 96 },
    small: { ...bestTest({ en: 'N(0, 1/n), 30 hidden', zh: 'N(0, 1/n)，30 个隐藏神经元' }), published: 96 },
    wideLarge: bestTest({ en: 'N(0, 1), 100 hidden', zh: 'N(0, 1)，100 个隐藏神经元' }),
    wideSmall: bestTest({ en: 'N(0, 1/n), 100 hidden', zh: 'N(0, 1/n)，100 个隐藏神经元' }),
  },
  async run({ seed, digits, train }, { training, hidden, lambda, learningRate, batch, epochs }) {
    const data = await digits(training);
    const courseOf = (units: number, initializer: InitializerName) => {
      const net = digitNetwork([units], { initializer, l2: lambda / training, seed });
      return train(`${units} ${initializer}`, net, data, { optimizer: sgd({ learningRate }), batch, epochs });
    };
    const [narrow, wide] = hidden;
    const [large, small] = [await courseOf(narrow, 'standardNormal'), await courseOf(narrow, 'scaledNormal')];
    const [wideLarge, wideSmall] = [await courseOf(wide, 'standardNormal'), await courseOf(wide, 'scaledNormal')];
    return {
      figures: {
        largeFirst: large.test.accuracy[0],
        smallFirst: small.test.accuracy[0],
        large: large.best,
        small: small.best,
        wideLarge: wideLarge.best,
        wideSmall: wideSmall.best,
      },
      curves: {
        large: large.test.accuracy,
        small: small.test.accuracy,
        wideLarge: wideLarge.test.accuracy,
        wideSmall: wideSmall.test.accuracy,
      },
    };
  },
  claims: [
    {
      says: {
        en: 'after one epoch the smaller weights are at least 3 points ahead',
        zh: '一轮之后，较小的权重领先至少 3 个百分点',
      },
      holds: ({ largeFirst, smallFirst }) => smallFirst > largeFirst + 3,
    },
    {
      of: 'full',
      says: {
        en: 'in the end both read about 96 %, with 30 hidden neurons',
        zh: '最终两者都约为 96 %（30 个隐藏神经元）',
      },
      holds: ({ large, small }) => large > 95.4 && small > 95.4,
    },
  ],
  charts: [
    accuracyChart({ en: '30 hidden neurons', zh: '30 个隐藏神经元' }, [
      line('small', 'N(0, 1/n)', 'N(0, 1/n)'),
      line('large', 'N(0, 1)', 'N(0, 1)'),
    ]),
    accuracyChart({ en: '100 hidden neurons', zh: '100 个隐藏神经元' }, [
      line('wideSmall', 'N(0, 1/n)', 'N(0, 1/n)'),
      line('wideLarge', 'N(0, 1)', 'N(0, 1)'),
    ]),
  ],
  sees: {
    en: "The smaller weights are six points ahead after one epoch (30 neurons), reach the others' best in about half the epochs, and end 0.3 to 0.5 points higher.",
    zh: '较小的权重一轮后领先六个百分点（30 个神经元），约用一半轮数就达到另一种的最好成绩，最终高 0.3 到 0.5 个百分点。',
  },
});
