// Chapter 3: stopping when validation no longer improves.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyChart, bestTest, line, number } from './figures.ts';

export const earlyStopping = experiment({
  id: 'early-stopping',
  chapter: '3',
  title: { en: 'Early stopping', zh: '提前停止' },
  question: {
    en: 'How much is lost by stopping when the validation cost (the book watches the accuracy) has not improved for ten epochs, and how much time is saved?',
    zh: '验证代价（书中看的是准确率）十轮没有改善就停止，会损失多少，又省下多少时间？',
  },
  setting: { training: 1_000, hidden: 30, patience: 10, learningRate: 0.5, batch: 10, epochs: 400 },
  quick: { training: 500, epochs: 150 },
  measures: {
    epochs: number({ en: 'epochs until it stopped', zh: '停止时的轮次' }),
    stopped: accuracy({ en: 'test accuracy of the epoch it kept', zh: '保留的那一轮的测试准确率' }),
    whole: bestTest({ en: 'without stopping', zh: '不停止' }),
    saved: { name: { en: 'epochs saved', zh: '省下的轮次' }, unit: '%' },
  },
  async run({ seed, digits, train }, { training, hidden, patience, learningRate, batch, epochs }) {
    const data = await digits(training);
    const net = digitNetwork([hidden], { initializer: 'standardNormal', seed });
    const options = { optimizer: sgd({ learningRate }), batch, epochs, watch: ['validation', 'test'] } as const;
    const stopped = await train('patience', net, data, { ...options, patience });
    const whole = await train('to the end', net, data, options);
    const costs = stopped.validation.loss;
    const kept = costs.indexOf(Math.min(...costs));
    return {
      figures: {
        epochs: costs.length,
        stopped: stopped.test.accuracy[kept],
        whole: whole.best,
        saved: 100 * (1 - costs.length / epochs),
      },
      curves: { stopped: stopped.test.accuracy, whole: whole.test.accuracy },
    };
  },
  claims: [
    {
      says: { en: 'more than half of the epochs are saved', zh: '省下一半以上的轮次' },
      holds: ({ saved }) => saved > 50,
    },
    {
      says: { en: 'at a price of less than five points', zh: '代价不到五个百分点' },
      holds: ({ stopped, whole }) => stopped > whole - 5,
    },
  ],
  charts: [
    {
      ...accuracyChart({ en: 'Test accuracy', zh: '测试准确率' }, [
        line('whole', 'to the end', '训练到底'),
        line('stopped', 'stopped', '提前停止'),
      ]),
      log: 'x',
    },
  ],
  sees: {
    en: 'The validation cost is lowest after some fifteen epochs and stopping there costs about two points: accuracy creeps up after cost has turned.',
    zh: '验证代价约在第十五轮最低，在那里停止损失约两个百分点：代价回升之后，准确率还会缓慢上升。',
  },
});
