// Chapter 6: one layer of feature maps.
import { dense, flatten, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { chart, chosen, convPool, curvesOf, image, initializer, outputInitializer, watched } from './ladder.ts';

export const cnn2OneConv = experiment({
  id: 'cnn-2-one-conv',
  chapter: '6',
  title: { en: 'Up the ladder 2: one convolution', zh: '逐级而上 2：一个卷积层' },
  question: {
    en: 'What do 20 feature maps, which look for the same thing everywhere, add in front of the hidden layer?',
    zh: '在隐藏层前加上 20 个在各处寻找同一特征的特征映射，能带来什么？',
  },
  setting: { training: 50_000, filters: 20, hidden: 100, learningRate: 0.1, batch: 10, epochs: 60 },
  quick: { training: 3_000, epochs: 8 },
  seeds: 3,
  measures: { chosen: chosen(98.78) },
  async run({ seed, digits, train }, { training, filters, hidden, learningRate, batch, epochs }) {
    const layers = [
      ...convPool(filters, 'sigmoid'),
      flatten(),
      dense(hidden, 'sigmoid', { initializer }),
      dense(10, 'softmax', { initializer: outputInitializer }),
    ];
    const net = network(layers, { input: image, loss: 'logLikelihood', seed });
    const optimizer = sgd({ learningRate });
    const course = await train('one convolution', net, await digits(training), {
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
      says: { en: '3,000 digits are enough for 85 %', zh: '3,000 个数字就足以达到 85 %' },
      holds: ({ chosen }) => chosen > 85,
    },
  ],
  charts: [chart],
  sees: {
    en: "The errors fall by almost half: 520 shared parameters in front make the hidden layer's work easier.",
    zh: '错误几乎减少一半：前面 520 个共享参数让隐藏层的任务容易得多。',
  },
});
