// Chapter 1: a learning rate so small that nothing seems to happen.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyChart, last, line, number } from './figures.ts';

export const etaTooSmall = experiment({
  id: 'eta-too-small',
  chapter: '1',
  title: { en: 'A learning rate too small', zh: '学习率太小' },
  question: {
    en: 'What does it look like when the learning rate is thousands of times too small?',
    zh: '学习率小了几千倍时是什么样子？',
  },
  setting: { training: 50_000, hidden: 100, learningRate: 0.001, batch: 10, epochs: 30 },
  quick: { training: 10_000, epochs: 10 },
  measures: {
    last: accuracy({ en: 'test accuracy after the last epoch', zh: '最后一轮后的测试准确率' }, 21.42),
    first: accuracy({ en: 'test accuracy after the first epoch', zh: '第一轮后的测试准确率' }, 11.39),
    best: accuracy({ en: 'test accuracy, best epoch', zh: '最好一轮的测试准确率' }),
    fall: number({ en: 'fall of the test cost, first to last epoch', zh: '测试代价从第一轮到最后一轮的下降' }),
  },
  async run({ seed, digits, train }, { training, hidden, learningRate, batch, epochs }) {
    const net = digitNetwork([hidden], { loss: 'quadratic', initializer: 'standardNormal', seed });
    const optimizer = sgd({ learningRate });
    const { test, best } = await train('quadratic', net, await digits(training), { optimizer, batch, epochs });
    return {
      figures: { first: test.accuracy[0], best, last: last(test.accuracy), fall: test.loss[0] - last(test.loss) },
      curves: { test: test.accuracy },
    };
  },
  claims: [
    {
      says: { en: 'it has hardly begun to learn when training ends', zh: '训练结束时才刚刚开始学习' },
      holds: ({ last }) => last > 3 && last < 45,
    },
    {
      says: { en: 'and yet its cost is lower in the end than at first', zh: '但最终的代价低于开始时' },
      holds: ({ fall }) => fall > 0,
    },
  ],
  charts: [accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [line('test', 'test digits', '测试数字')])],
  sees: {
    en: 'Slow, steady progress: the sign to raise the learning rate, by factors of ten.',
    zh: '缓慢而稳定的进步：这正是该把学习率十倍十倍地提高的信号。',
  },
});
