// Chapter 5: more hidden layers do not make a network of sigmoid neurons better.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line } from './figures.ts';

export const deeper = experiment({
  id: 'deeper',
  chapter: '5',
  title: { en: 'Deeper networks', zh: '更深的网络' },
  question: {
    en: 'Do two, three, four hidden layers of 30 neurons read better than one?',
    zh: '两个、三个、四个各有 30 个神经元的隐藏层，比一个读得更准吗？',
  },
  setting: { training: 50_000, units: 30, depths: [1, 2, 3, 4], lambda: 5, learningRate: 0.1, batch: 10, epochs: 30 },
  quick: { training: 5_000, lambda: 0.5, epochs: 8, learningRate: 0.5 },
  measures: {
    one: bestTest({ en: '1 hidden layer', zh: '1 个隐藏层' }, 96.48),
    two: bestTest({ en: '2 hidden layers', zh: '2 个隐藏层' }, 96.9),
    three: bestTest({ en: '3 hidden layers', zh: '3 个隐藏层' }, 96.57),
    four: bestTest({ en: '4 hidden layers', zh: '4 个隐藏层' }, 96.53),
  },
  async run({ seed, digits, train }, { training, units, depths, lambda, learningRate, batch, epochs }) {
    const data = await digits(training);
    const courses = [];
    for (const depth of depths) {
      const net = digitNetwork(
        Array.from({ length: depth }, () => units),
        { l2: lambda / training, seed },
      );
      courses.push(await train(`depth ${depth}`, net, data, { optimizer: sgd({ learningRate }), batch, epochs }));
    }
    const [one, two, three, four] = courses;
    return {
      figures: { one: one.best, two: two.best, three: three.best, four: four.best },
      curves: {
        one: one.test.accuracy,
        two: two.test.accuracy,
        three: three.test.accuracy,
        four: four.test.accuracy,
      },
    };
  },
  claims: [
    {
      of: 'full',
      says: { en: 'four hidden layers gain less than a point over one', zh: '四个隐藏层比一个高不到一个百分点' },
      holds: ({ one, four }) => four < one + 1,
    },
    {
      of: 'full',
      says: { en: 'two layers read best', zh: '两层读得最准' },
      holds: ({ one, two, three, four }) => two > one && two > three && two > four,
    },
    {
      of: 'quick',
      says: { en: 'after few steps four hidden layers are no better than one', zh: '步数少时，四个隐藏层不比一个好' },
      holds: ({ one, four }) => four <= one,
    },
  ],
  charts: [
    accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [
      line('one', '1 layer', '1 层'),
      line('two', '2 layers', '2 层'),
      line('three', '3 layers', '3 层'),
      line('four', '4 layers', '4 层'),
    ]),
  ],
  sees: {
    en: 'Two layers gain half a point, three and four give it back, and the deeper start later: "vanishing-gradient" shows why.',
    zh: '两层高出半个百分点，三层、四层又还了回去，而且越深起步越晚：“vanishing-gradient” 说明了原因。',
  },
});
