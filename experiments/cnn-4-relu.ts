// Chapter 6: rectified linear units instead of sigmoid ones.
import { dense, flatten, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import {
  chart,
  chosen,
  convPool,
  curvesOf,
  image,
  initializer,
  outputInitializer,
  penalty,
  watched,
} from './ladder.ts';

export const cnn4Relu = experiment({
  id: 'cnn-4-relu',
  chapter: '6',
  title: { en: 'Up the ladder 4: rectified linear units', zh: '逐级而上 4：修正线性单元' },
  question: {
    en: 'Is max(0, z) a better activation than the sigmoid for this network, with a little L2 regularisation?',
    zh: '加一点 L2 正则化，在这个网络里 max(0, z) 是否是比 S 型更好的激活函数？',
  },
  setting: { training: 50_000, filters: [20, 40], hidden: 100, learningRate: 0.03, lambda: 0.1, batch: 10, epochs: 60 },
  quick: { training: 2_000, epochs: 6 },
  seeds: 3,
  measures: { chosen: chosen(99.23) },
  async run({ seed, digits, train }, { training, filters, hidden, learningRate, lambda, batch, epochs }) {
    const data = await digits(training);
    const layers = [
      ...filters.flatMap((maps) => convPool(maps, 'relu')),
      flatten(),
      dense(hidden, 'relu', { initializer }),
      dense(10, 'softmax', { initializer: outputInitializer }),
    ];
    const l2 = penalty(lambda, data.training, batch);
    const net = network(layers, { input: image, loss: 'logLikelihood', l2, seed });
    const optimizer = sgd({ learningRate });
    const course = await train('relu', net, data, { optimizer, batch, epochs, watch: watched });
    return { figures: { chosen: course.chosen }, curves: curvesOf(course) };
  },
  claims: [
    {
      of: 'quick',
      says: { en: '2,000 digits and 6 epochs are enough for 85 %', zh: '2,000 个数字、6 轮就足以达到 85 %' },
      holds: ({ chosen }) => chosen > 85,
    },
  ],
  charts: [chart],
  sees: {
    en: 'A better result, and sooner: 98 % after the first epoch, where the sigmoid network needs about five.',
    zh: '结果更好，也更快：第一轮后就达到 98 %，S 型网络约要五轮。',
  },
});
