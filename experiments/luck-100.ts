// Chapter 1, beside the book: why the wide first network mostly stays at 87 %.
import { experiment } from './experiment.ts';
import { number } from './figures.ts';
import { manyFirstNetworks } from './luck.ts';
import { runsChart, spreadMeasures, testAccuracy } from './runs.ts';

export const luck100 = experiment({
  id: 'luck-100',
  chapter: '1',
  title: { en: 'How much luck a hundred neurons need', zh: '一百个神经元需要多少运气' },
  question: {
    en: 'Why does first-network-100 mostly stay at 87 %, where the book prints 96.59 %? What do many runs come to that differ only in their random numbers?',
    zh: '书中印的是 96.59 %，为什么 first-network-100 多半停在 87 %？只有随机数不同的许多次运行会得到什么？',
  },
  setting: { runs: 20, training: 50_000, hidden: 100, learningRate: 3, batch: 10, epochs: 30, stuckBelow: 90 },
  quick: { runs: 6, training: 1_000, epochs: 6, stuckBelow: 40 },
  seeds: 1,
  measures: {
    ...spreadMeasures(testAccuracy, 96.59),
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
        en: 'the luckiest comes within 0.1 points of the published 96.59 %, or above it',
        zh: '运气最好的一次与书中的 96.59 % 相差不超过 0.1 个百分点，或者更高',
      },
      holds: ({ most }) => most >= 96.49,
    },
    {
      of: 'full',
      says: { en: 'some runs get stuck below 90 %', zh: '有些运行卡在 90 % 以下' },
      holds: ({ stuck }) => stuck > 0,
    },
  ],
  charts: [runsChart(testAccuracy)],
  sees: {
    en: 'Most runs get stuck: at 87 % a run never learns one of the digits, and training longer does not help. It is so in independent code too: a NumPy program of the same setting stood below 90 % in 8 of 12 runs after 6 epochs.',
    zh: '多数运行会卡住：停在 87 % 的运行始终学不会某一个数字，训练更久也没有用。独立的代码也是如此：用 NumPy 写的同样设置的程序，12 次中有 8 次在 6 轮后仍低于 90 %。',
  },
});
