// Chapter 3: new training digits made from old ones.
import { type Dataset, expandDataset, sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyAxis, bestTest, line } from './figures.ts';

export const expandedData = experiment({
  id: 'expanded-data',
  chapter: '3',
  title: { en: 'Artificially expanded training data', zh: '人为扩展训练数据' },
  question: {
    en: 'Does it help to show each digit also moved by one pixel each way, or turned a little?',
    zh: '让网络也看到每个数字移动一个像素或稍微旋转后的样子，有帮助吗？',
  },
  setting: {
    training: 50_000,
    hidden: 100,
    lambdaPerDigit: 0.0001,
    degrees: 10,
    learningRate: 0.1,
    batch: 10,
    presentations: 1_500_000,
  },
  quick: { training: 1_000, presentations: 50_000, learningRate: 0.3 },
  measures: {
    plain: bestTest({ en: 'digits as they are', zh: '原样的数字' }),
    moved: bestTest({ en: 'moved by a pixel', zh: '平移一个像素' }),
    turned: bestTest({ en: 'turned by up to 10°', zh: '旋转不超过 10°' }),
  },
  async run(
    { seed, digits, train },
    { training, hidden, lambdaPerDigit, degrees, learningRate, batch, presentations },
  ) {
    const data = await digits(training);
    const net = digitNetwork([hidden], { l2: lambdaPerDigit, seed });
    const courseOf = async (name: string, expanded: Dataset) => {
      const { count } = expanded.samples.inputs;
      const epochs = Math.floor(presentations / count);
      const optimizer = sgd({ learningRate });
      const { best, test } = await train(name, net, { ...data, training: expanded }, { optimizer, batch, epochs });
      return { best, accuracy: test.accuracy, seen: test.accuracy.map((_, epoch) => (epoch + 1) * count) };
    };
    const plain = await courseOf('plain', data.training);
    const moved = await courseOf('moved', expandDataset(data.training, { shift: 1 }));
    const turned = await courseOf('turned', expandDataset(data.training, { copies: 4, rotate: degrees, seed }));
    return {
      figures: { plain: plain.best, moved: moved.best, turned: turned.best },
      curves: {
        plain: plain.accuracy,
        plainSeen: plain.seen,
        moved: moved.accuracy,
        movedSeen: moved.seen,
        turned: turned.accuracy,
        turnedSeen: turned.seen,
      },
    };
  },
  claims: [
    {
      says: { en: 'moved digits help, for the same number of steps', zh: '步数相同，平移的数字有帮助' },
      holds: ({ plain, moved }) => moved > plain,
    },
    {
      of: 'full',
      says: { en: 'turned digits do no harm, for the same number of steps', zh: '步数相同，旋转的数字无害' },
      holds: ({ plain, turned }) => turned > plain - 0.1,
    },
    {
      of: 'quick',
      says: { en: 'turned digits help, for the same number of steps', zh: '步数相同，旋转的数字有帮助' },
      holds: ({ plain, turned }) => turned > plain,
    },
  ],
  charts: [
    {
      title: { en: 'Reading test digits', zh: '识别测试数字' },
      x: { en: 'digits seen', zh: '看过的数字个数' },
      y: accuracyAxis,
      lines: [
        { ...line('plain', 'as they are', '原样'), over: 'plainSeen' },
        { ...line('moved', 'moved', '平移'), over: 'movedSeen' },
        { ...line('turned', 'turned', '旋转'), over: 'turnedSeen' },
      ],
    },
  ],
  sees: {
    en: 'With as many steps, digits moved by a pixel gain a few tenths of a point, turned ones next to nothing.',
    zh: '步数相同，平移一个像素提高零点几个百分点，旋转几乎没有提高。',
  },
});
