// Columns that are the same in every sample, and tell nothing.
import { defineIllness } from '../finding.ts';
import { columnsFlag, short, some } from '../words.ts';

/** In tables as wide as images the corners are always blank; only where a quarter is, something is wrong. */
const wide = 30;
const tooMany = 0.25;

export const constantColumns = defineIllness({
  id: 'constant-columns',
  detect({ columns, dataset }) {
    const constant = columns.filter((column) => column.constant);
    if (dataset.samples.inputs.count < 2 || constant.length === 0) return undefined;
    if (columns.length >= wide && constant.length < tooMany * columns.length) return undefined;
    const names = constant.map(({ name }) => name);
    const named = dataset.preprocessing?.kind === 'table';
    return {
      severity: 'slight' as const,
      facts: { columns: names, of: columns.length, value: constant[0].least, samples: dataset.samples.inputs.count },
      remedies: named
        ? [
            {
              flags: `--ignore ${columnsFlag(names)}`,
              code: `fitPreprocessing(table, rows, { targets, ignore: ${JSON.stringify(names)} })`,
            },
          ]
        : [],
    };
  },
  en: {
    name: 'Constant columns',
    what: ({ columns, of }) =>
      `${columns.length} of ${of} columns ${columns.length === 1 ? 'is' : 'are'} the same in every training sample: ${some(columns, { and: (n) => `and ${n} more` })}. Nothing can be learnt from them, and a new value there would surprise the network.`,
    evidence: ({ columns, value, samples }) => [
      `"${columns[0]}" reaches the network as ${short(value)} in all of ${samples} samples`,
    ],
    remedy: () => 'Look whether the file was cut or a filter was too narrow; else leave them out.',
  },
  zh: {
    name: '常数列',
    what: ({ columns, of }) =>
      `${of} 列中有 ${columns.length} 列在每个训练样本里都相同：${some(columns, { and: (n) => `等，另有 ${n} 列` })}。从中学不到任何东西，而一旦出现新的值，网络会不知所措。`,
    evidence: ({ columns, value, samples }) => [
      `“${columns[0]}”在全部 ${samples} 个样本中进入网络的值都是 ${short(value)}`,
    ],
    remedy: () => '检查文件是否被截断，或筛选条件是否太窄；否则去掉它们。',
  },
});
