// The comparison of another program's gradients, as text.
import type { Network } from 'chainrule';
import type { ComparedTensor, GradientsReport } from 'chainrule/check';
import { significant } from './numbers.ts';
import { table } from './output.ts';

const words = {
  en: {
    columns: ['parameter', 'theirs', 'verdict', 'largest difference'],
    verdicts: { right: 'right', transposed: 'transposed', wrong: 'wrong' },
    factor: (name: string) => `off by the factor ${name}`,
    from: (layer: number) => `Wrong from layer ${layer} backward: what is nearer to the output is right.`,
    all: (layer: number) => `Wrong from the output layer (layer ${layer}) backward.`,
    none: 'No known cause matches.',
    layout:
      'Every matrix is transposed: the other program stores weights as [in, out]. That is a layout, and no mistake.',
    right: 'All gradients are right.',
  },
  zh: {
    columns: ['参数', '对方名称', '结果', '最大偏差'],
    verdicts: { right: '正确', transposed: '转置', wrong: '错误' },
    factor: (name: string) => `相差因子 ${name}`,
    from: (layer: number) => `从第 ${layer} 层起往前有错；更靠近输出的部分是对的。`,
    all: (layer: number) => `从输出层（第 ${layer} 层）起往前有错。`,
    none: '没有已知的错误能解释。',
    layout: '所有矩阵都转置了：对方按 [in, out] 存放权重。这是排列方式不同，不算错误。',
    right: '所有梯度都正确。',
  },
} as const;

/** The report as a table and a few sentences. */
export function gradientsText(report: GradientsReport, network: Network, language: string): string {
  const own = language === 'zh' ? words.zh : words.en;
  const verdict = ({ verdict, factorName = '' }: ComparedTensor) =>
    verdict === 'factor' ? own.factor(factorName) : own.verdicts[verdict];
  const rows = report.tensors.map((one) => [one.parameter, one.theirs, verdict(one), difference(one)]);
  const columns = own.columns.map((name, i) => ({ name, align: i === 3 ? 'right' : 'left' }) as const);
  const { wrongFrom, diagnoses } = report;
  const sentences = [
    ...(report.passed ? [own.right] : []),
    ...(report.passed && report.tensors.some((one) => one.verdict === 'transposed') ? [own.layout] : []),
    ...(wrongFrom === null ? [] : [(wrongFrom === network.layers.length - 1 ? own.all : own.from)(wrongFrom)]),
    ...diagnoses.map(({ misconception, explanation }) => `${misconception}: ${explanation}`),
    ...(!report.passed && diagnoses.length === 0 ? [own.none] : []),
  ];
  return [table(columns, rows), ...sentences].join('\n\n');
}

const difference = ({ error }: ComparedTensor) => (Number.isFinite(error) ? significant(error, 2) : '–');
