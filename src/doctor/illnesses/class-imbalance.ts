// A class so rare that the network passes it over, and is right most of the time.
import { defineIllness } from '../finding.ts';
import { percent } from '../words.ts';

/** A class with less than this share of the commonest one's samples is easily passed over. */
const rare = 0.1;

/** A rare class that is found at least every second time is learnt. */
const missed = 0.5;

export const classImbalance = defineIllness({
  id: 'class-imbalance',
  detect({ classes, skill, trained }) {
    if (classes === undefined || !trained) return undefined;
    const commonest = classes.reduce((a, b) => (b.share > a.share ? b : a));
    const [worst] = classes
      .filter(({ share, recall }) => share > 0 && share < rare * commonest.share && recall < missed)
      .toSorted((a, b) => a.recall - b.recall);
    if (worst === undefined) return undefined;
    return {
      severity: 'serious' as const,
      facts: {
        class: worst.name,
        share: worst.share,
        recall: worst.recall,
        commonest: commonest.name,
        commonestShare: commonest.share,
        skill,
      },
      remedies: [{ flags: '--class-weights balanced', code: "fit(net, data, { classWeights: 'balanced' })" }],
    };
  },
  en: {
    name: 'Classes are out of balance',
    what: ({ class: name, commonestShare, commonest }) =>
      `The class "${name}" is so rare that the network passes it over. Always answering "${commonest}" would be right ${percent(commonestShare)} of the time: accuracy says little here.`,
    evidence: ({ class: name, share, recall, commonest, commonestShare }) => [
      `share of "${commonest}" ${percent(commonestShare)}, of "${name}" ${percent(share)}`,
      `of the samples of "${name}" the network finds ${percent(recall)}`,
    ],
    remedy: () =>
      'Let each class count alike in the loss, or gather more samples of the rare one; judge by recall for each class, not by accuracy.',
  },
  zh: {
    name: '类别不均衡',
    what: ({ class: name, commonestShare, commonest }) =>
      `“${name}”这一类太少，网络干脆忽略了它。永远回答“${commonest}”就有 ${percent(commonestShare)} 是对的：准确率在这里说明不了什么。`,
    evidence: ({ class: name, share, recall, commonest, commonestShare }) => [
      `“${commonest}”占 ${percent(commonestShare)}，“${name}”占 ${percent(share)}`,
      `“${name}”的样本中网络只找出了 ${percent(recall)}`,
    ],
    remedy: () => '让每一类在损失中分量相同，或收集更多稀有类别的样本；按每一类的召回率而不是准确率来评判。',
  },
});
