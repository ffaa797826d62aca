// Chapter 6: networks vote. The book has five; here the one of cnn-7 and two more, which take about two hours.
import { combineOutputs, predictRows } from 'chainrule';
import { dropoutSetting, trainWithDropout } from './dropout-network.ts';
import { experiment } from './experiment.ts';
import { accuracyOf } from './scores.ts';

export const cnn8Ensemble = experiment({
  id: 'cnn-8-ensemble',
  chapter: '6',
  title: { en: 'Up the ladder 8: a vote', zh: '逐级而上 8：投票' },
  question: {
    en: 'Do networks that differ only in their luck read better together than each of them? Three vote here; the book has five.',
    zh: '几个只有运气不同的网络一起投票，是否比其中任何一个读得更准？这里是三个网络投票，书中是五个。',
  },
  setting: { ...dropoutSetting, networks: 3 },
  quick: { training: 200, hidden: 50, filters: [8, 16], epochs: 6 },
  seeds: 1,
  measures: {
    vote: {
      name: { en: 'test accuracy of the vote', zh: '投票的测试准确率' },
      unit: '%',
      published: 99.67,
      compared: true,
    },
    average: { name: { en: 'test accuracy of the mean output', zh: '输出取平均的测试准确率' }, unit: '%' },
    single: { name: { en: 'mean test accuracy of one network', zh: '单个网络的平均测试准确率' }, unit: '%' },
  },
  async run(context, { networks, ...setting }) {
    const [outputs, singles]: [Float64Array[], number[]] = [[], []];
    const { test } = await context.digits(setting.training);
    for (let member = 0; member < networks; member++) {
      const { course } = await trainWithDropout(context, context.seed * networks + member, setting);
      outputs.push(Float64Array.from(predictRows(course.network, test.samples, { backend: context.backend })));
      singles.push(accuracyOf(outputs[member], test));
    }
    const together = (rule: 'vote' | 'average') => accuracyOf(combineOutputs(outputs, { rule, width: 10 }), test);
    const single = singles.reduce((sum, one) => sum + one, 0) / networks;
    return { figures: { vote: together('vote'), average: together('average'), single }, curves: { singles } };
  },
  claims: [
    {
      says: { en: 'the vote is better than one of its networks on the mean', zh: '投票好于其中单个网络的平均' },
      holds: ({ vote, single }) => vote > single,
    },
  ],
  charts: [
    {
      title: { en: 'The networks by themselves', zh: '各个网络单独的结果' },
      x: { en: 'network', zh: '网络' },
      y: { en: 'test accuracy, %', zh: '测试准确率，%' },
      lines: [{ curve: 'singles', name: { en: 'one network', zh: '单个网络' } }],
    },
  ],
  sees: {
    en: 'One network gets 46 of 10,000 digits wrong on the mean, the vote 41: a mistake that only one of three makes is outvoted, but most mistakes are made by two.',
    zh: '单个网络平均读错 10,000 个数字中的 46 个，投票后读错 41 个：三个网络中只有一个犯的错会被投票否决，但大多数错误是两个以上的网络一起犯的。',
  },
});
