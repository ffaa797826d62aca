// Chapter 3: how the accuracy grows with the number of training digits.
import { evaluate, sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyAxis, last, line } from './figures.ts';

export const moreData = experiment({
  id: 'more-data',
  chapter: '3',
  title: { en: 'More training data', zh: '更多训练数据' },
  question: {
    en: 'How much better does the same network get with more digits, seen as often in all?',
    zh: '看的总次数相同，数字更多时同一个网络能好多少？',
  },
  setting: {
    sizes: [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000],
    presentations: 1_500_000,
    hidden: 30,
    lambdaPerDigit: 0.0001,
    learningRate: 0.5,
    batch: 10,
  },
  quick: { sizes: [100, 500, 2_000, 5_000], presentations: 60_000 },
  measures: {
    first: accuracy({ en: 'validation accuracy from the fewest digits', zh: '训练样本最少时的验证准确率' }),
    at5000: {
      ...accuracy({ en: 'validation accuracy from 5,000', zh: '5,000 个数字时的验证准确率' }, 93.24),
      compared: true,
    },
    beforeLast: accuracy({ en: 'validation accuracy from the second most', zh: '次多时的验证准确率' }),
    last: accuracy({ en: 'validation accuracy from all', zh: '全部数字时的验证准确率' }),
  },
  async run({ seed, digits, train, backend }, { sizes, presentations, hidden, lambdaPerDigit, learningRate, batch }) {
    const net = digitNetwork([hidden], { initializer: 'standardNormal', l2: lambdaPerDigit, seed });
    const accuracies: number[] = [];
    for (const size of sizes) {
      const data = await digits(size);
      const epochs = Math.floor(presentations / size);
      const course = await train(`${size}`, net, data, { optimizer: sgd({ learningRate }), batch, epochs, watch: [] });
      const result = evaluate(course.network, data.validation, { backend });
      accuracies.push('accuracy' in result ? 100 * result.accuracy : Number.NaN);
    }
    return {
      figures: {
        first: accuracies[0],
        at5000: accuracies[sizes.indexOf(5_000)],
        beforeLast: accuracies[sizes.length - 2],
        last: last(accuracies),
      },
      curves: { sizes, accuracies },
    };
  },
  claims: [
    {
      says: { en: 'it is still rising at the largest size', zh: '到最大规模时仍在上升' },
      holds: ({ beforeLast, last }) => last > beforeLast,
    },
    {
      says: { en: 'more digits are worth more than ten points', zh: '更多的数字值十个百分点以上' },
      holds: ({ first, last }) => last > first + 10,
    },
  ],
  charts: [
    {
      title: { en: 'Accuracy over the number of training digits', zh: '准确率随训练数字个数的变化' },
      x: { en: 'training digits', zh: '训练数字个数' },
      y: accuracyAxis,
      log: 'x',
      lines: [{ ...line('accuracies', 'validation digits', '验证数字'), over: 'sizes' }],
    },
  ],
  sees: {
    en: 'Each tenfold of digits gains less than the one before, but the curve still rises at 50,000.',
    zh: '数字每增加十倍，提高就少一些，但到 50,000 个时曲线仍在上升。',
  },
});
