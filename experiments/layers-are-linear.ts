// Why activations: a stack of layers without them is one matrix.
import { adam, dense, evaluate, fit, network, predict, referenceBackend } from 'chainrule';
import { experiment } from './experiment.ts';
import { line, number } from './figures.ts';

const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const targets = [[0], [1], [1], [0]];

export const layersAreLinear = experiment({
  id: 'layers-are-linear',
  chapter: 'D',
  title: { en: 'Why activation functions', zh: '为什么要激活函数' },
  question: {
    en: 'What can three layers without activation do that one cannot? Can they learn XOR?',
    zh: '没有激活函数的三层能做到一层做不到的事吗？能学会异或吗？',
  },
  setting: { sizes: [4, 3, 1], epochs: 1500, learningRate: 0.02 },
  quick: {},
  measures: {
    apart: number({ en: 'largest difference between the stack and one matrix', zh: '多层与单个矩阵的最大差' }),
    linear: number({ en: 'cost of XOR without activation', zh: '无激活函数时异或的代价' }, 0.125),
    tanh: number({ en: 'cost of XOR with tanh in between', zh: '中间用双曲正切时异或的代价' }, 0),
  },
  async run({ seed, signal }, { sizes, epochs, learningRate }) {
    const backend = referenceBackend();
    const stackOf = (activation: 'linear' | 'tanh') =>
      network(
        sizes.map((units, l) => dense(units, l < sizes.length - 1 ? activation : 'linear')),
        { input: 2, loss: 'quadratic', seed },
      );
    // An affine map is known by where it takes 0 and the unit vectors.
    const [origin, right, up] = predict(
      stackOf('linear'),
      [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
      { backend },
    ).map(([y]) => y);
    const points = [
      [3, -2],
      [0.5, 7],
      [-4, 1],
    ];
    const answers = predict(stackOf('linear'), points, { backend });
    const one = points.map(([x, y]) => origin + (right - origin) * x + (up - origin) * y);
    const learned = async (activation: 'linear' | 'tanh') => {
      const options = { optimizer: adam({ learningRate }), epochs, batch: 4, backend, signal };
      const { network: trained, history } = await fit(stackOf(activation), { inputs, targets }, options);
      return { cost: evaluate(trained, { inputs, targets }, { backend }).loss, costs: history.map(({ loss }) => loss) };
    };
    const [linear, tanh] = [await learned('linear'), await learned('tanh')];
    return {
      figures: {
        apart: Math.max(...one.map((value, i) => Math.abs(value - answers[i][0]))),
        linear: linear.cost,
        tanh: tanh.cost,
      },
      curves: { linear: linear.costs, tanh: tanh.costs },
    };
  },
  claims: [
    {
      says: { en: 'the stack is one matrix and one bias', zh: '多层等于一个矩阵加一个偏置' },
      holds: ({ apart }) => apart < 1e-12,
    },
    {
      says: { en: 'it cannot do better on XOR than always answering 1/2', zh: '在异或上它不可能比总答 1/2 更好' },
      holds: ({ linear }) => linear > 0.1249,
    },
    {
      says: { en: 'with tanh in between it learns XOR', zh: '中间加上双曲正切就学会了异或' },
      holds: ({ tanh }) => tanh < 0.01,
    },
  ],
  charts: [
    {
      title: { en: 'Learning XOR', zh: '学习异或' },
      x: { en: 'epoch', zh: '轮次' },
      y: { en: 'cost', zh: '代价' },
      lines: [line('linear', 'without activation', '无激活函数'), line('tanh', 'with tanh', '双曲正切')],
    },
  ],
  sees: {
    en: 'A product of matrices is a matrix: without something curved in between, depth adds nothing.',
    zh: '矩阵的乘积还是矩阵：中间没有非线性，加深毫无用处。',
  },
});
