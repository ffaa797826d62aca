// Chapter 1: a learning rate so large that every step overshoots.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyChart, last, line } from './figures.ts';

export const etaTooLarge = experiment({
  id: 'eta-too-large',
  chapter: '1',
  title: { en: 'A learning rate too large', zh: '学习率太大' },
  question: {
    en: 'What does it look like when the learning rate is far too large?',
    zh: '学习率大得多时又是什么样子？',
  },
  setting: { training: 50_000, hidden: 30, learningRate: 100, batch: 10, epochs: 30 },
  quick: { training: 5_000, epochs: 4 },
  measures: {
    last: accuracy({ en: 'test accuracy after the last epoch', zh: '最后一轮后的测试准确率' }, 9.82),
    first: accuracy({ en: 'test accuracy after the first epoch', zh: '第一轮后的测试准确率' }, 10.09),
    best: accuracy({ en: 'test accuracy, best epoch', zh: '最好一轮的测试准确率' }),
  },
  async run({ seed, digits, train }, { training, hidden, learningRate, batch, epochs }) {
    const net = digitNetwork([hidden], { loss: 'quadratic', initializer: 'standardNormal', seed });
    const optimizer = sgd({ learningRate });
    const { test, best } = await train('quadratic', net, await digits(training), { optimizer, batch, epochs });
    return {
      figures: { first: test.accuracy[0], best, last: last(test.accuracy) },
      curves: { test: test.accuracy },
    };
  },
  claims: [
    {
      of: 'full',
      says: { en: 'it reads hardly more digits than chance', zh: '只比乱猜稍好' },
      holds: ({ best }) => best < 20,
    },
    {
      of: 'quick',
      says: { en: 'it reads fewer than 40 % of the digits', zh: '认出的数字不到 40 %' },
      holds: ({ best }) => best < 40,
    },
  ],
  charts: [accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [line('test', 'test digits', '测试数字')])],
  sees: {
    en: 'The neurons were driven into saturation by the first steps, where gradients are almost nothing: hardly any later step gets them out.',
    zh: '最初几步就把神经元推入饱和，那里梯度几乎为零，之后几乎再也出不来。',
  },
});
