// Chapter 3: a network that learns its thousand digits by heart.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyChart, bestTest, costChart, line } from './figures.ts';

export const overfitting = experiment({
  id: 'overfitting',
  chapter: '3',
  title: { en: 'Over-fitting', zh: '过拟合' },
  question: {
    en: 'What becomes of a network of 24,000 parameters that has only 1,000 digits to learn from? And of the same with 50,000?',
    zh: '一个有 24,000 个参数的网络只有 1,000 个数字可学，会怎样？有 50,000 个又怎样？',
  },
  setting: { few: 1_000, epochs: 400, many: 50_000, manyEpochs: 30, hidden: 30, learningRate: 0.5, batch: 10 },
  quick: { few: 500, epochs: 100, many: 5_000, manyEpochs: 8 },
  measures: {
    best: bestTest({ en: 'few digits', zh: '训练样本少' }, 82.27),
    training: accuracy(
      { en: 'training accuracy, best epoch, few digits', zh: '最好一轮的训练准确率，训练样本少' },
      100,
    ),
    gap: accuracy(
      { en: 'between best training and best test, few digits', zh: '最好的训练与最好的测试之差，训练样本少' },
      17.73,
    ),
    manyTraining: accuracy(
      { en: 'training accuracy, best epoch, all digits', zh: '最好一轮的训练准确率，全部数字' },
      97.86,
    ),
    manyBest: bestTest({ en: 'all digits', zh: '全部数字' }, 95.33),
    manyGap: accuracy(
      { en: 'between best training and best test, all digits', zh: '最好的训练与最好的测试之差，全部数字' },
      2.53,
    ),
  },
  async run({ seed, digits, train }, { few, epochs, many, manyEpochs, hidden, learningRate, batch }) {
    const net = digitNetwork([hidden], { initializer: 'standardNormal', seed });
    const optimizer = sgd({ learningRate });
    const watch = ['training', 'test'] as const;
    const small = await train('few digits', net, await digits(few), { optimizer, batch, epochs, watch });
    const large = await train('all digits', net, await digits(many), { optimizer, batch, epochs: manyEpochs, watch });
    const [training, manyTraining] = [Math.max(...small.training.accuracy), Math.max(...large.training.accuracy)];
    return {
      figures: {
        best: small.best,
        training,
        gap: training - small.best,
        manyTraining,
        manyBest: large.best,
        manyGap: manyTraining - large.best,
      },
      curves: {
        trainingCost: small.training.loss,
        testCost: small.test.loss,
        training: small.training.accuracy,
        test: small.test.accuracy,
        manyTraining: large.training.accuracy,
        manyTest: large.test.accuracy,
      },
    };
  },
  claims: [
    {
      says: {
        en: 'the few digits are learned by heart: 99 % and more of them',
        zh: '少量数字被死记硬背：记住 99 % 以上',
      },
      holds: ({ training }) => training > 99,
    },
    {
      says: {
        en: 'from few digits the gap between training and test is more than twice as wide as from many',
        zh: '训练样本少时，训练与测试的差距是训练样本多时的两倍以上',
      },
      holds: ({ gap, manyGap }) => gap > 2 * manyGap,
    },
  ],
  charts: [
    costChart({ en: 'Cost, few digits', zh: '代价，训练样本少' }, [
      line('trainingCost', 'training digits', '训练数字'),
      line('testCost', 'test digits', '测试数字'),
    ]),
    accuracyChart({ en: 'Accuracy, few digits', zh: '准确率，训练样本少' }, [
      line('training', 'training digits', '训练数字'),
      line('test', 'test digits', '测试数字'),
    ]),
    accuracyChart({ en: 'Accuracy, all digits', zh: '准确率，全部数字' }, [
      line('manyTraining', 'training digits', '训练数字'),
      line('manyTest', 'test digits', '测试数字'),
    ]),
  ],
  sees: {
    en: 'The training cost falls to the end while the test cost rises again early: from there on the network learns the peculiarities of its thousand digits.',
    zh: '训练代价一直下降，测试代价却早早回升：从那时起，网络学的是这一千个数字的偶然特征。',
  },
});
