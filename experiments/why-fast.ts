// Chapter 2: in what sense back-propagation is fast: all gradients for about two passes, not one pass a weight.
import { dense, network, parameterCount, predict, referenceBackend, withParameters } from 'chainrule';
import { gradients } from 'chainrule/explain';
import { experiment } from './experiment.ts';
import { last, line, number } from './figures.ts';

export const whyFast = experiment({
  id: 'why-fast',
  chapter: '2',
  title: { en: 'In what sense backpropagation is fast', zh: '反向传播在什么意义上快' },
  question: {
    en: 'How long do all gradients take by back-propagation, and how long by trying each weight: one more forward pass for every one?',
    zh: '用反向传播求全部梯度要多久？逐个改动权重、每个都多做一次前向传播又要多久？',
  },
  setting: { hidden: [2, 8, 32, 128] },
  quick: { hidden: [2, 8, 32] },
  seeds: 1,
  measures: {
    weights: number({ en: 'parameters of the largest network', zh: '最大网络的参数个数' }),
    passes: number({ en: 'forward passes to try each of them', zh: '逐个尝试所需的前向传播次数' }),
    ratio: number({ en: 'times as long as back-propagation', zh: '耗时是反向传播的几倍' }),
    apart: number({ en: 'largest difference of the two gradients', zh: '两种梯度的最大差' }),
  },
  run({ seed }, { hidden }) {
    const backend = referenceBackend();
    const [x, y, h] = [Array.from({ length: 10 }, (_, k) => k / 10), [0.5], 1e-5];
    const [parameters, backward, forward, apart]: number[][] = [[], [], [], []];
    for (const units of hidden) {
      const net = network([dense(units, 'sigmoid'), dense(1, 'sigmoid')], { input: 10, loss: 'quadratic', seed });
      const cost = (one: typeof net) => (predict(one, [x], { backend })[0][0] - y[0]) ** 2 / 2;
      const batch = { inputs: [x], targets: [y] };
      gradients(net, batch); // once before, so that neither way is timed cold
      const start = performance.now();
      const known = gradients(net, batch).gradients;
      const between = performance.now();
      const before = cost(net);
      const differences = Object.entries(net.parameters).flatMap(([name, { shape, data }]) =>
        Array.from(data, (value, i) => {
          const moved = withParameters(net, {
            [name]: { shape, data: Float64Array.from(data).fill(value + h, i, i + 1) },
          });
          return Math.abs((cost(moved) - before) / h - known[name].data[i]);
        }),
      );
      forward.push(performance.now() - between);
      backward.push(between - start);
      parameters.push(parameterCount(net));
      apart.push(Math.max(...differences));
    }
    const weights = last(parameters);
    return {
      figures: { weights, passes: weights + 1, ratio: last(forward) / last(backward), apart: Math.max(...apart) },
      curves: { parameters, backward, forward },
    };
  },
  claims: [
    {
      says: { en: 'both ways find the same gradient', zh: '两种方法得到相同的梯度' },
      holds: ({ apart }) => apart < 1e-4,
    },
    {
      // A matter of time, and so not of quick runs, which tests make on machines that do other things too.
      of: 'full',
      says: { en: 'trying each weight takes more than ten times as long', zh: '逐个尝试要多花十倍以上的时间' },
      holds: ({ ratio }) => ratio > 10,
    },
  ],
  charts: [
    {
      title: { en: 'Time for all gradients', zh: '求全部梯度的时间' },
      x: { en: 'parameters', zh: '参数个数' },
      y: { en: 'milliseconds', zh: '毫秒' },
      log: 'both',
      lines: [
        { ...line('forward', 'one pass a weight', '每个权重一次传播'), over: 'parameters' },
        { ...line('backward', 'back-propagation', '反向传播'), over: 'parameters' },
      ],
    },
  ],
  sees: {
    en: 'One line rises with the number of weights, the other hardly: a million weights take a million and one forward passes, or one pass forward and one back.',
    zh: '一条线随权重个数上升，另一条几乎不动：一百万个权重要做一百万零一次前向传播，而反向传播只要一去一回。',
  },
});
