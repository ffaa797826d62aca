// Chapter 3: a learning rate that is halved whenever validation no longer improves.
import { schedules, sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, epochAxis, line, number } from './figures.ts';

export const halving = experiment({
  id: 'halving',
  chapter: '3',
  title: { en: 'A learning rate schedule', zh: '学习率调整' },
  question: {
    en: 'Does it help to halve the learning rate after ten epochs without a better validation accuracy, until it is 1/128 of what it was?',
    zh: '验证准确率十轮没有提高就把学习率减半，直到 1/128，有帮助吗？',
  },
  setting: {
    training: 50_000,
    hidden: 30,
    lambda: 5,
    learningRate: 0.5,
    patience: 10,
    halvings: 7,
    batch: 10,
    epochs: 400,
  },
  quick: { training: 2_000, lambda: 0.2, patience: 3, halvings: 4, epochs: 60 },
  measures: {
    halved: bestTest({ en: 'halved rate', zh: '学习率减半' }),
    constant: bestTest({ en: 'constant rate, as many epochs', zh: '学习率不变，轮次相同' }),
    epochs: number({ en: 'epochs until it ended by itself', zh: '自行结束时的轮次' }),
    rate: number({ en: 'first rate over the last one', zh: '最初学习率与最后学习率之比' }),
  },
  async run({ seed, digits, train }, { training, hidden, lambda, learningRate, patience, halvings, batch, epochs }) {
    const data = await digits(training);
    const net = digitNetwork([hidden], { l2: lambda / training, seed });
    const options = { optimizer: sgd({ learningRate }), batch, watch: ['validation', 'test'] } as const;
    const schedule = schedules.halving({ patience, halvings, watch: 'accuracy' });
    const halved = await train('halving', net, data, { ...options, schedule, epochs });
    const length = halved.test.accuracy.length;
    const constant = await train('constant', net, data, { ...options, epochs: length });
    return {
      figures: {
        halved: halved.best,
        constant: constant.best,
        epochs: length,
        rate: halved.rates[0] / halved.rates[length - 1],
      },
      curves: { halved: halved.test.accuracy, constant: constant.test.accuracy, rates: halved.rates },
    };
  },
  claims: [
    {
      of: 'full',
      says: { en: 'it ends by itself, where the rate would fall to 1/128', zh: '学习率将降到 1/128 时自行结束' },
      holds: ({ rate }) => rate === 64,
    },
    {
      of: 'quick',
      says: { en: 'it ends by itself, where the rate would fall to 1/16', zh: '学习率将降到 1/16 时自行结束' },
      holds: ({ rate }) => rate === 8,
    },
    {
      says: {
        en: 'and reads at least as well as with a constant rate, to 0.3 points',
        zh: '并且不比固定学习率差（0.3 个百分点以内）',
      },
      holds: ({ halved, constant }) => halved >= constant - 0.3,
    },
  ],
  charts: [
    accuracyChart({ en: 'Test accuracy', zh: '测试准确率' }, [
      line('halved', 'halved', '减半'),
      line('constant', 'constant', '不变'),
    ]),
    {
      title: { en: 'The learning rate', zh: '学习率' },
      x: epochAxis,
      y: { en: 'η', zh: 'η' },
      log: 'y',
      lines: [line('rates', 'η', 'η')],
    },
  ],
  sees: {
    en: 'Each halving takes the jitter out of the curve, until nothing is left to gain.',
    zh: '每次减半都使曲线的抖动变小，直到没有什么可得。',
  },
});
