// Chapter 2: the four equations of back-propagation, by element and by matrix, against the library and differences of the cost.
import { dense, type Network, network } from 'chainrule';
import { gradcheck, gradients } from 'chainrule/explain';
import { experiment } from './experiment.ts';
import { line, number } from './figures.ts';

type Vector = readonly number[];
type Matrix = readonly Vector[];

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const slope = (z: number): number => sigmoid(z) * (1 - sigmoid(z));
const sum = (values: Vector): number => values.reduce((total, value) => total + value, 0);
const times = (matrix: Matrix, v: Vector): Vector => matrix.map((row) => sum(row.map((w, k) => w * v[k])));
const transposed = (matrix: Matrix): Matrix => matrix[0].map((_, k) => matrix.map((row) => row[k]));
const hadamard = (u: Vector, v: Vector): Vector => u.map((value, j) => value * v[j]);
const outer = (u: Vector, v: Vector): Matrix => u.map((a) => v.map((b) => a * b));

/** Weights and biases of the layers, as the equations have them. */
function parametersOf({ parameters, layers }: Network): { w: Matrix; b: Vector }[] {
  return layers.map((_, l) => {
    const { shape, data } = parameters[`layers.${l}.weight`];
    const [rows, columns] = shape;
    const w = Array.from({ length: rows }, (_, j) => Array.from(data.subarray(j * columns, (j + 1) * columns)));
    return { w, b: Array.from(parameters[`layers.${l}.bias`].data) };
  });
}

/** Every ∂C/∂w and ∂C/∂b of one sample with quadratic cost, by the equations in matrix form. */
function byMatrix(layers: readonly { w: Matrix; b: Vector }[], x: Vector, y: Vector): number[] {
  const [activations, z]: [Vector[], Vector[]] = [[x], []];
  for (const [l, { w, b }] of layers.entries()) {
    z.push(times(w, activations[l]).map((value, j) => value + b[j]));
    activations.push(z[l].map(sigmoid));
  }
  const output = activations[layers.length];
  let delta = hadamard(
    output.map((a, j) => a - y[j]),
    z[layers.length - 1].map(slope),
  ); // BP1
  const found: number[] = [];
  for (let l = layers.length - 1; l >= 0; l--) {
    found.unshift(...outer(delta, activations[l]).flat(), ...delta); // BP4, BP3
    if (l > 0) delta = hadamard(times(transposed(layers[l].w), delta), z[l - 1].map(slope)); // BP2
  }
  return found;
}

/** The same by element. */
function byElement(layers: readonly { w: Matrix; b: Vector }[], x: Vector, y: Vector): number[] {
  const forward = (l: number, j: number): number => (l < 0 ? x[j] : sigmoid(weighted(l, j)));
  const weighted = (l: number, j: number): number =>
    sum(layers[l].w[j].map((w, k) => w * forward(l - 1, k))) + layers[l].b[j];
  const delta = (l: number, j: number): number =>
    l === layers.length - 1
      ? (forward(l, j) - y[j]) * slope(weighted(l, j)) // BP1
      : sum(layers[l + 1].b.map((_, k) => layers[l + 1].w[k][j] * delta(l + 1, k))) * slope(weighted(l, j)); // BP2
  return layers.flatMap(({ w, b }, l) => [
    ...w.flatMap((row, j) => row.map((_, k) => forward(l - 1, k) * delta(l, j))), // BP4
    ...b.map((_, j) => delta(l, j)), // BP3
  ]);
}

export const fourEquations = experiment({
  id: 'four-equations',
  chapter: '2',
  title: { en: 'The four equations', zh: '四个基本方程' },
  question: {
    en: 'Do BP1 to BP4, written out by element and by matrix, give the gradients that the library trains with, and that differences of the cost show?',
    zh: '把 BP1 到 BP4 按分量和按矩阵写出来，得到的梯度是否与本库训练所用的、以及代价的差分所显示的一致？',
  },
  setting: { sizes: [3, 4, 3, 2] },
  quick: {},
  measures: {
    matrix: number({ en: 'largest difference, matrix form and library', zh: '矩阵形式与本库的最大差' }),
    element: number({ en: 'largest difference, element form and library', zh: '分量形式与本库的最大差' }),
    differences: number({ en: 'largest relative error against central differences', zh: '与中心差分的最大相对误差' }),
  },
  run({ seed }, { sizes: [inputs, ...sizes] }) {
    const net = network(
      sizes.map((units) => dense(units, 'sigmoid', { initializer: 'standardNormal' })),
      { input: inputs, loss: 'quadratic', seed },
    );
    const [x, y] = [Array.from({ length: inputs }, (_, k) => (k + 1) / inputs), [0.2, 0.9]];
    const batch = { inputs: [x], targets: [y] };
    const library = Object.values(gradients(net, batch).gradients).flatMap(({ data }) => Array.from(data));
    const layers = parametersOf(net);
    const farthest = (found: Vector) => Math.max(...found.map((value, i) => Math.abs(value - library[i])));
    return {
      figures: {
        matrix: farthest(byMatrix(layers, x, y)),
        element: farthest(byElement(layers, x, y)),
        differences: gradcheck(net, { batch }).largest.error,
      },
      curves: { gradient: library },
    };
  },
  claims: [
    {
      says: {
        en: "both forms are the library's gradients to 14 decimals",
        zh: '两种形式与本库的梯度一致到小数点后 14 位',
      },
      holds: ({ matrix, element }) => matrix < 1e-14 && element < 1e-14,
    },
    {
      says: { en: 'and what differences of the cost show', zh: '也与代价的差分一致' },
      holds: ({ differences }) => differences < 1e-7,
    },
  ],
  charts: [
    {
      title: { en: 'Every ∂C/∂w and ∂C/∂b, layer by layer', zh: '逐层的每个 ∂C/∂w 与 ∂C/∂b' },
      x: { en: 'parameter', zh: '参数' },
      y: { en: 'partial derivative', zh: '偏导数' },
      lines: [line('gradient', 'gradient', '梯度')],
    },
  ],
  sees: {
    en: 'Four lines of algebra are the whole algorithm; "chainrule explain" derives each of these numbers on paper.',
    zh: '四行代数就是整个算法；“chainrule explain” 能把其中每个数的推导写出来。',
  },
});
