// Chapter 3: L2 regularisation on the over-fitting network.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line } from './figures.ts';

export const l2 = experiment({
  id: 'l2',
  chapter: '3',
  title: { en: 'L2 regularisation', zh: 'L2 正则化' },
  question: {
    en: 'Does preferring small weights help a network that learns 1,000 digits by heart? And one that has 50,000?',
    zh: '偏好小权重，能帮助死记 1,000 个数字的网络吗？能帮助有 50,000 个数字的网络吗？',
  },
  setting: {
    few: 1_000,
    lambda: 0.1,
    epochs: 400,
    many: 50_000,
    manyLambda: 5,
    manyEpochs: 30,
    hidden: 30,
    learningRate: 0.5,
    batch: 10,
  },
  quick: { few: 500, lambda: 0.05, epochs: 150, many: 5_000, manyLambda: 0.5, manyEpochs: 8 },
  measures: {
    best: bestTest({ en: 'few digits, with L2', zh: '训练样本少，有 L2' }, 87.1),
    without: bestTest({ en: 'few digits, without', zh: '训练样本少，无正则化' }),
    manyBest: bestTest({ en: 'all digits, with L2', zh: '全部数字，有 L2' }, 96.49),
  },
  async run(
    { seed, digits, train },
    { few, lambda, epochs, many, manyLambda, manyEpochs, hidden, learningRate, batch },
  ) {
    const optimizer = sgd({ learningRate });
    const courseOf = async (name: string, count: number, penalty: number, length: number) => {
      const net = digitNetwork([hidden], { initializer: 'standardNormal', l2: penalty / count, seed });
      return train(name, net, await digits(count), { optimizer, batch, epochs: length });
    };
    const without = await courseOf('few without', few, 0, epochs);
    const small = await courseOf('few with L2', few, lambda, epochs);
    const large = await courseOf('all with L2', many, manyLambda, manyEpochs);
    return {
      figures: { best: small.best, without: without.best, manyBest: large.best },
      curves: { without: without.test.accuracy, few: small.test.accuracy, many: large.test.accuracy },
    };
  },
  claims: [
    {
      says: { en: 'from few digits it reads better with L2 than without', zh: '训练样本少时，有 L2 比没有读得更准' },
      holds: ({ best, without }) => best > without,
    },
  ],
  charts: [
    accuracyChart({ en: 'Test accuracy, few digits', zh: '测试准确率，训练样本少' }, [
      line('few', 'with L2', '有 L2'),
      line('without', 'without', '无正则化'),
    ]),
    accuracyChart({ en: 'Test accuracy, all digits', zh: '测试准确率，全部数字' }, [line('many', 'with L2', '有 L2')]),
  ],
  sees: {
    en: 'The accuracy goes on rising where it stalled without: the same network, the same digits, only smaller weights.',
    zh: '原来停滞的准确率继续上升：同样的网络，同样的数字，只是权重更小。',
  },
});
