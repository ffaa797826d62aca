// Chapter 3: methods that use how the slope itself changes: second order, on a small table.
import { dense, fitEpochs, lbfgs, lm, network, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { last, line, number } from './figures.ts';

export const hessian = experiment({
  id: 'hessian',
  chapter: '3',
  title: { en: 'Second-order training', zh: '二阶训练' },
  question: {
    en: 'How many passes over a small table do methods need that know the curvature, and how many does gradient descent?',
    zh: '在小数据表上，知道曲率的方法需要几遍数据，梯度下降又需要几遍？',
  },
  setting: { rows: 50, hidden: 6, learningRate: 0.5, wanted: 0.0005, epochs: 3000, iterations: 100 },
  quick: {},
  measures: {
    descent: number({ en: 'cost after 3,000 epochs of gradient descent', zh: '梯度下降 3,000 轮后的代价' }),
    quasiNewton: number({ en: 'iterations of L-BFGS to a cost of 0.0005', zh: 'L-BFGS 使代价降到 0.0005 的迭代次数' }),
    marquardt: number({ en: 'iterations of Levenberg–Marquardt', zh: 'Levenberg–Marquardt 的迭代次数' }),
    sgd: number({ en: 'epochs of gradient descent (at most 3,000)', zh: '梯度下降的轮次（最多 3,000）' }),
  },
  async run({ seed, signal }, { rows, hidden, learningRate, wanted, epochs, iterations }) {
    const inputs = Array.from({ length: rows }, (_, i) => [(2 * i) / (rows - 1) - 1]);
    const targets = inputs.map(([x]) => [Math.sin(3 * x)]);
    const net = network([dense(hidden, 'tanh'), dense(1)], { input: 1, loss: 'quadratic', seed });
    const costsOf = async (optimizer: ReturnType<typeof sgd | typeof lm>, most: number) => {
      const costs: number[] = [];
      const options = { optimizer, epochs: most, batch: rows, signal };
      for await (const { loss } of fitEpochs(net, { inputs, targets }, options)) costs.push(loss);
      return costs;
    };
    const descent = await costsOf(sgd({ learningRate }), epochs);
    const quasiNewton = await costsOf(lbfgs(), iterations);
    const marquardt = await costsOf(lm(), iterations);
    const reached = (costs: readonly number[], most: number) => {
      const at = costs.findIndex((cost) => cost < wanted);
      return at < 0 ? most : at + 1;
    };
    return {
      figures: {
        descent: last(descent),
        quasiNewton: reached(quasiNewton, iterations),
        marquardt: reached(marquardt, iterations),
        sgd: reached(descent, epochs),
      },
      curves: { descent: descent.slice(0, iterations), quasiNewton, marquardt },
    };
  },
  claims: [
    {
      says: {
        en: 'both second-order methods get there in fewer than 100 iterations',
        zh: '两种二阶方法都在 100 次迭代内达到',
      },
      holds: ({ quasiNewton, marquardt }) => quasiNewton < 100 && marquardt < 100,
    },
    {
      says: { en: 'gradient descent is not there after ten times as many epochs', zh: '轮次多十倍，梯度下降仍未达到' },
      holds: ({ quasiNewton, marquardt, sgd }) => sgd > 10 * Math.max(quasiNewton, marquardt),
    },
  ],
  charts: [
    {
      title: { en: 'Cost of learning sin 3x', zh: '学习 sin 3x 的代价' },
      x: { en: 'epoch or iteration', zh: '轮次或迭代' },
      y: { en: 'cost', zh: '代价' },
      log: 'y',
      lines: [
        line('descent', 'gradient descent', '梯度下降'),
        line('quasiNewton', 'L-BFGS', 'L-BFGS'),
        line('marquardt', 'Levenberg–Marquardt', 'Levenberg–Marquardt'),
      ],
    },
  ],
  sees: {
    en: 'Curvature says how far to go. Levenberg–Marquardt pays with a matrix, which only small networks can afford; L-BFGS guesses it from its last steps.',
    zh: '曲率告诉我们走多远。Levenberg–Marquardt 要付出一个矩阵的代价，只有小网络负担得起；L-BFGS 从最近几步估计曲率。',
  },
});
