// The words for making a worksheet.
import type { NumberFormat, Part, WorksheetFormat } from 'chainrule/check';
import type { Words } from '../words/language.svelte.ts';

interface MakeWords {
  readonly options: string;
  readonly network: string;
  readonly random: string;
  readonly redraw: string;
  readonly widths: string;
  readonly widthsHint: string;
  readonly activation: string;
  readonly outputActivation: string;
  readonly suited: string;
  readonly loss: string;
  readonly samples: string;
  readonly steps: string;
  readonly optimizer: string;
  readonly ask: string;
  readonly asked: Readonly<Record<Part, string>>;
  readonly written: string;
  readonly formats: Readonly<Record<NumberFormat, string>>;
  readonly digits: string;
  readonly seed: string;
  readonly another: string;
  readonly preview: string;
  readonly making: string;
  readonly key: string;
  readonly fillIn: string;
  readonly print: string;
  readonly save: string;
  readonly files: Readonly<Record<WorksheetFormat, string>>;
  readonly saveSheet: string;
  readonly saveKey: string;
  readonly badWidths: string;
}

export const makeWords: Words<MakeWords> = {
  en: {
    options: 'What to ask',
    network: 'Network',
    random: 'a random one',
    redraw: 'draw its weights and samples anew',
    widths: 'Neurons, from input to output',
    widthsHint: 'such as 2, 3, 2',
    activation: 'Hidden activation',
    outputActivation: 'Output activation',
    suited: 'what suits the loss',
    loss: 'Loss',
    samples: 'Samples in the batch',
    steps: 'Steps of training',
    optimizer: 'Optimizer',
    ask: 'To be filled in',
    asked: {
      forward: 'forward pass',
      loss: 'loss',
      delta: 'errors δ',
      gradients: 'gradients',
      updates: 'update',
    },
    written: 'Given numbers as',
    formats: { decimal: 'decimals (0.35)', fraction: 'fractions (7/20)', scientific: 'powers of ten (3.5 × 10⁻¹)' },
    digits: 'Decimals of the answers',
    seed: 'Seed',
    another: 'Other numbers',
    preview: 'The worksheet made',
    making: 'Making a worksheet …',
    key: 'With the answers',
    fillIn: 'Fill it in here',
    print: 'Print',
    save: 'Save as',
    files: { csv: 'CSV', html: 'HTML page', md: 'Markdown', latex: 'LaTeX', json: 'JSON' },
    saveSheet: 'Save the worksheet',
    saveKey: 'Save the key',
    badWidths:
      'The neurons are not whole numbers from 1 to 8 with commas between them; write two to seven, such as 2, 3, 2.',
  },
  zh: {
    options: '出题选项',
    network: '网络',
    random: '随机网络',
    redraw: '重新抽取权重与样本',
    widths: '各层神经元数（从输入到输出）',
    widthsHint: '如 2, 3, 2',
    activation: '隐藏层激活函数',
    outputActivation: '输出层激活函数',
    suited: '与损失函数相配的',
    loss: '损失函数',
    samples: '批中的样本数',
    steps: '训练步数',
    optimizer: '优化器',
    ask: '要填的部分',
    asked: {
      forward: '前向传播',
      loss: '损失',
      delta: '误差 δ',
      gradients: '梯度',
      updates: '更新',
    },
    written: '已知数写成',
    formats: { decimal: '小数（0.35）', fraction: '分数（7/20）', scientific: '科学记数法（3.5 × 10⁻¹）' },
    digits: '答案的小数位数',
    seed: '随机种子',
    another: '换一组数',
    preview: '出好的练习',
    making: '正在出题……',
    key: '带答案',
    fillIn: '在这里作答',
    print: '打印',
    save: '保存为',
    files: { csv: 'CSV', html: '网页（HTML）', md: 'Markdown', latex: 'LaTeX', json: 'JSON' },
    saveSheet: '保存练习',
    saveKey: '保存答案',
    badWidths: '神经元数应为 1 到 8 的整数，用逗号隔开，共二到七个，如 2, 3, 2。',
  },
};
