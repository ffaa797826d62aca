// Chapter 3: dropout on the over-fitting network.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line } from './figures.ts';

export const dropout = experiment({
  id: 'dropout',
  chapter: '3',
  title: { en: 'Dropout', zh: '随机失活' },
  question: {
    en: 'Does leaving out a random half of the hidden neurons in every step help the over-fitting network?',
    zh: '每一步随机丢弃一半隐藏神经元，能帮助过拟合的网络吗？',
  },
  setting: { training: 1_000, hidden: 100, rate: 0.5, learningRate: 0.5, batch: 10, epochs: 400 },
  quick: { training: 500, epochs: 150 },
  measures: {
    best: bestTest({ en: 'with dropout', zh: '有随机失活' }),
    without: bestTest({ en: 'without', zh: '没有随机失活' }),
  },
  async run({ seed, digits, train }, { training, hidden, rate, learningRate, batch, epochs }) {
    const data = await digits(training);
    const shared = { initializer: 'standardNormal', seed } as const;
    const courseOf = (name: string, net: ReturnType<typeof digitNetwork>) =>
      train(name, net, data, { optimizer: sgd({ learningRate }), batch, epochs });
    const without = await courseOf('without', digitNetwork([hidden], shared));
    const dropped = await courseOf('dropout', digitNetwork([hidden], { ...shared, dropout: rate }));
    return {
      figures: { best: dropped.best, without: without.best },
      curves: { without: without.test.accuracy, dropout: dropped.test.accuracy },
    };
  },
  claims: [
    {
      says: { en: 'it reads better with dropout than without', zh: '有随机失活比没有读得更准' },
      holds: ({ best, without }) => best > without,
    },
  ],
  charts: [
    accuracyChart({ en: 'Test accuracy, few digits', zh: '测试准确率，训练样本少' }, [
      line('dropout', 'with dropout', '有随机失活'),
      line('without', 'without', '没有随机失活'),
    ]),
  ],
  sees: {
    en: 'Every step trains another half of the network; all halves together over-fit in different ways, and what they share is true of digits.',
    zh: '每一步训练的是不同的半个网络；它们过拟合的方式各不相同，它们的共同之处才是数字的规律。',
  },
});
