// Chapter 1, beside the book: how much of a published accuracy is one run's luck.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { type Context, experiment } from './experiment.ts';
import { number } from './figures.ts';
import { runsChart, sortedRuns, spreadMeasures, spreadOf, testAccuracy } from './runs.ts';

/** Setting of both lessons on the first network's luck. */
interface LuckSetting {
  readonly runs: number;
  readonly training: number;
  readonly hidden: number;
  readonly learningRate: number;
  readonly batch: number;
  readonly epochs: number;
  readonly stuckBelow: number;
}

/** The first network, begun anew and trained many times over. */
export async function manyFirstNetworks(
  { seed, digits, train }: Context,
  { runs, training, hidden, learningRate, batch, epochs, stuckBelow }: LuckSetting,
) {
  const data = await digits(training);
  const sorted = await sortedRuns(runs, async (i) => {
    const options = { loss: 'quadratic', initializer: 'standardNormal', seed: seed * runs + i } as const;
    const net = digitNetwork([hidden], options);
    const course = await train(`run ${i + 1}`, net, data, { optimizer: sgd({ learningRate }), batch, epochs });
    return course.best;
  });
  const stuck = sorted.filter((one) => one < stuckBelow).length;
  return { figures: { ...spreadOf(sorted), stuck }, curves: { sorted } };
}

export const luck = experiment({
  id: 'luck',
  chapter: '1',
  title: { en: 'How much of an accuracy is luck', zh: '准确率中有多少是运气' },
  question: {
    en: 'The book prints one run of the first network, 95.42 %. What do many runs come to that differ only in their random numbers?',
    zh: '书中第一个网络只印了一次运行的结果 95.42 %。只有随机数不同的许多次运行会得到什么？',
  },
  setting: { runs: 20, training: 50_000, hidden: 30, learningRate: 3, batch: 10, epochs: 30, stuckBelow: 90 },
  quick: { runs: 8, training: 2_000, epochs: 8, stuckBelow: 60 },
  seeds: 1,
  measures: {
    ...spreadMeasures(testAccuracy, 95.42),
    stuck: number({ en: 'runs that never learn one of the digits', zh: '始终学不会某个数字的次数' }),
  },
  run: manyFirstNetworks,
  claims: [
    {
      says: {
        en: 'runs that differ in nothing but luck differ by more than 0.3 points',
        zh: '只有运气不同的运行，相差超过 0.3 个百分点',
      },
      holds: ({ most, least }) => most - least > 0.3,
    },
    {
      of: 'full',
      says: {
        en: 'the published 95.42 % is a lucky run: within 0.1 points of the luckiest or below it, and above the one in the middle',
        zh: '书中的 95.42 % 是运气好的一次：不超过最好的一次 0.1 个百分点，且高于居中的一次',
      },
      holds: ({ most, median }) => most >= 95.32 && median < 95.42,
    },
  ],
  charts: [runsChart(testAccuracy)],
  sees: {
    en: 'A single accuracy says little to a few tenths of a point: that is why most other experiments here show several seeds.',
    zh: '单个准确率在零点几个百分点之内说明不了什么：所以这里的多数实验都给出多个种子的结果。',
  },
});
