// Why vectors: the same arithmetic neuron by neuron, sample by sample, and as matrices of many samples.
import { type Network, predict, predictor, predictRows } from 'chainrule';
import { digitNetwork } from './digit-network.ts';
import { experiment } from './experiment.ts';
import { line, number } from './figures.ts';

/** The outputs for one input, neuron by neuron, as the sums are written. */
function byLoops({ layers, parameters }: Network, input: readonly number[]): number[] {
  return layers.reduce<number[]>(
    (a, _, l) => {
      const [weight, bias] = [parameters[`layers.${l}.weight`].data, parameters[`layers.${l}.bias`].data];
      return Array.from(bias, (b, j) => {
        let z = b;
        for (let k = 0; k < a.length; k++) z += weight[j * a.length + k] * a[k];
        return 1 / (1 + Math.exp(-z));
      });
    },
    [...input],
  );
}

export const whyVectors = experiment({
  id: 'why-vectors',
  chapter: 'D',
  title: { en: 'Why vectors and matrices', zh: '为什么用向量和矩阵' },
  question: {
    en: 'How long does a network take for a sample in plain loops, as one vector, and as a row of a matrix of many samples?',
    zh: '用普通循环、用一个向量、用许多样本组成的矩阵，网络算一个样本各要多久？',
  },
  setting: { samples: 5_000, hidden: [100, 100] },
  quick: { samples: 2_000 },
  seeds: 1,
  measures: {
    loops: number({ en: 'microseconds a sample, neuron by neuron', zh: '每个样本的微秒数，逐个神经元' }),
    single: number({ en: 'microseconds a sample, one vector', zh: '每个样本的微秒数，一个向量' }),
    many: number({ en: 'microseconds a sample, matrices', zh: '每个样本的微秒数，矩阵' }),
    compiled: number({ en: 'how many times faster one vector is than loops', zh: '一个向量比循环快几倍' }),
    ratio: number({ en: 'how many times faster a batch is', zh: '成批再快几倍' }),
    apart: number({ en: 'largest difference of the answers', zh: '答案的最大差' }),
  },
  async run({ seed, digits, backend }, { samples, hidden }) {
    const { training } = await digits(samples);
    const { count, width, values, scale } = training.samples.inputs;
    const rows = Array.from({ length: count }, (_, i) =>
      Array.from(values.subarray(i * width, (i + 1) * width), (value) => value * scale),
    );
    const net = digitNetwork(hidden, { seed });
    const one = predictor(net, { backend });
    const microseconds = (work: () => void): number => {
      work(); // once before, so that nothing is timed cold
      const start = performance.now();
      work();
      return (1000 * (performance.now() - start)) / count;
    };
    const loops = microseconds(() => rows.map((row) => byLoops(net, row)));
    const single = microseconds(() => rows.map((row) => one(row)));
    const many = microseconds(() => predictRows(net, training.samples, { backend }));
    const [answer] = predict(net, [rows[0]], { backend });
    const apart = Math.max(...byLoops(net, rows[0]).map((value, j) => Math.abs(value - answer[j])));
    return {
      figures: { loops, single, many, compiled: loops / single, ratio: single / many, apart },
      curves: { times: [loops, single, many] },
    };
  },
  claims: [
    {
      says: { en: 'all ways give the same answer, in float32', zh: '几种方法的答案相同（float32）' },
      holds: ({ apart }) => apart < 1e-4,
    },
    {
      // Matters of time, and so not of quick runs, which tests make on machines that do other things too.
      of: 'full',
      says: { en: 'vectors are more than three times as fast as loops', zh: '向量比循环快三倍以上' },
      holds: ({ compiled }) => compiled > 3,
    },
    {
      of: 'full',
      says: { en: 'and a batch is faster still', zh: '成批则更快' },
      holds: ({ ratio }) => ratio > 1,
    },
  ],
  charts: [
    {
      title: { en: 'Time of a sample: loops, vector, matrix', zh: '每个样本的时间：循环、向量、矩阵' },
      x: { en: '1 loops, 2 vector, 3 matrix', zh: '1 循环，2 向量，3 矩阵' },
      y: { en: 'microseconds', zh: '微秒' },
      log: 'y',
      lines: [line('times', 'forward pass', '前向传播')],
    },
  ],
  sees: {
    en: 'Most of the gain is that vectors are computed by compiled code; taking many samples as one matrix adds a little more.',
    zh: '大部分提速来自向量由编译好的代码计算；把许多样本并成一个矩阵，再快一点。',
  },
});
