// Chapter 3: a neuron that is badly wrong learns slowly with the quadratic cost, and fast with the cross-entropy.
import { dense, fitEpochs, type LossName, network, predictor, sgd } from 'chainrule';
import { experiment } from './experiment.ts';
import { costAxis, epochAxis, last, line, number } from './figures.ts';

/** The output and the cost of a single neuron, after each epoch, that is to learn to answer 0 to a 1. */
async function learn(start: number, bias: number, loss: LossName, learningRate: number, epochs: number) {
  const parameters = { 'layers.0.weight': [[start]], 'layers.0.bias': [bias] };
  const neuron = network([dense(1, 'sigmoid')], { input: 1, loss, parameters });
  const [outputs, costs]: number[][] = [[], []];
  const answer = predictor(neuron);
  const data = { inputs: [[1]], targets: [[0]] };
  for await (const { loss, network: now } of fitEpochs(neuron, data, {
    epochs,
    batch: 1,
    optimizer: sgd({ learningRate }),
  })) {
    answer.update(now);
    outputs.push(...answer([1]));
    costs.push(loss);
  }
  return { output: last(outputs), costs };
}

/** How fast the cost falls in its first tenth of the epochs, where its fastest tenth is 1. */
function initialSpeed(costs: readonly number[]): number {
  const tenth = Math.floor(costs.length / 10);
  const falls = costs.slice(tenth).map((cost, i) => costs[i] - cost);
  return falls[0] / Math.max(...falls);
}

export const saturatedNeuron = experiment({
  id: 'saturated-neuron',
  chapter: '3',
  title: { en: 'A saturated neuron', zh: '饱和的神经元' },
  question: {
    en: 'Does a neuron learn fastest when it is most wrong, as people do?',
    zh: '神经元是否像人一样，错得最厉害时学得最快？',
  },
  setting: { quadraticRate: 0.15, crossEntropyRate: 0.005, epochs: 300 },
  quick: {},
  seeds: 1,
  measures: {
    mild: number({ en: 'output in the end, begun at 0.82, quadratic', zh: '从 0.82 开始的最终输出，二次代价' }, 0.09),
    wrong: number({ en: 'output in the end, begun at 0.98, quadratic', zh: '从 0.98 开始的最终输出，二次代价' }, 0.2),
    slow: number({
      en: 'speed at the start of its own best, begun at 0.98, quadratic',
      zh: '从 0.98 开始、二次代价：起步速度与自身最快速度之比',
    }),
    fast: number({
      en: 'speed at the start of its own best, begun at 0.98, cross-entropy',
      zh: '从 0.98 开始、交叉熵：起步速度与自身最快速度之比',
    }),
  },
  async run(_, { quadraticRate, crossEntropyRate, epochs }) {
    const mild = await learn(0.6, 0.9, 'quadratic', quadraticRate, epochs);
    const wrong = await learn(2, 2, 'quadratic', quadraticRate, epochs);
    const crossed = await learn(2, 2, 'crossEntropy', crossEntropyRate, epochs);
    return {
      figures: {
        mild: mild.output,
        wrong: wrong.output,
        slow: initialSpeed(wrong.costs),
        fast: initialSpeed(crossed.costs),
      },
      curves: { mild: mild.costs, wrong: wrong.costs, crossed: crossed.costs },
    };
  },
  claims: [
    {
      says: { en: "the outputs are the book's, .09 and .20", zh: '输出与书中的 0.09 和 0.20 一致' },
      holds: ({ mild, wrong }) => Math.abs(mild - 0.09) < 0.005 && Math.abs(wrong - 0.2) < 0.01,
    },
    {
      says: {
        en: 'with the quadratic cost the badly wrong neuron starts at less than a fifth of its best speed',
        zh: '用二次代价时，错得厉害的神经元起步速度不到最快速度的五分之一',
      },
      holds: ({ slow }) => slow < 0.2,
    },
    {
      says: { en: 'with the cross-entropy it is fastest at the start', zh: '用交叉熵时一开始就最快' },
      holds: ({ fast }) => fast > 0.999,
    },
  ],
  charts: [
    {
      title: { en: 'Quadratic cost', zh: '二次代价' },
      x: epochAxis,
      y: costAxis,
      lines: [line('mild', 'begun at 0.82', '从 0.82 开始'), line('wrong', 'begun at 0.98', '从 0.98 开始')],
    },
    {
      title: { en: 'Cross-entropy, begun at 0.98', zh: '交叉熵，从 0.98 开始' },
      x: epochAxis,
      y: costAxis,
      lines: [line('crossed', 'cross-entropy', '交叉熵')],
    },
  ],
  sees: {
    en: 'σ′ is almost nothing where the output is almost 1, and the quadratic cost has it as a factor; in the cross-entropy it cancels.',
    zh: '输出接近 1 时 σ′ 几乎为零，而二次代价的梯度里有这个因子；在交叉熵里它被约掉了。',
  },
});
