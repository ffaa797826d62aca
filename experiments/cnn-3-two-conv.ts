// Chapter 6: features of features.
import { dense, flatten, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { chart, chosen, convPool, curvesOf, image, initializer, outputInitializer, watched } from './ladder.ts';

export const cnn3TwoConv = experiment({
  id: 'cnn-3-two-conv',
  chapter: '6',
  title: { en: 'Up the ladder 3: two convolutions', zh: '逐级而上 3：两个卷积层' },
  question: {
    en: 'Does it help to look for patterns among the features that a first convolution found?',
    zh: '在第一个卷积层找到的特征中再寻找模式，有帮助吗？',
  },
  setting: { training: 50_000, filters: [20, 40], hidden: 100, learningRate: 0.1, batch: 10, epochs: 60 },
  quick: { training: 3_000, filters: [8, 16], learningRate: 0.5, batch: 5, epochs: 14 },
  seeds: 3,
  measures: { chosen: chosen(99.06) },
  async run({ seed, digits, train }, { training, filters, hidden, learningRate, batch, epochs }) {
    const layers = [
      ...filters.flatMap((maps) => convPool(maps, 'sigmoid')),
      flatten(),
      dense(hidden, 'sigmoid', { initializer }),
      dense(10, 'softmax', { initializer: outputInitializer }),
    ];
    const net = network(layers, { input: image, loss: 'logLikelihood', seed });
    const optimizer = sgd({ learningRate });
    const course = await train('two convolutions', net, await digits(training), {
      optimizer,
      batch,
      epochs,
      watch: watched,
    });
    return { figures: { chosen: course.chosen }, curves: curvesOf(course) };
  },
  claims: [
    {
      of: 'quick',
      says: {
        en: '3,000 digits, fewer feature maps and larger steps are enough for 75 %',
        zh: '3,000 个数字、较少的特征映射和较大的步子就足以达到 75 %',
      },
      holds: ({ chosen }) => chosen > 75,
    },
  ],
  charts: [chart],
  sees: {
    en: 'The second convolution sees 20 condensed images at once, and takes the network past 99 %.',
    zh: '第二个卷积层同时看到 20 幅浓缩的图像，使网络超过 99 %。',
  },
});
