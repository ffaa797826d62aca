// Chapter 3: L1 regularisation, which pulls all weights towards zero by the same amount.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { type Course, experiment } from './experiment.ts';
import { accuracyChart, bestTest, line, number } from './figures.ts';

export const l1 = experiment({
  id: 'l1',
  chapter: '3',
  title: { en: 'L1 regularisation', zh: 'L1 正则化' },
  question: {
    en: 'Does L1 help the over-fitting network too, and are most weights then almost nothing?',
    zh: 'L1 也能帮助过拟合的网络吗？多数权重会变得几乎为零吗？',
  },
  setting: { training: 1_000, lambdas: [0.03, 0.1, 0.3, 1, 3], hidden: 30, learningRate: 0.5, batch: 10, epochs: 400 },
  quick: { training: 500, lambdas: [0.05], epochs: 150 },
  measures: {
    best: bestTest({ en: 'L1 at its best λ', zh: 'L1 取最好的 λ' }),
    without: bestTest({ en: 'without', zh: '无正则化' }),
    lambda: number({ en: 'the best λ, by validation accuracy', zh: '验证准确率最好的 λ' }),
    small: {
      name: { en: 'weights of the hidden layer below 0.01 in size', zh: '隐藏层中绝对值小于 0.01 的权重' },
      unit: '%',
    },
  },
  async run({ seed, digits, train }, { training, lambdas, hidden, learningRate, batch, epochs }) {
    const data = await digits(training);
    const courseOf = (lambda: number) => {
      const net = digitNetwork([hidden], { initializer: 'standardNormal', l1: lambda / training, seed });
      const optimizer = sgd({ learningRate });
      return train(`λ = ${lambda}`, net, data, { optimizer, batch, epochs, watch: ['validation', 'test'] });
    };
    const validated = ({ validation }: Course) => Math.max(...validation.accuracy);
    const without = await courseOf(0);
    let [best, lambda] = [await courseOf(lambdas[0]), lambdas[0]];
    for (const other of lambdas.slice(1)) {
      const course = await courseOf(other);
      if (validated(course) > validated(best)) [best, lambda] = [course, other];
    }
    const weights = Array.from(best.network.parameters['layers.0.weight'].data);
    const small = (100 * weights.filter((weight) => Math.abs(weight) < 0.01).length) / weights.length;
    return {
      figures: { best: best.best, without: without.best, lambda, small },
      curves: { without: without.test.accuracy, l1: best.test.accuracy },
    };
  },
  claims: [
    {
      says: { en: 'it reads better with L1 than without', zh: '有 L1 比没有读得更准' },
      holds: ({ best, without }) => best > without,
    },
    {
      of: 'full',
      says: { en: 'most weights are almost nothing', zh: '多数权重几乎为零' },
      holds: ({ small }) => small > 50,
    },
  ],
  charts: [
    accuracyChart({ en: 'Test accuracy, few digits', zh: '测试准确率，训练样本少' }, [
      line('l1', 'with L1', '有 L1'),
      line('without', 'without', '无正则化'),
    ]),
  ],
  sees: {
    en: 'The network concentrates on a few important connections; what does not earn its place disappears.',
    zh: '网络把注意力集中在少数重要连接上，没用的连接消失了。',
  },
});
