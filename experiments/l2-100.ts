// Chapter 3: a hundred hidden neurons with L2, and the patience for a smaller learning rate.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyChart, line } from './figures.ts';

export const l2With100 = experiment({
  id: 'l2-100',
  chapter: '3',
  title: { en: 'A hundred hidden neurons with L2', zh: '一百个隐藏神经元加 L2' },
  question: {
    en: 'How far does a single hidden layer get with L2, and does a smaller learning rate for twice as long help?',
    zh: '单隐层加 L2 能做到多好？学习率更小、训练时间加倍有帮助吗？',
  },
  setting: {
    training: 50_000,
    hidden: 100,
    lambda: 5,
    fast: { learningRate: 0.5, epochs: 30 },
    slow: { learningRate: 0.1, epochs: 60 },
    batch: 10,
  },
  quick: {
    training: 5_000,
    lambda: 0.5,
    fast: { learningRate: 0.5, epochs: 5 },
    slow: { learningRate: 0.1, epochs: 10 },
  },
  measures: {
    fast: {
      ...accuracy({ en: 'validation accuracy, best epoch, η = 0.5', zh: '最好一轮的验证准确率，η = 0.5' }, 97.92),
      compared: true,
    },
    slow: {
      ...accuracy(
        {
          en: 'validation accuracy, best epoch, η = 0.1, twice as long',
          zh: '最好一轮的验证准确率，η = 0.1，时间加倍',
        },
        98.04,
      ),
      compared: true,
    },
  },
  async run({ seed, digits, train }, { training, hidden, lambda, fast, slow, batch }) {
    const data = await digits(training);
    const net = digitNetwork([hidden], { initializer: 'standardNormal', l2: lambda / training, seed });
    const accuraciesOf = async (name: string, { learningRate, epochs }: typeof fast) => {
      const optimizer = sgd({ learningRate });
      const { validation } = await train(name, net, data, { optimizer, batch, epochs, watch: ['validation'] });
      return validation.accuracy;
    };
    const curves = { fast: await accuraciesOf('fast', fast), slow: await accuraciesOf('slow', slow) };
    return { figures: { fast: Math.max(...curves.fast), slow: Math.max(...curves.slow) }, curves };
  },
  claims: [
    {
      of: 'quick',
      says: { en: '5,000 digits: more than 80 % both ways', zh: '5,000 个数字：两种方式都超过 80 %' },
      holds: ({ fast, slow }) => Math.min(fast, slow) > 80,
    },
  ],
  charts: [
    accuracyChart({ en: 'Reading validation digits', zh: '识别验证数字' }, [
      line('fast', 'η = 0.5', 'η = 0.5'),
      line('slow', 'η = 0.1', 'η = 0.1'),
    ]),
  ],
  sees: {
    en: 'The smaller rate is slower to come near, but then most often settles higher, and with less jitter. The hundredths that are missing are a matter of luck: see luck-l2.',
    zh: '较小的学习率接近得慢，但之后多半停在更高处，抖动也更小。差的零点零几个百分点是运气：见 luck-l2。',
  },
});
