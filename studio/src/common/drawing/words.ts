// The words of a network's drawing.
import type { Words } from '../../words/language.svelte.ts';
import type { Item } from './layout.ts';

interface DrawingWords {
  readonly kinds: Readonly<Record<Item['kind'] | 'weight' | 'connection', string>>;
  readonly input: string;
  layer(number: number): string;
  readonly types: Readonly<Record<string, string>>;
  readonly unknown: string;
  readonly hint: string;
}

export const words: Words<DrawingWords> = {
  en: {
    kinds: {
      neuron: 'neuron',
      cell: 'pixel',
      block: 'layer',
      bias: 'bias',
      delta: 'error',
      target: 'target',
      term: 'share of the loss',
      loss: 'loss',
      kernel: 'kernel weight',
      weight: 'weight',
      connection: 'connection',
    },
    input: 'input',
    layer: (number) => `layer ${number}`,
    types: {},
    unknown: 'not computed yet',
    hint: 'Arrow keys move through the drawing, Enter chooses.',
  },
  zh: {
    kinds: {
      neuron: '神经元',
      cell: '像素',
      block: '层',
      bias: '偏置',
      delta: '误差',
      target: '目标值',
      term: '单个输出的损失',
      loss: '损失',
      kernel: '卷积核权重',
      weight: '权重',
      connection: '连接',
    },
    input: '输入',
    layer: (number) => `第 ${number} 层`,
    types: {
      dense: '全连接',
      conv2d: '卷积',
      maxPool2d: '最大池化',
      avgPool2d: '平均池化',
      globalAvgPool2d: '全局平均池化',
      flatten: '展平',
      dropout: '随机失活',
      batchNorm: '批归一化',
      activation: '激活',
    },
    unknown: '尚未计算',
    hint: '用方向键在图中移动，按回车键选定。',
  },
};
