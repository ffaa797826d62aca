// Chapter 3: the broad strategy: from hyper-parameters that teach nothing to ones that work, in steps that take seconds.
import { sgd } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracy, accuracyAxis, last, line, number } from './figures.ts';

/** A step of the search: what is tried. */
interface Trial {
  readonly hidden: readonly number[];
  readonly training: number;
  readonly learningRate: number;
  readonly lambda: number;
  readonly epochs: number;
}

export const hyperParameters = experiment({
  id: 'hyper-parameters',
  chapter: '3',
  title: { en: 'Choosing hyper-parameters: the broad strategy', zh: '选择超参数：宽泛策略' },
  question: {
    en: 'How does one get from hyper-parameters that teach nothing to ones that work, when every guess is wrong? And can a program go the same way?',
    zh: '每个猜测都错时，怎样从什么也学不到的超参数走到可用的超参数？程序能走同样的路吗？',
  },
  setting: {
    // First any signal at all: a simpler network on fewer digits, so that a try takes a second; then rate and penalty; then up again.
    narrated: [
      { hidden: [30], training: 50_000, learningRate: 10, lambda: 1000, epochs: 3 },
      { hidden: [], training: 1_000, learningRate: 10, lambda: 20, epochs: 10 },
      { hidden: [], training: 1_000, learningRate: 100, lambda: 20, epochs: 10 },
      { hidden: [], training: 1_000, learningRate: 1, lambda: 20, epochs: 10 },
      { hidden: [], training: 1_000, learningRate: 1, lambda: 1, epochs: 10 },
      { hidden: [30], training: 1_000, learningRate: 1, lambda: 1, epochs: 10 },
      { hidden: [30], training: 1_000, learningRate: 0.5, lambda: 0.1, epochs: 20 },
      { hidden: [30], training: 50_000, learningRate: 0.5, lambda: 5, epochs: 10 },
    ] satisfies Trial[] as readonly Trial[],
    rates: [0.01, 0.1, 1, 10],
    penaltiesPerDigit: [0.00001, 0.0001, 0.001],
    searched: { hidden: [30], training: 5_000, learningRate: 10, lambda: 5_000, epochs: 3 } as Trial,
    final: { training: 50_000, epochs: 10 },
    batch: 10,
  },
  quick: {
    narrated: [
      { hidden: [30], training: 5_000, learningRate: 10, lambda: 1000, epochs: 2 },
      { hidden: [], training: 1_000, learningRate: 10, lambda: 20, epochs: 5 },
      { hidden: [], training: 1_000, learningRate: 1, lambda: 1, epochs: 5 },
      { hidden: [30], training: 1_000, learningRate: 0.5, lambda: 0.1, epochs: 10 },
      { hidden: [30], training: 5_000, learningRate: 0.5, lambda: 0.5, epochs: 5 },
    ],
    searched: { hidden: [30], training: 2_000, learningRate: 10, lambda: 2_000, epochs: 3 },
    final: { training: 5_000, epochs: 5 },
  },
  measures: {
    begun: accuracy({ en: 'validation accuracy of the first guess', zh: '第一次猜测的验证准确率' }, 10),
    narrated: accuracy({
      en: 'validation accuracy at the end of the narrated search',
      zh: '逐步搜索结束时的验证准确率',
    }),
    automated: accuracy({ en: 'validation accuracy of what the program found', zh: '程序找到的设置的验证准确率' }),
    rate: number({ en: 'learning rate that the program found', zh: '程序找到的学习率' }),
  },
  async run({ seed, digits, train }, { narrated, rates, penaltiesPerDigit, searched, final, batch }) {
    const scoreOf = async (name: string, { hidden, training, learningRate, lambda, epochs }: Trial) => {
      const net = digitNetwork(hidden, { l2: lambda / training, seed });
      const optimizer = sgd({ learningRate });
      const course = await train(name, net, await digits(training), {
        optimizer,
        batch,
        epochs,
        watch: ['validation'],
      });
      return Math.max(...course.validation.accuracy, 0);
    };
    const steps: number[] = [];
    for (const [i, step] of narrated.entries()) steps.push(await scoreOf(`step ${i + 1}`, step));

    // The same by a program: the learning rate first, by factors of ten, without a penalty, then the penalty.
    let found = { ...searched, lambda: 0 };
    const choose = async (name: string, trials: readonly Trial[]) => {
      const scores: number[] = [];
      for (const [i, trial] of trials.entries()) scores.push(await scoreOf(`${name} ${i + 1}`, trial));
      found = { ...found, ...trials[scores.indexOf(Math.max(...scores))] };
    };
    await choose(
      'rate',
      rates.map((learningRate) => ({ ...found, learningRate })),
    );
    await choose(
      'penalty',
      penaltiesPerDigit.map((c) => ({ ...found, lambda: c * found.training })),
    );
    const lambda = (found.lambda / found.training) * final.training;
    const automated = await scoreOf('automated', { ...found, ...final, lambda });
    return {
      figures: { begun: steps[0], narrated: last(steps), automated, rate: found.learningRate },
      curves: { steps },
    };
  },
  claims: [
    {
      says: { en: 'the first guess knows no more than chance', zh: '第一次猜测和乱猜差不多' },
      holds: ({ begun }) => begun < 25,
    },
    {
      says: { en: 'both ways end above 85 %', zh: '两种方式最终都超过 85 %' },
      holds: ({ narrated, automated }) => narrated > 85 && automated > 85,
    },
    {
      of: 'full',
      says: { en: 'on all digits both end above 95 %', zh: '用全部数字时两者都超过 95 %' },
      holds: ({ narrated, automated }) => narrated > 95 && automated > 95,
    },
  ],
  charts: [
    {
      title: { en: 'The narrated search, step by step', zh: '逐步搜索' },
      x: { en: 'step', zh: '步骤' },
      y: accuracyAxis,
      lines: [line('steps', 'validation digits', '验证数字')],
    },
  ],
  sees: {
    en: 'Once anything is learned at all, every change shows in seconds whether it was one for the better; "chainrule tune --broad" does it on any data.',
    zh: '只要能学到一点东西，每次改动几秒钟就知道好坏；“chainrule tune --broad” 可以在任何数据上这样做。',
  },
});
