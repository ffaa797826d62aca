// Chapter 3, beside the book: how much of an accuracy with L2 is one run's luck.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { runsChart, sortedRuns, spreadMeasures, spreadOf, validationAccuracy } from './runs.ts';

export const luckL2 = experiment({
  id: 'luck-l2',
  chapter: '3',
  title: { en: 'How much of an accuracy with L2 is luck', zh: '使用 L2 的准确率中有多少是运气' },
  question: {
    en: 'With 100 hidden neurons, L2 and η = 0.5 the book prints 97.92 %. What do many runs come to that differ only in their random numbers?',
    zh: '100 个隐藏神经元、L2、η = 0.5，书中印的是 97.92 %。只有随机数不同的许多次运行会得到什么？',
  },
  setting: { runs: 20, training: 50_000, hidden: 100, lambda: 5, learningRate: 0.5, batch: 10, epochs: 30 },
  quick: { runs: 6, training: 1_000, lambda: 0.1, epochs: 5 },
  seeds: 1,
  measures: spreadMeasures(validationAccuracy, 97.92),
  async run({ seed, digits, train }, { runs, training, hidden, lambda, learningRate, batch, epochs }) {
    const data = await digits(training);
    const sorted = await sortedRuns(runs, async (i) => {
      const options = { initializer: 'standardNormal', l2: lambda / training, seed: seed * runs + i } as const;
      const net = digitNetwork([hidden], options);
      const optimizer = sgd({ learningRate });
      const { validation } = await train(`run ${i + 1}`, net, data, {
        optimizer,
        batch,
        epochs,
        watch: ['validation'],
      });
      return Math.max(...validation.accuracy);
    });
    return { figures: spreadOf(sorted), curves: { sorted } };
  },
  claims: [
    {
      says: {
        en: 'runs that differ in nothing but luck differ by more than 0.1 points',
        zh: '只有运气不同的运行，相差超过 0.1 个百分点',
      },
      holds: ({ most, least }) => most - least > 0.1,
    },
    {
      of: 'full',
      says: {
        en: 'the published 97.92 % is a lucky run: at most 0.1 points above the luckiest of twenty, and above the one in the middle',
        zh: '书中的 97.92 % 是运气好的一次：比二十次中最好的一次至多高 0.1 个百分点，且高于居中的一次',
      },
      holds: ({ most, median }) => most >= 97.82 && median < 97.92,
    },
  ],
  charts: [runsChart(validationAccuracy)],
  sees: {
    en: 'L2 and a smaller learning rate leave less to luck than the first network has, but a tenth of a point is still within it.',
    zh: '有了 L2 和较小的学习率，运气的作用比第一个网络小，但零点一个百分点仍在运气之内。',
  },
});
