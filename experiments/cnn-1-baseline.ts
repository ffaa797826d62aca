// Chapter 6: the network without convolutions that the others are measured against.
import { dense, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { chart, chosen, curvesOf, initializer, outputInitializer, watched } from './ladder.ts';

export const cnn1Baseline = experiment({
  id: 'cnn-1-baseline',
  chapter: '6',
  title: { en: 'Up the ladder 1: one hidden layer', zh: '逐级而上 1：单隐层' },
  question: {
    en: 'How far does a network of one hidden layer and a softmax output get, before any convolution?',
    zh: '在使用卷积之前，一个隐藏层加 Softmax 输出层的网络能做到多好？',
  },
  setting: { training: 50_000, hidden: 100, learningRate: 0.1, batch: 10, epochs: 60 },
  quick: { training: 5_000, epochs: 15 },
  measures: { chosen: chosen(97.8) },
  async run({ seed, digits, train }, { training, hidden, learningRate, batch, epochs }) {
    const layers = [
      dense(hidden, 'sigmoid', { initializer }),
      dense(10, 'softmax', { initializer: outputInitializer }),
    ];
    const net = network(layers, { input: 784, loss: 'logLikelihood', seed });
    const optimizer = sgd({ learningRate });
    const course = await train('dense', net, await digits(training), { optimizer, batch, epochs, watch: watched });
    return { figures: { chosen: course.chosen }, curves: curvesOf(course) };
  },
  claims: [
    {
      of: 'quick',
      says: { en: '5,000 digits are enough for 85 %', zh: '5,000 个数字就足以达到 85 %' },
      holds: ({ chosen }) => chosen > 85,
    },
  ],
  charts: [chart],
  sees: {
    en: 'Almost 98 %, without any knowledge that a digit is an image: shuffle the pixels, and it would learn as well.',
    zh: '接近 98 %，而且完全不知道数字是图像：把像素打乱，它也能学得一样好。',
  },
});
