// Chapter 3: momentum: steps that build up speed.
import { sgd, momentum as withMomentum } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { accuracyChart, bestTest, line, number } from './figures.ts';

export const momentum = experiment({
  id: 'momentum',
  chapter: '3',
  title: { en: 'Momentum', zh: '动量' },
  question: {
    en: 'Does the over-fitting network with L2 learn faster when steps build up speed?',
    zh: '给带 L2 的过拟合网络加上动量，会学得更快吗？',
  },
  // The book prints no figures of momentum. This is the network of l2 from few digits, with a tenth of its learning rate,
  // which suits steps that build up speed, and fewer epochs.
  setting: {
    training: 1_000,
    hidden: 30,
    lambda: 0.1,
    learningRate: 0.05,
    coefficients: [0.5, 0.7, 0.9],
    threshold: 80,
    batch: 10,
    epochs: 100,
  },
  quick: { epochs: 60 },
  measures: {
    plain: number({ en: 'epochs to 80 % of the training digits, μ = 0', zh: '训练准确率达到 80 % 的轮次，μ = 0' }),
    half: number({ en: 'the same, μ = 0.5', zh: '同上，μ = 0.5' }),
    more: number({ en: 'the same, μ = 0.7', zh: '同上，μ = 0.7' }),
    most: number({ en: 'the same, μ = 0.9', zh: '同上，μ = 0.9' }),
    best: bestTest({ en: 'μ = 0.9', zh: 'μ = 0.9' }),
  },
  async run(
    { seed, digits, train },
    { training, hidden, lambda, learningRate, coefficients, threshold, batch, epochs },
  ) {
    const data = await digits(training);
    const net = digitNetwork([hidden], { initializer: 'standardNormal', l2: lambda / training, seed });
    const courseOf = (mu: number) => {
      const optimizer = mu === 0 ? sgd({ learningRate }) : withMomentum({ learningRate, momentum: mu });
      return train(`μ = ${mu}`, net, data, { optimizer, batch, epochs, watch: ['training', 'test'] });
    };
    const courses = [await courseOf(0)];
    for (const mu of coefficients) courses.push(await courseOf(mu));
    const [plain, half, more, most] = courses.map((course) => {
      const reached = course.training.accuracy.findIndex((one) => one >= threshold);
      return reached < 0 ? epochs : reached + 1;
    });
    return {
      figures: { plain, half, more, most, best: courses[3].best },
      curves: Object.fromEntries(courses.map(({ training: seen }, i) => [`mu${i}`, seen.accuracy])),
    };
  },
  claims: [
    {
      says: { en: 'the more momentum, the fewer epochs', zh: '动量越大，所需轮次越少' },
      holds: ({ plain, half, more, most }) => plain > half && half > more && more >= most,
    },
    {
      says: { en: 'with μ = 0.9 fewer than half as many', zh: 'μ = 0.9 时不到一半' },
      holds: ({ plain, most }) => most < plain / 2,
    },
  ],
  charts: [
    accuracyChart({ en: 'Training accuracy', zh: '训练准确率' }, [
      line('mu3', 'μ = 0.9', 'μ = 0.9'),
      line('mu2', 'μ = 0.7', 'μ = 0.7'),
      line('mu1', 'μ = 0.5', 'μ = 0.5'),
      line('mu0', 'μ = 0', 'μ = 0'),
    ]),
  ],
  sees: {
    en: 'Where the slope keeps its direction, speed adds up to 1/(1 − μ) times the plain step.',
    zh: '坡度方向不变时，速度会累积到普通步长的 1/(1 − μ) 倍。',
  },
});
