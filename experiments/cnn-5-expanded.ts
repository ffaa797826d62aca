// Chapter 6: five times the digits, by moving each one pixel each way.
import { dense, expandDataset, flatten, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { chart, chosen, convPool, image, initializer, outputInitializer, penalty, watched } from './ladder.ts';

export const cnn5Expanded = experiment({
  id: 'cnn-5-expanded',
  chapter: '6',
  title: { en: 'Up the ladder 5: expanded training data', zh: '逐级而上 5：扩展训练数据' },
  question: {
    en: 'Does the network learn from seeing each digit also one pixel to the left, right, up and down? And does a wider hidden layer then help?',
    zh: '让网络也看到每个数字向左、右、上、下各移一个像素的样子，有帮助吗？这时更宽的隐藏层有用吗？',
  },
  setting: {
    training: 50_000,
    filters: [20, 40],
    hidden: [100, 300, 1000],
    learningRate: 0.03,
    lambda: 0.1,
    batch: 10,
    epochs: 12,
  },
  quick: { training: 400, hidden: [30, 50, 75], epochs: 3 },
  seeds: 1,
  measures: {
    narrow: chosen(99.37, { en: '100 hidden neurons', zh: '100 个隐藏神经元' }),
    medium: chosen(99.46, { en: '300', zh: '300 个' }),
    wide: chosen(99.43, { en: '1,000', zh: '1,000 个' }),
  },
  async run({ seed, digits, train }, { training, filters, hidden, learningRate, lambda, batch, epochs }) {
    const data = await digits(training);
    const expanded = { ...data, training: expandDataset(data.training, { shift: 1 }) };
    const courseOf = async (units: number) => {
      const layers = [
        ...filters.flatMap((maps) => convPool(maps, 'relu')),
        flatten(),
        dense(units, 'relu', { initializer }),
        dense(10, 'softmax', { initializer: outputInitializer }),
      ];
      const l2 = penalty(lambda, expanded.training, batch);
      const net = network(layers, { input: image, loss: 'logLikelihood', l2, seed });
      const optimizer = sgd({ learningRate });
      return train(`${units} hidden`, net, expanded, { optimizer, batch, epochs, watch: watched });
    };
    const [narrow, medium, wide] = [await courseOf(hidden[0]), await courseOf(hidden[1]), await courseOf(hidden[2])];
    return {
      figures: { narrow: narrow.chosen, medium: medium.chosen, wide: wide.chosen },
      curves: { narrow: narrow.test.accuracy, medium: medium.test.accuracy, wide: wide.test.accuracy },
    };
  },
  claims: [
    {
      of: 'quick',
      says: { en: '400 digits, moved, are enough for 70 %', zh: '400 个数字加上平移就足以达到 70 %' },
      holds: ({ wide }) => wide > 70,
    },
    {
      says: {
        en: 'the width of the hidden layer makes less than 6 points of difference',
        zh: '隐藏层的宽度带来的差别小于 6 个百分点',
      },
      holds: ({ narrow, medium, wide }) => Math.max(narrow, medium, wide) - Math.min(narrow, medium, wide) < 6,
    },
  ],
  charts: [
    {
      ...chart,
      lines: [
        { curve: 'narrow', name: { en: '100 hidden', zh: '100 个隐藏神经元' } },
        { curve: 'medium', name: { en: '300 hidden', zh: '300 个' } },
        { curve: 'wide', name: { en: '1,000 hidden', zh: '1,000 个' } },
      ],
    },
  ],
  sees: {
    en: 'The moved digits take about a quarter of the errors of cnn-4 away; ten times as many hidden neurons take no more. 12 epochs are as many steps as 60 of the digits alone; the book trains for 60.',
    zh: '平移的数字使 cnn-4 的错误减少约四分之一；十倍的隐藏神经元没有使错误更少。12 轮的步数与未扩展时的 60 轮相同；书中训练了 60 轮。',
  },
});
