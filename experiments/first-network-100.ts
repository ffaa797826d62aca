// Chapter 1: the first network with more hidden neurons.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyChart, bestTest, last, line } from './figures.ts';

export const firstNetwork100 = experiment({
  id: 'first-network-100',
  chapter: '1',
  title: { en: 'A hundred hidden neurons', zh: '一百个隐藏神经元' },
  question: {
    en: 'Does the first network read better with 100 hidden neurons instead of 30?',
    zh: '把第一个网络的隐藏神经元从 30 个增加到 100 个，会读得更准吗？',
  },
  setting: { training: 50_000, hidden: 100, learningRate: 3, batch: 10, epochs: 30 },
  quick: { training: 5_000, epochs: 6 },
  measures: {
    first: accuracy({ en: 'test accuracy after the first epoch', zh: '第一轮后的测试准确率' }),
    best: bestTest(undefined, 96.59),
    last: accuracy({ en: 'test accuracy after the last epoch', zh: '最后一轮后的测试准确率' }),
  },
  async run({ seed, digits, train }, { training, hidden, learningRate, batch, epochs }) {
    const net = digitNetwork([hidden], { loss: 'quadratic', initializer: 'standardNormal', seed });
    const optimizer = sgd({ learningRate });
    const { test, best } = await train('quadratic', net, await digits(training), { optimizer, batch, epochs });
    return {
      figures: { first: test.accuracy[0], best, last: last(test.accuracy) },
      curves: { test: test.accuracy },
    };
  },
  claims: [
    {
      of: 'quick',
      says: {
        en: '5,000 digits and 6 epochs: more than half of the test digits',
        zh: '5,000 个数字、6 轮：认出一半以上的测试数字',
      },
      holds: ({ best }) => best > 50,
    },
    {
      says: { en: 'it gets better after the first epoch', zh: '第一轮之后继续提高' },
      holds: ({ first, best }) => best > first,
    },
  ],
  charts: [accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [line('test', 'test digits', '测试数字')])],
  sees: {
    en: 'About a point and a half more than 30 neurons give, where the start is lucky; with weights this large most runs stay near 87 %, one digit short (see luck-100). Readers of the book report the same.',
    zh: '运气好时比 30 个神经元高约一个半百分点；初始权重这么大，多数运行停在 87 % 附近，差一个数字没学会（见 luck-100），书的读者也有同样的反馈。',
  },
});
