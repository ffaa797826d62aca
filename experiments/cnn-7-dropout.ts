// Chapter 6: wide dense layers, kept from over-fitting by dropout.
import { dropoutSetting, trainWithDropout } from './dropout-network.ts';
import { experiment } from './experiment.ts';
import { chart, chosen, curvesOf } from './ladder.ts';

export const cnn7Dropout = experiment({
  id: 'cnn-7-dropout',
  chapter: '6',
  title: { en: 'Up the ladder 7: dropout', zh: '逐级而上 7：随机失活' },
  question: {
    en: 'What do two dense layers of 1,000 neurons reach when half of their inputs are dropped at random in every step?',
    zh: '两个各有 1,000 个神经元的全连接层，每一步随机丢弃一半输入，能达到多少？',
  },
  setting: dropoutSetting,
  quick: { training: 500, hidden: 100, epochs: 6 },
  // The three networks that vote in cnn-8.
  seeds: 3,
  measures: { chosen: chosen(99.6) },
  async run(context, setting) {
    const { course } = await trainWithDropout(context, context.seed, setting);
    return { figures: { chosen: course.chosen }, curves: curvesOf(course) };
  },
  claims: [
    {
      of: 'quick',
      says: { en: '500 digits, moved, are enough for 75 %', zh: '500 个数字加上平移就足以达到 75 %' },
      holds: ({ chosen }) => chosen > 75,
    },
  ],
  charts: [chart],
  sees: {
    en: 'The layers are those of the widest network of cnn-6; dropout in the place of L2, and more epochs, take about another fifth of its errors away.',
    zh: '各层与 cnn-6 中最宽的网络相同；用随机失活代替 L2，并训练更多轮，错误又减少约五分之一。',
  },
});
