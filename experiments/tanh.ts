// Chapter 3: tanh instead of the sigmoid.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line } from './figures.ts';

export const tanh = experiment({
  id: 'tanh',
  chapter: '3',
  title: { en: 'Tanh neurons', zh: '双曲正切神经元' },
  question: {
    en: 'Do hidden neurons that answer from −1 to 1 do better than ones from 0 to 1?',
    zh: '输出在 −1 到 1 之间的隐藏神经元，比 0 到 1 的更好吗？',
  },
  setting: { training: 50_000, hidden: 30, lambda: 5, sigmoidRate: 0.5, learningRate: 0.1, batch: 10, epochs: 30 },
  quick: { training: 5_000, lambda: 0.5, epochs: 6 },
  measures: {
    sigmoid: bestTest({ en: 'sigmoid', zh: 'S 型' }),
    tanh: bestTest({ en: 'tanh', zh: '双曲正切' }),
  },
  async run({ seed, digits, train }, { training, hidden, lambda, sigmoidRate, learningRate, batch, epochs }) {
    const data = await digits(training);
    const courseOf = (activation: 'sigmoid' | 'tanh', rate: number) => {
      const net = digitNetwork([hidden], { activation, l2: lambda / training, seed });
      return train(activation, net, data, { optimizer: sgd({ learningRate: rate }), batch, epochs });
    };
    const sigmoid = await courseOf('sigmoid', sigmoidRate);
    const other = await courseOf('tanh', learningRate);
    return {
      figures: { sigmoid: sigmoid.best, tanh: other.best },
      curves: { sigmoid: sigmoid.test.accuracy, tanh: other.test.accuracy },
    };
  },
  claims: [
    {
      of: 'full',
      says: { en: 'the two differ by less than a point', zh: '两者相差不到一个百分点' },
      holds: ({ sigmoid, tanh }) => Math.abs(sigmoid - tanh) < 1,
    },
    {
      of: 'quick',
      says: {
        en: 'from 5,000 digits the two differ by less than four points',
        zh: '用 5,000 个数字时两者相差不到四个百分点',
      },
      holds: ({ sigmoid, tanh }) => Math.abs(sigmoid - tanh) < 4,
    },
  ],
  charts: [
    accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [
      line('tanh', 'tanh', '双曲正切'),
      line('sigmoid', 'sigmoid', 'S 型'),
    ]),
  ],
  sees: {
    en: 'Tanh is the sigmoid, stretched and shifted; here it makes little difference but to the learning rate that suits it.',
    zh: '双曲正切就是拉伸并平移后的 S 型函数；在这里除了合适的学习率以外差别很小。',
  },
});
