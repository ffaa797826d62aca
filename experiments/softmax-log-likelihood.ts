// Chapter 3: outputs that are probabilities.
import { dense, network, predict, sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line, number } from './figures.ts';

/** A softmax whose weighted inputs are its inputs. */
const parameters = {
  'layers.0.weight': [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
  'layers.0.bias': [0, 0, 0, 0],
};
const softmax = network([dense(4, 'softmax')], { input: 4, loss: 'logLikelihood', parameters });

export const softmaxLogLikelihood = experiment({
  id: 'softmax-log-likelihood',
  chapter: '3',
  title: { en: 'Softmax and log-likelihood', zh: 'Softmax 与对数似然' },
  question: {
    en: 'Are the outputs of a softmax layer a probability distribution, each rising with its own weighted input alone? And does it learn?',
    zh: 'Softmax 层的输出是不是概率分布，且只随自己的加权输入上升？它学得好吗？',
  },
  // Chapter 3 prints no figures of such a network. The learning rate is chapter 6's; 30 neurons, 30 epochs and weights N(0, 1/n)
  // are chapter 3's, where chapter 6 has 100 neurons, 60 epochs and an output layer that begins at zero.
  setting: { z: [2.5, -1, 3.2, 0.5], training: 50_000, hidden: 30, learningRate: 0.1, batch: 10, epochs: 30 },
  quick: { training: 5_000, epochs: 15 },
  measures: {
    sum: number({ en: 'sum of the outputs', zh: '输出之和' }, 1),
    rising: number({ en: 'outputs that rise with their own z, of 4', zh: '随自己的 z 上升的输出个数（共 4 个）' }, 4),
    falling: number({ en: 'outputs that fall with another z, of 12', zh: '随别的 z 下降的输出个数（共 12 个）' }, 12),
    best: bestTest(undefined),
  },
  async run({ seed, digits, train }, { z, training, hidden, learningRate, batch, epochs }) {
    const outputs = (values: readonly number[]): number[] => predict(softmax, [[...values]])[0];
    const at = outputs(z);
    const changes = z.map((_, k) => outputs(z.map((value, j) => value + (j === k ? 0.1 : 0))).map((a, j) => a - at[j]));
    const net = digitNetwork([hidden], { loss: 'logLikelihood', output: 'softmax', seed });
    const optimizer = sgd({ learningRate });
    const { best, test } = await train('softmax', net, await digits(training), { optimizer, batch, epochs });
    return {
      figures: {
        sum: Number(at.reduce((total, a) => total + a, 0).toFixed(6)),
        rising: changes.filter((change, k) => change[k] > 0).length,
        falling: changes.flatMap((change, k) => change.filter((a, j) => j !== k && a < 0)).length,
        best,
      },
      curves: { test: test.accuracy },
    };
  },
  claims: [
    {
      says: {
        en: 'outputs sum to 1, rise with their own weighted input and fall with every other',
        zh: '输出之和为 1，随自己的加权输入上升，随其他的下降',
      },
      holds: ({ sum, rising, falling }) => sum === 1 && rising === 4 && falling === 12,
    },
    {
      of: 'quick',
      says: { en: '5,000 digits: more than 85 %', zh: '5,000 个数字：超过 85 %' },
      holds: ({ best }) => best > 85,
    },
    {
      of: 'full',
      says: { en: 'it reads more than 95.5 % of the test digits', zh: '测试准确率超过 95.5 %' },
      holds: ({ best }) => best > 95.5,
    },
  ],
  charts: [accuracyChart({ en: 'Reading test digits', zh: '识别测试数字' }, [line('test', 'test digits', '测试数字')])],
  sees: {
    en: 'It learns as well as sigmoid outputs with the cross-entropy do, and its outputs can be read as probabilities.',
    zh: '学得与 S 型输出加交叉熵一样好，而且输出可以当作概率来读。',
  },
});
