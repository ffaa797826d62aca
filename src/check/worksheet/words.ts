// The words of a worksheet in each language. Headings of a step's parts are the derivations' own.
import type { Part } from './options.ts';

/** What a sheet says. */
export interface SheetWords {
  readonly title: (number: number) => string;
  readonly name: string;
  /** What is to be done. */
  readonly task: (steps: number, samples: number) => string;
  /** How answers are written. */
  readonly precision: (digits: number, scientific: boolean) => string;
  /** That one mistake costs one mark. */
  readonly marking: string;
  readonly network: string;
  readonly inputs: (count: number) => string;
  /** A layer by its name: what comes out of it, its settings where it has any, its activation. */
  readonly layerIs: (layer: string, output: string, activation: string | null) => string;
  readonly neurons: (count: number) => string;
  readonly parametersOf: (layer: number) => string;
  readonly sample: (number: number) => string;
  /** How the loss adds up, with the factors of its penalties. */
  readonly loss: (samples: number, penalties: { readonly l1: number; readonly l2: number }) => string;
  readonly optimizer: (name: string) => string;
  readonly frozen: (names: string) => string;
  readonly answers: (step: number, steps: number) => string;
  readonly parts: Readonly<Record<Part, string>>;
  /** The header of a table of answers. */
  readonly columns: { readonly quantity: string; readonly symbol: string; readonly value: string };
  readonly comma: string;
  readonly teacher: string;
  readonly saturated: string;
  readonly alike: (pairs: string) => string;
  readonly unseen: (names: string) => string;
}

const en: SheetWords = {
  title: (number) => `Back-propagation by hand: worksheet ${number}`,
  name: 'Name',
  task: (steps, samples) =>
    `Work through ${steps === 1 ? 'one step' : `${steps} steps`} of training for the network below${samples === 1 ? '' : `, on a batch of ${samples} samples`}, and fill in every blank.`,
  precision: (digits, scientific) =>
    scientific
      ? `Write answers in scientific notation with ${decimals(digits)}, and go on reckoning with more.`
      : `Write answers with ${decimals(digits)}, and go on reckoning with more.`,
  marking: 'Each number is marked by the ones you wrote before it: one slip costs one mark.',
  network: 'The network',
  inputs: (count) => (count === 1 ? 'The sample' : 'The samples'),
  layerIs: (layer, output, activation) =>
    `${layer[0].toUpperCase()}${layer.slice(1)}: ${output}${activation === null ? '' : `, activation ${activation}`}.`,
  neurons: (count) => `${count} neuron${count === 1 ? '' : 's'}`,
  parametersOf: (layer) => `Weights and biases of layer ${layer}`,
  sample: (number) => `Sample ${number}`,
  loss: (samples, penalties) =>
    `The loss${samples === 1 ? ' is the sum of the outputs’ terms' : ' of the batch is the mean over its samples, each sample’s the sum of its outputs’ terms'}${penaltyText(penalties, ', plus the penalty ', ' over all weights, biases left out')}. The first term:`,
  optimizer: (name) =>
    name === 'sgd'
      ? 'Trained by gradient descent, with the learning rate'
      : `Trained by ${name}; what it remembers of earlier steps is 0 at first. The learning rate, and the rules for the first weight:`,
  frozen: (names) => `These stay as they are: ${names}.`,
  answers: (step, steps) => (steps === 1 ? 'Your answers' : `Your answers: step ${step}`),
  parts: {
    forward: 'Forward pass',
    loss: 'Loss',
    delta: 'Backward pass: the errors δ',
    gradients: 'Gradients',
    updates: 'Update',
  },
  columns: { quantity: 'quantity', symbol: 'symbol', value: 'value' },
  comma: ', ',
  teacher: 'For the teacher',
  saturated: 'Some neurons here are saturated, or so near a kink that rounding decides on which side they are.',
  alike: (pairs) => `On this sheet these mistakes come to the same numbers and cannot be told apart: ${pairs}.`,
  unseen: (names) => `These mistakes change no number here and cannot be seen: ${names}.`,
};

const decimals = (digits: number) => `${digits} decimal${digits === 1 ? '' : 's'}`;

const zh: SheetWords = {
  title: (number) => `手算反向传播：练习 ${number}`,
  name: '姓名',
  task: (steps, samples) =>
    `请对下面的网络手算${steps === 1 ? '一步' : ` ${steps} 步`}训练${samples === 1 ? '' : `（小批量，共 ${samples} 个样本）`}，填写所有空格。`,
  precision: (digits, scientific) =>
    scientific
      ? `答案用科学记数法，保留 ${digits} 位小数；计算过程中请多保留几位。`
      : `答案保留 ${digits} 位小数；计算过程中请多保留几位。`,
  marking: '每个数都按你前面写的数来判：一处失误只扣一次分。',
  network: '网络',
  inputs: () => '样本',
  layerIs: (layer, output, activation) =>
    `${layer}：${output}${activation === null ? '' : `，激活函数 ${activation}`}。`,
  neurons: (count) => `${count} 个神经元`,
  parametersOf: (layer) => `第 ${layer} 层的权重与偏置`,
  sample: (number) => `样本 ${number}`,
  loss: (samples, penalties) =>
    `${samples === 1 ? '损失是各输出项之和' : '小批量的损失是各样本损失的平均，每个样本的损失是各输出项之和'}${penaltyText(penalties, '，再加上对所有权重（不含偏置）的惩罚项 ', '')}。其中第一项：`,
  optimizer: (name) =>
    name === 'sgd'
      ? '用梯度下降训练，学习率为'
      : `用 ${name} 训练，其状态量初始为 0。学习率，以及第一个权重的更新规则：`,
  frozen: (names) => `以下参数保持不变：${names}。`,
  answers: (step, steps) => (steps === 1 ? '你的答案' : `你的答案：第 ${step} 步`),
  parts: { forward: '前向传播', loss: '损失', delta: '反向传播：残差 δ', gradients: '梯度', updates: '参数更新' },
  columns: { quantity: '名称', symbol: '符号', value: '数值' },
  comma: '，',
  teacher: '教师参考',
  saturated: '本题中有些神经元已经饱和，或离转折点太近，舍入就会决定它落在哪一侧。',
  alike: (pairs) => `在本题中，以下各组错误得到的数值相同，无法区分：${pairs}。`,
  unseen: (names) => `以下错误在本题中不改变任何数值，无法看出：${names}。`,
};

/** 0.1/2 · Σ w² + 0.05 · Σ |w|, between words; nothing where there is no penalty. */
function penaltyText({ l1, l2 }: { readonly l1: number; readonly l2: number }, before: string, after: string): string {
  const parts = [...(l2 > 0 ? [`${l2}/2 · Σ w²`] : []), ...(l1 > 0 ? [`${l1} · Σ |w|`] : [])];
  return parts.length === 0 ? '' : `${before}${parts.join(' + ')}${after}`;
}

/** By the languages' names. */
export const sheetWords: Readonly<Record<string, SheetWords>> = { en, zh };
