// A column that gives the target away: a copy of it, or something known only after the answer.
import { defineIllness } from '../finding.ts';
import { columnsFlag, percent } from '../words.ts';

/** Honest columns stay below: iris, whose petals are a textbook's best single column, comes to 0.94. */
const tellsAll = 0.985;

/** With fewer rows one column may tell everything by chance. */
const fewestRows = 40;

export const targetLeak = defineIllness({
  id: 'target-leak',
  detect({ columns, dataset }) {
    // Where there is one column, it is the task and no leak.
    if (columns.length < 2 || dataset.samples.inputs.count < fewestRows) return undefined;
    const leaks = columns.filter(({ tells }) => tells >= tellsAll).sort((a, b) => b.tells - a.tells);
    // Where most columns tell the target, the task is an easy one.
    if (leaks.length === 0 || leaks.length > columns.length / 2) return undefined;
    const others = columns.filter((column) => !leaks.includes(column)).map(({ tells }) => tells);
    const names = leaks.map(({ name }) => name);
    const named = dataset.preprocessing?.kind === 'table';
    return {
      severity: 'serious' as const,
      facts: {
        column: names[0],
        columns: names,
        tells: leaks[0].tells,
        next: Math.max(0, ...others),
        flag: columnsFlag(names),
      },
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
    name: 'A column gives the target away',
    what: ({ column }) =>
      `The column "${column}" alone tells the target. Such a column is mostly a copy of the answer, or is filled in after it is known; the network learns to read it and fails where it is missing.`,
    evidence: ({ column, tells, next }) => [
      `tie between "${column}" and the target: ${percent(tells)}`,
      `tie of the next best column: ${percent(next)}`,
    ],
    remedy: ({ columns }) =>
      columns.length === 1
        ? 'Ask whether this column is known when a prediction is wanted; if not, leave it out.'
        : 'Ask whether these columns are known when a prediction is wanted; if not, leave them out.',
  },
  zh: {
    name: '某一列泄露了目标',
    what: ({ column }) =>
      `仅凭“${column}”这一列就能得知目标。这样的列多半是答案的副本，或是在答案已知之后才填写的；网络只学会读它，一旦没有它就会失效。`,
    evidence: ({ column, tells, next }) => [
      `“${column}”与目标的关联程度：${percent(tells)}`,
      `次强的一列与目标的关联程度：${percent(next)}`,
    ],
    remedy: () => '想一想在需要预测的时候是否已经知道这一列；如果还不知道，就把它去掉。',
  },
});
