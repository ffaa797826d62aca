// Chapter 3: rectified linear units instead of sigmoid ones.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line } from './figures.ts';

export const relu = experiment({
  id: 'relu',
  chapter: '3',
  title: { en: 'Rectified linear neurons', zh: '修正线性神经元' },
  question: {
    en: 'Does max(0, z), which never saturates on one side, do better than the sigmoid?',
    zh: '一侧永不饱和的 max(0, z) 比 S 型更好吗？',
  },
  setting: { training: 50_000, hidden: 30, lambda: 5, sigmoidRate: 0.5, learningRate: 0.05, batch: 10, epochs: 30 },
  quick: { training: 5_000, lambda: 0.5, epochs: 6 },
  measures: {
    sigmoid: bestTest({ en: 'sigmoid', zh: 'S 型' }),
    relu: bestTest({ en: 'relu', zh: 'ReLU' }),
  },
  async run({ seed, digits, train }, { training, hidden, lambda, sigmoidRate, learningRate, batch, epochs }) {
    const data = await digits(training);
    const courseOf = (activation: 'sigmoid' | 'relu', rate: number) => {
      const net = digitNetwork([hidden], { activation, l2: lambda / training, seed });
      return train(activation, net, data, { optimizer: sgd({ learningRate: rate }), batch, epochs });
    };
    const sigmoid = await courseOf('sigmoid', sigmoidRate);
    const other = await courseOf('relu', learningRate);
    return {
      figures: { sigmoid: sigmoid.best, relu: other.best },
      curves: { sigmoid: sigmoid.test.accuracy, relu: other.test.accuracy },
    };
  },
  claims: [
    {
      of: 'full',
      says: { en: 'the two differ by less than a point', zh: '两者相差不到一个百分点' },
      holds: ({ sigmoid, relu }) => Math.abs(sigmoid - relu) < 1,
    },
    {
      of: 'quick',
      says: {
        en: 'from 5,000 digits the two differ by less than four points',
        zh: '用 5,000 个数字时两者相差不到四个百分点',
      },
      holds: ({ sigmoid, relu }) => Math.abs(sigmoid - relu) < 4,
    },
  ],
  charts: [
    accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [
      line('relu', 'relu', 'ReLU'),
      line('sigmoid', 'sigmoid', 'S 型'),
    ]),
  ],
  sees: {
    en: 'With one hidden layer the two are about equal; what rectified units are good for shows in deeper networks.',
    zh: '单隐层时两者差不多；修正线性单元的好处在更深的网络里才显出来。',
  },
});
