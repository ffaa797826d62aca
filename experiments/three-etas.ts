// Chapter 3: what the cost looks like at three learning rates.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { costChart, last, line, number } from './figures.ts';

/** How much of its way down a cost has gone up again, epoch by epoch. */
function waviness(costs: readonly number[]): number {
  const rises = costs.slice(1).map((cost, i) => Math.max(0, cost - costs[i]));
  return rises.reduce((sum, rise) => sum + rise, 0);
}

export const threeEtas = experiment({
  id: 'three-etas',
  chapter: '3',
  title: { en: 'Three learning rates', zh: '三种学习率' },
  question: {
    en: 'What does the training cost look like with a learning rate that is small, right, and too large?',
    zh: '学习率偏小、合适、过大时，训练代价各是什么样子？',
  },
  setting: { training: 50_000, hidden: 30, lambda: 5, rates: [0.025, 0.25, 2.5], batch: 10, epochs: 30 },
  quick: { training: 3_000, lambda: 0.3, epochs: 15 },
  measures: {
    small: number({ en: 'cost in the end, η = 0.025', zh: '最终代价，η = 0.025' }),
    right: number({ en: 'cost in the end, η = 0.25', zh: '最终代价，η = 0.25' }),
    large: number({ en: 'cost in the end, η = 2.5', zh: '最终代价，η = 2.5' }),
    smallRises: number({ en: 'sum of all rises of the cost, η = 0.025', zh: '代价上升量之和，η = 0.025' }),
    middleRises: number({ en: 'sum of all rises of the cost, η = 0.25', zh: '代价上升量之和，η = 0.25' }),
    largeRises: number({ en: 'sum of all rises of the cost, η = 2.5', zh: '代价上升量之和，η = 2.5' }),
  },
  async run({ seed, digits, train }, { training, hidden, lambda, rates, batch, epochs }) {
    const data = await digits(training);
    const net = digitNetwork([hidden], { l2: lambda / training, seed });
    const costsAt = async (learningRate: number) => {
      const optimizer = sgd({ learningRate });
      const course = await train(`η = ${learningRate}`, net, data, { optimizer, batch, epochs, watch: ['training'] });
      return course.training.loss;
    };
    const [small, right, large] = [await costsAt(rates[0]), await costsAt(rates[1]), await costsAt(rates[2])];
    return {
      figures: {
        small: last(small),
        right: last(right),
        large: last(large),
        smallRises: waviness(small),
        middleRises: waviness(right),
        largeRises: waviness(large),
      },
      curves: { small, right, large },
    };
  },
  claims: [
    {
      says: { en: 'the small rate falls smoothly: it hardly ever rises', zh: '小学习率平滑下降，几乎从不上升' },
      holds: ({ smallRises }) => smallRises < 0.02,
    },
    {
      says: { en: 'the large rate oscillates: it rises again and again', zh: '大学习率振荡，一再上升' },
      holds: ({ largeRises, smallRises }) => largeRises > 0.2 && largeRises > 20 * smallRises,
    },
    {
      of: 'full',
      says: { en: 'the larger the rate, the more the cost rises', zh: '学习率越大，代价上升得越多' },
      holds: ({ smallRises, middleRises, largeRises }) => smallRises < middleRises && middleRises < largeRises,
    },
    {
      says: { en: 'the one in between ends lower than the large one', zh: '中间的学习率最终低于大学习率' },
      holds: ({ right, large }) => right < large,
    },
  ],
  charts: [
    costChart({ en: 'Cost on the training digits', zh: '训练数字上的代价' }, [
      line('small', 'η = 0.025', 'η = 0.025'),
      line('right', 'η = 0.25', 'η = 0.25'),
      line('large', 'η = 2.5', 'η = 2.5'),
    ]),
  ],
  sees: {
    en: 'Too large a step jumps over the bottom of the valley and back again; a smaller one only takes longer.',
    zh: '步子太大就在谷底两侧来回跳；步子小一点，只是慢一些。',
  },
});
