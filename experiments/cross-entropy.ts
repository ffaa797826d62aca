// Chapter 3: the cross-entropy instead of the quadratic cost.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line } from './figures.ts';

export const crossEntropy = experiment({
  id: 'cross-entropy',
  chapter: '3',
  title: { en: 'The cross-entropy cost', zh: '交叉熵代价' },
  question: {
    en: 'What does the cross-entropy reach, with 30 and with 100 hidden neurons?',
    zh: '交叉熵用 30 个和 100 个隐藏神经元各能达到多少？',
  },
  setting: { training: 50_000, hidden: [30, 100], learningRate: 0.5, batch: 10, epochs: 30 },
  quick: { training: 5_000, epochs: 8 },
  measures: {
    small: bestTest({ en: '30 hidden neurons', zh: '30 个隐藏神经元' }, 95.49),
    large: bestTest({ en: '100 hidden neurons', zh: '100 个隐藏神经元' }, 96.82),
  },
  async run({ seed, digits, train }, { training, hidden, learningRate, batch, epochs }) {
    const data = await digits(training);
    const courseOf = (units: number) => {
      const net = digitNetwork([units], { loss: 'crossEntropy', initializer: 'standardNormal', seed });
      return train(`${units} hidden`, net, data, { optimizer: sgd({ learningRate }), batch, epochs });
    };
    const [small, large] = [await courseOf(hidden[0]), await courseOf(hidden[1])];
    return {
      figures: { small: small.best, large: large.best },
      curves: { small: small.test.accuracy, large: large.test.accuracy },
    };
  },
  claims: [
    {
      of: 'quick',
      says: { en: '5,000 digits: more than 80 % with either width', zh: '5,000 个数字：两种宽度都超过 80 %' },
      holds: ({ small, large }) => Math.min(small, large) > 80,
    },
    {
      of: 'full',
      says: { en: '100 hidden neurons read better than 30', zh: '100 个隐藏神经元比 30 个读得更准' },
      holds: ({ small, large }) => large > small,
    },
  ],
  charts: [
    accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [
      line('small', '30 hidden', '30 个'),
      line('large', '100 hidden', '100 个'),
    ]),
  ],
  sees: {
    en: 'About as good in the end as the quadratic cost with a well chosen rate (first-network), or a lucky start (luck-100).',
    zh: '最终与学习率选得好（first-network）或运气好（luck-100）的二次代价相当。',
  },
});
